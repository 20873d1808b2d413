"""Notes of web pages in every convention that is in use: each marker leads to its note, and what is left over is reported."""

from __future__ import annotations

import pytest

from archive.footnotes.compose import compose
from archive.formats.html import read_html

# One marker behind "One", whose note says "The note."; the body says "One. Two." and nothing else.
CASES = {
    "dpub-aria": """<p>One<a id="r1" href="#n1" role="doc-noteref">1</a>. Two.</p>
<section role="doc-endnotes"><ol><li id="n1" role="doc-endnote">The note. <a href="#r1" role="doc-backlink">Back</a></li></ol></section>""",
    "dpub-aria aside": """<p>One<a id="r1" href="#n1" role="doc-noteref">1</a>. Two.</p><aside id="n1" role="doc-footnote"><p>1. The note.</p></aside>""",
    "epub 3": """<p>One<a epub:type="noteref" href="#n1">1</a>. Two.</p><aside epub:type="footnote" id="n1" hidden><p>1. The note.</p></aside>""",
    "epub 2": """<p>One<a id="r1" href="#n1">1</a>. Two.</p><div><p id="n1"><a href="#r1">1</a>. The note.</p></div>""",
    "epub 2, block answered": """<p id="p1">One<a href="#n1">1</a>. Two.</p><p id="n1"><a href="#p1">1.</a> The note.</p>""",
    "wikipedia": """<p>One<sup id="cite_ref-x_1-0" class="reference"><a href="#cite_note-x-1"><span class="cite-bracket">&#91;</span>1<span class="cite-bracket">&#93;</span></a></sup>. Two.</p>
<ol class="references"><li id="cite_note-x-1"><span class="mw-cite-backlink"><b><a href="#cite_ref-x_1-0">^</a></b></span> <span class="reference-text">The note.</span></li></ol>""",
    "wikipedia, whole addresses": """<link rel=canonical href="https://be.example.org/wiki/A"><p>One<sup class="mw-ref reference"><a href="./A#cite_note-1"><span class="mw-reflink-text">[1]</span></a></sup>. Two.</p>
<ol class="mw-references references"><li id="cite_note-1"><span class="mw-cite-backlink"><a href="./A#cite_ref-1">↑</a></span> <span class="reference-text">The note.</span></li></ol>""",
    "saved with whole addresses": """<p>One<sup><a href="https://example.org/a#footnote-1" id="ref-1">1</a></sup>. Two.</p><p id="footnote-1">1. The note.</p>""",
    "word": """<p class=MsoNormal>One<a style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1" title=""><span class=MsoFootnoteReference><span style='mso-special-character:footnote'>[1]</span></span></a>. Two.</p>
<div style='mso-element:footnote-list'><hr><div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText><a href="#_ftnref1" name="_ftn1" title=""><span class=MsoFootnoteReference>[1]</span></a> The note.</p></div></div>""",
    "word end note": """<p>One<a href="#_edn1" name="_ednref1"><span class=MsoEndnoteReference>[1]</span></a>. Two.</p>
<div><div id=edn1><p class=MsoEndnoteText><a href="#_ednref1" name="_edn1">[1]</a> The note.</p></div></div>""",
    "google docs": """<p><span>One</span><sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup><span>. Two.</span></p>
<hr><div><p><a href="#ftnt_ref1" id="ftnt1">[1]</a><span> The note.</span></p></div>""",
    "docbook": """<p>One<a href="#ftn.d1" class="footnote" name="d1"><sup class="footnote">[1]</sup></a>. Two.</p>
<div class="footnotes"><br><hr><div id="ftn.d1" class="footnote"><p><a href="#d1" class="para"><sup class="para">[1] </sup></a>The note.</p></div></div>""",
    "docbook 4": """<p>One<sup>[<a name="d1" href="#ftn.d1">1</a>]</sup>. Two.</p>
<div class="footnotes"><hr><div class="footnote"><p><sup>[<a name="ftn.d1" href="#d1">1</a>] </sup>The note.</p></div></div>""",
    "pandoc 1": """<p>One<a href="#fn1" class="footnoteRef" id="fnref1"><sup>1</sup></a>. Two.</p>
<div class="footnotes"><hr /><ol><li id="fn1"><p>The note.<a href="#fnref1">↩</a></p></li></ol></div>""",
    "pandoc 3": """<p>One<a href="#fn1" class="footnote-ref" id="fnref1" role="doc-noteref"><sup>1</sup></a>. Two.</p>
<aside id="footnotes" class="footnotes footnotes-end-of-document" role="doc-endnotes"><hr /><ol><li id="fn1"><p>The note.<a href="#fnref1" class="footnote-back" role="doc-backlink">↩︎</a></p></li></ol></aside>""",
    "latexml": """<p>One<span id="footnote1" class="ltx_note ltx_role_footnote"><sup class="ltx_note_mark">1</sup><span class="ltx_note_outer"><span class="ltx_note_content"><sup class="ltx_note_mark">1</sup><span class="ltx_tag ltx_tag_note">1</span>The note.</span></span></span>. Two.</p>""",
    "asciidoctor": """<p>One<sup class="footnote">[<a id="_footnoteref_1" class="footnote" href="#_footnotedef_1" title="View footnote.">1</a>]</sup>. Two.</p>
<div id="footnotes"><hr><div class="footnote" id="_footnotedef_1"><a href="#_footnoteref_1">1</a>. The note.</div></div>""",
    "markdown-it": """<p>One<sup class="footnote-ref"><a href="#fn1" id="fnref1">[1]</a></sup>. Two.</p>
<hr class="footnotes-sep"><section class="footnotes"><ol class="footnotes-list"><li id="fn1" class="footnote-item"><p>The note. <a href="#fnref1" class="footnote-backref">↩︎</a></p></li></ol></section>""",
    "kramdown": """<p>One<sup id="fnref:1" role="doc-noteref"><a href="#fn:1" class="footnote" rel="footnote">1</a></sup>. Two.</p>
<div class="footnotes" role="doc-endnotes"><ol><li id="fn:1" role="doc-endnote"><p>The note. <a href="#fnref:1" class="reversefootnote" role="doc-backlink">&#8617;</a></p></li></ol></div>""",
    "docutils list": """<p>One<a class="footnote-reference brackets" href="#id2" id="id1">1</a>. Two.</p>
<dl class="footnote brackets"><dt class="label" id="id2"><span class="brackets"><a class="fn-backref" href="#id1">1</a></span></dt><dd><p>The note.</p></dd></dl>""",
    "docutils table": """<p>One<a class="footnote-reference" href="#id2" id="id1">[1]</a>. Two.</p>
<table class="docutils footnote" id="id2"><colgroup><col class="label"><col></colgroup><tbody><tr><td class="label"><a class="fn-backref" href="#id1">[1]</a></td><td>The note.</td></tr></tbody></table>""",
    "docutils aside": """<p>One<a class="footnote-reference brackets" href="#id2" id="id1" role="doc-noteref"><span class="fn-bracket">[</span>1<span class="fn-bracket">]</span></a>. Two.</p>
<aside class="footnote brackets" id="id2" role="doc-footnote"><span class="label"><span class="fn-bracket">[</span><a role="doc-backlink" href="#id1">1</a><span class="fn-bracket">]</span></span><p>The note.</p></aside>""",
    "easy footnotes": """<p>One<span id="easy-footnote-1-9" class="easy-footnote-margin-adjust"></span><span class="easy-footnote"><a href="#easy-footnote-bottom-1-9" title="The note."><sup>1</sup></a></span>. Two.</p>
<ol class="easy-footnotes-wrapper"><li class="easy-footnote-single"><span id="easy-footnote-bottom-1-9" class="easy-footnote-margin-adjust"></span>The note.<a class="easy-footnote-to-top" href="#easy-footnote-1-9"></a></li></ol>""",
    "footnotes plugin": """<p>One<span class="footnote_referrer"><a role="button" tabindex="0"><sup id="footnote_plugin_tooltip_9_1" class="footnote_plugin_tooltip_text">[1]</sup></a><span id="footnote_plugin_tooltip_text_9_1" class="footnote_tooltip">The note.</span></span>. Two.</p>
<div class="footnotes_reference_container"><table class="footnotes_table"><tbody><tr class="footnotes_plugin_reference_row"><th scope="row" class="footnote_plugin_index_combi pointer"><a id="footnote_plugin_reference_9_1" class="footnote_backlink"><span class="footnote_index_arrow">↑</span>1</a></th><td class="footnote_plugin_text">The note.</td></tr></tbody></table></div>""",
    "gutenberg": """<p>One<sup data-fn="a-b" class="fn"><a href="#a-b" id="a-b-link">1</a></sup>. Two.</p>
<ol class="wp-block-footnotes"><li id="a-b">The note. <a href="#a-b-link" aria-label="Jump to footnote reference 1">↩︎</a></li></ol>""",
    "modern footnotes": """<p>One<sup class="modern-footnotes-footnote" data-mfn="1"><a href="javascript:void(0)" role="button" aria-describedby="mfn-content-1">1</a></sup><span id="mfn-content-1" role="tooltip" class="modern-footnotes-footnote__note" data-mfn="1">The note.</span>. Two.</p>""",
    "bigfoot": """<p>One<sup id="fnref:1" class="footnote-print-only"><a href="#fn:1" rel="footnote">1</a></sup><span class="bigfoot-footnote__container"><button class="bigfoot-footnote__button" data-footnote-number="1" data-bigfoot-footnote="&lt;p&gt;The note.&lt;/p&gt;">1</button></span>. Two.</p>
<ol><li class="footnote-processed" id="fn:1"><p>The note. <a href="#fnref:1" rev="footnote">↩</a></p></li></ol>""",
    "button with its note": """<p>One<button class="bigfoot-footnote__button" data-footnote-number="1" data-bigfoot-footnote="&lt;p&gt;The note.&lt;/p&gt;">1</button>. Two.</p>""",
    "substack": """<p>One<a class="footnote-anchor" data-component-name="FootnoteAnchorToDOM" id="footnote-anchor-1" href="#footnote-1" target="_self">1</a>. Two.</p>
<div class="footnote" data-component-name="FootnoteToDOM"><a id="footnote-1" href="#footnote-anchor-1" class="footnote-number" target="_self">1</a><div class="footnote-content"><p>The note.</p></div></div>""",
    "tufte": """<p>One<label for="sn-1" class="margin-toggle sidenote-number"></label><input type="checkbox" id="sn-1" class="margin-toggle"><span class="sidenote">The note.</span>. Two.</p>""",
    "note in a span": """<p>One<span class="footnote">The note.</span>. Two.</p>""",
    "title": """<p>One<sup title="The note.">1</sup>. Two.</p>""",
    "data attribute": """<p>One<a href="#" class="footnote" data-footnote="The note.">1</a>. Two.</p>""",
    "named by hand": """<p>One<sup><a href="#_1" name="b1">1</a></sup>. Two.</p><hr><p><a name="_1"></a>1. The note.</p>""",
    "empty anchor before the block": """<p>One<sup><a href="#x1">1</a></sup>. Two.</p><div><a name="x1"></a><p>1. The note.</p><a name="x2"></a></div>""",
    "bare, english": """<p>One<sup>1</sup>. Two.</p><h2>Notes</h2><ol><li>The note.</li></ol>""",
    "bare, russian": """<p>One<sup>1</sup>. Two.</p><h3>Примечания</h3><p>1. The note.</p>""",
    "bare, belarusian": """<p>One [1]. Two.</p><h2>Заўвагі</h2><p>[1] The note.</p>""",
    "bare, raised characters": """<p>One¹. Two.</p><h2>Сноски:</h2><p>¹ The note.</p>""",
    "bare under bold words": """<p>One<sup>1</sup>. Two.</p><p><strong>Сноски</strong></p><p>1. The note.</p>""",
    "bare with a raised number": """<p>One<sup>1</sup>. Two.</p><hr><p><sup>1</sup> The note.</p>""",
    "star": """<p>One<sup>*</sup>. Two.</p><hr><p><sup>*</sup> The note.</p>""",
}  # fmt: skip


@pytest.mark.parametrize("kind", CASES)
def test_a_marker_leads_to_its_note(kind: str) -> None:
    whole = compose(read_html(f"<html><body>{CASES[kind]}</body></html>"))
    heads = {"Notes", "Примечания", "Заўвагі", "Сноски:", "Сноски"}
    body = [passage for passage in whole.passages if passage.kind != "note" and passage.text not in heads]
    assert [passage.text for passage in body] == ["One. Two."]
    assert [(marker.at, marker.note) for marker in body[0].markers] == [(3, 0)]
    assert [note.text for note in whole.notes] == ["The note."]
    assert whole.problems == ()


def pairs(page: str) -> list[tuple[str, str | None]]:
    """The label of every marker in the order of the page, and the text of its note."""
    whole = compose(read_html(f"<html><body>{page}</body></html>"))
    return [
        (marker.label, None if marker.note is None else whole.notes[marker.note].text)
        for passage in whole.passages
        for marker in passage.markers
    ]


def problems(page: str) -> list[tuple[str, str]]:
    """What is amiss with the notes of a page."""
    return [(one.code, one.detail) for one in compose(read_html(f"<html><body>{page}</body></html>")).problems]


def test_groups_of_references_have_notes_and_sources_of_their_own() -> None:
    page = """<p>A<sup class="reference" id="cite_ref-1"><a href="#cite_note-1">[note 1]</a></sup> b<sup class="reference" id="cite_ref-s_2-0"><a href="#cite_note-s-2">[1]</a></sup>
c<sup class="reference" id="cite_ref-s_2-1"><a href="#cite_note-s-2">[1]</a></sup></p><h2>Notes</h2>
<ol class="references"><li id="cite_note-1"><span class="mw-cite-backlink">^</span> <span class="reference-text">Said so.<sup class="reference"><a href="#cite_note-t-3">[2]</a></sup></span></li></ol>
<h2>References</h2><ol class="references"><li id="cite_note-s-2"><span class="mw-cite-backlink">^ <a href="#cite_ref-s_2-0"><sup>a</sup></a> <a href="#cite_ref-s_2-1"><sup>b</sup></a></span> <span class="reference-text">A source.</span></li>
<li id="cite_note-t-3"><span class="mw-cite-backlink">^</span> <span class="reference-text">Another.</span></li></ol>"""
    assert pairs(page) == [("note 1", "Said so."), ("1", "A source."), ("1", "A source."), ("2", "Another.")]


def test_notes_that_share_a_paragraph_are_told_apart() -> None:
    page = """<p>A<sup><a href="#n1">1</a></sup> b<sup><a href="#n2">2</a></sup>.</p>
<p><a name="n1"></a>1. First.<br><a name="n2"></a>2. Second.</p>"""
    assert pairs(page) == [("1", "First."), ("2", "Second.")]


def test_several_notes_of_one_list_of_terms_are_told_apart() -> None:
    page = """<p>A<a class="footnote-reference" href="#i1">1</a> b<a class="footnote-reference" href="#i2">2</a>.</p>
<dl class="footnote"><dt id="i1">1</dt><dd><p>First.</p><p>Goes on.</p></dd><dt id="i2">2</dt><dd>Second.</dd><dt>3</dt><dd>Nobody asked.</dd></dl>"""
    assert pairs(page) == [("1", "First.\nGoes on."), ("2", "Second.")]
    assert problems(page) == [("note-without-marker", "3")]


def test_what_the_page_calls_a_note_and_no_marker_means_is_reported() -> None:
    page = '<p>A<a href="#n1" role="doc-noteref">1</a>.</p><section role="doc-endnotes"><ol><li id="n1">First.</li><li id="n2">Second.</li></ol></section>'
    assert pairs(page) == [("1", "First.")]
    assert problems(page) == [("note-without-marker", "2")]


def test_a_marker_whose_note_is_missing_is_reported() -> None:
    page = '<p>A<a href="#n9" role="doc-noteref">9</a> and b<sup class="reference"><a href="#cite_note-4">[4]</a></sup>.</p>'
    assert problems(page) == [("marker-without-note", "9"), ("marker-without-note", "4")]


def test_a_raised_number_that_leads_straight_to_its_source_is_a_note_of_that_address() -> None:
    page = '<p>A<sup><a href="https://example.org/x" title="The report of it">1</a></sup> b<sup><a href="https://example.org/y">2</a></sup>.</p>'
    assert pairs(page) == [("1", "The report of it https://example.org/x"), ("2", "https://example.org/y")]


def test_words_that_lead_to_a_note_stay_in_their_sentence() -> None:
    page = (
        '<p>As <a href="#n1" role="doc-noteref">the court said</a>, no.</p><aside id="n1" role="doc-footnote">Its ruling.</aside>'
    )
    whole = compose(read_html(f"<html><body>{page}</body></html>"))
    assert whole.passages[0].text == "As the court said, no."
    assert pairs(page) == [("1", "Its ruling.")]


def test_a_link_within_a_manual_is_no_marker() -> None:
    page = '<p>See <a class="reference internal" href="#s">part 4, Uploads</a>.</p><section id="s"><p>To upload.</p></section>'
    whole = compose(read_html(f"<html><body>{page}</body></html>"))
    assert [passage.text for passage in whole.passages] == ["See part 4, Uploads.", "To upload."]
    assert not whole.passages[0].markers


def test_a_sentence_is_not_cut_by_a_note_in_the_margin() -> None:
    page = "<p>One came.<span class=sidenote>The first.</span> Another went.<span class=sidenote>The second.</span> End.</p><p>Next.</p>"
    whole = compose(read_html(f"<html><body>{page}</body></html>"))
    assert [passage.text for passage in whole.passages] == ["One came. Another went. End.", "Next.", "The first.", "The second."]
    assert [marker.at for marker in whole.passages[0].markers] == [9, 23]


def test_a_note_under_a_cell_leaves_the_table_whole() -> None:
    page = """<table><tr><th>Year</th><th>Held</th></tr><tr><td>2021</td><td>970<sup><a href="#t1">a</a></sup></td></tr>
<tr><td colspan=2><p id="t1"><sup>a</sup> By December.</p></td></tr></table>"""
    whole = compose(read_html(f"<html><body>{page}</body></html>"))
    assert [(passage.kind.value, passage.text.strip()) for passage in whole.passages] == [
        ("table", "Year\tHeld\n2021\t970"),
        ("note", "By December."),
    ]
    assert pairs(page) == [("a", "By December.")]


@pytest.mark.parametrize(
    "page",
    [
        '<ul><li><a href="#c1" id="t1">1</a> One</li></ul><h2 id="c1"><a href="#t1">1</a> One</h2><p>x</p>',
        '<div><a href="#c1">[1]</a></div><div id="c1"><h2>One</h2><p>x</p></div>',
        '<p>Area 5 km<sup>2</sup>, the 4<sup>th</sup>.</p>',
        '<p><a class="footnote" title="View footnote." href="#">see</a> <abbr title="A long name">ALN</abbr></p>',
        '<div role="note"><p>A hint of the editors.</p></div>',
        '<h2>References</h2><ol><li>One book.</li><li>Another.</li></ol>',
    ],
    ids=["contents", "contents in brackets", "powers", "words", "hints", "list of literature"],
)  # fmt: skip
def test_what_only_looks_like_a_note_is_none(page: str) -> None:
    whole = compose(read_html(f"<html><body>{page}</body></html>"))
    assert not whole.notes
    assert not any(passage.markers for passage in whole.passages)
    assert not whole.problems
