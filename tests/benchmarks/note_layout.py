"""Texts with notes set as PDF by LibreOffice: the truth is what is written here into a flat OpenDocument text, in several layouts."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from pathlib import Path
from xml.sax.saxutils import escape

from archive.footnotes.compose import Composed
from archive.model.document import PassageKind
from tests.benchmarks.note_truth import TrueNote, folded

Paragraph = tuple[str, list[tuple[int, str]]]
"""A paragraph's text and its notes: offset and text."""

LAYOUTS = ("usual", "two columns", "end notes", "anew on every page")
_MOST_NOTES = 150
_NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (("office", "office"), ("text", "text"), ("style", "style"), ("fo", "xsl-fo-compatible"))
)  # fmt: skip


def corpus_paragraphs(path: Path) -> list[Paragraph]:
    """Paragraphs of running text; the third of its sentences are notes to the one before, some with an address."""
    found: list[Paragraph] = []
    sentences = (one for one in _sentences(path) if 20 < len(one) < 400)
    count = 0
    while count < _MOST_NOTES and (group := list(islice(sentences, 9))):
        text, marks = "", []
        for place, sentence in enumerate(group):
            if place % 3 != 2:
                text += (" " if text else "") + sentence
            else:
                count += 1
                address = (
                    f" https://example.org/archive/{count}/a_long-path/with/parts-and-numbers?id={count * 7919}"
                    if count % 4 == 0
                    else ""
                )
                marks.append((len(text), sentence + address))
        found.append((text, marks))
    return found


def read_paragraphs(composed: Composed) -> list[Paragraph]:
    """The paragraphs of a document that was read, and its notes in their order: at their markers, else behind one sentence after the other."""
    found: list[Paragraph] = []
    loose = iter([folded(note.text) for note in composed.notes if not note.paired and re.search(r"\w", note.text)])
    for passage in composed.passages:
        if passage.kind is not PassageKind.PARAGRAPH or not re.search(r"\w", passage.text):
            continue
        text = " ".join(passage.text.split())
        own = [marker for marker in passage.markers if marker.note is not None]
        before = [folded(passage.text[: marker.at]) for marker in own]
        marks = [(len(words), folded(composed.notes[marker.note or 0].text)) for words, marker in zip(before, own, strict=True)]
        ends = [] if own else [match.start() for match in re.finditer(r"(?<=[^\W\d_][.!?])(?=\s|$)", text)]
        found.append((text, marks or list(zip(ends, loose, strict=False))))
    return found


def _sentences(path: Path) -> Iterator[str]:
    for line in gzip.decompress(path.read_bytes()).splitlines()[:3000]:
        text = folded(str(json.loads(line).get("text") or ""))
        yield from (sentence.strip() for sentence in re.split(r"(?<=[.!?])\s+(?=[^\W\d_])", text))


def true_notes(paragraphs: Sequence[Paragraph]) -> list[TrueNote]:
    """The truth of these paragraphs."""
    return [
        TrueNote(folded(note), folded(text[:at]), folded(text[at:]), "footnote")
        for text, marks in paragraphs
        for at, note in marks
    ]


def flat_text(paragraphs: Sequence[Paragraph], layout: str) -> str:
    """The paragraphs as a flat OpenDocument text in one of :data:`LAYOUTS`."""
    kind = "endnote" if layout == "end notes" else "footnote"
    columns = '<style:columns fo:column-count="2" fo:column-gap="0.8cm"/>' if layout == "two columns" else ""
    anew = "page" if layout == "anew on every page" else "document"
    configuration = "".join(
        f'<text:notes-configuration text:note-class="{one}" text:citation-style-name="Sign" text:citation-body-style-name="Raised" '
        f'text:default-style-name="Small" style:num-format="1" text:start-numbering-at="{anew if one == "footnote" else "document"}"/>'
        for one in ("footnote", "endnote")
    )
    body = "".join(f'<text:p text:style-name="Text">{_inside(text, marks, kind)}</text:p>' for text, marks in paragraphs)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {_NAMES} office:version="1.3" '
        'office:mimetype="application/vnd.oasis.opendocument.text"><office:styles>'
        '<style:default-style style:family="paragraph"><style:text-properties fo:font-size="11pt" fo:font-family="Liberation Serif"/></style:default-style>'
        '<style:style style:name="Text" style:family="paragraph"><style:paragraph-properties fo:margin-bottom="0.25cm" fo:text-align="justify"/></style:style>'
        '<style:style style:name="Small" style:family="paragraph"><style:paragraph-properties fo:margin-left="0.3cm" fo:text-indent="-0.3cm"/>'
        '<style:text-properties fo:font-size="9pt"/></style:style>'
        '<style:style style:name="Raised" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style>'
        '<style:style style:name="Sign" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style>'
        f'{configuration}</office:styles><office:automatic-styles><style:page-layout style:name="P"><style:page-layout-properties '
        f'fo:page-width="21cm" fo:page-height="29.7cm" fo:margin="2.2cm">{columns}</style:page-layout-properties></style:page-layout>'
        '</office:automatic-styles><office:master-styles><style:master-page style:name="Standard" style:page-layout-name="P"/></office:master-styles>'
        f"<office:body><office:text>{body}</office:text></office:body></office:document>"
    )


def _inside(text: str, marks: Sequence[tuple[int, str]], kind: str) -> str:
    places = [0, *(at for at, _ in marks), len(text)]
    parts = [escape(text[start:end]) for start, end in pairwise(places)]
    notes = [
        f'<text:note text:note-class="{kind}"><text:note-citation>1</text:note-citation><text:note-body>'
        f'<text:p text:style-name="Small">{escape(note)}</text:p></text:note-body></text:note>'
        for _, note in marks
    ]
    return "".join(part + note for part, note in zip(parts, [*notes, ""], strict=True))
