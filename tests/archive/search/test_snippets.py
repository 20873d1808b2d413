"""What is shown of a passage is plain text, cut between words, with the words asked for marked."""

from __future__ import annotations

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from archive.search.fold import tokens
from archive.search.languages import stem
from archive.search.query import Words, key_variants, words_asked
from archive.search.snippets import Finder, Span, cut
from archive.search.typed import read
from archive.values import Language

LONG = (
    "Раніцай у чытальнай зале было ціха. " * 12
    + "Алесь прынёс новы ліст, і яго прачыталі ўголас. "
    + "Потым усе разышліся па справах. " * 12
)


def spans_of(text: str, question: str, language: Language = Language.BELARUSIAN) -> list[Span]:
    return Finder(words_asked(read(question).tree), {}).spans(text, language, column="body")


def test_a_short_text_is_shown_whole() -> None:
    text = "Алесь прынёс новы ліст."
    assert cut(text, spans_of(text, "ліста")) == (("Алесь прынёс новы ", False), ("ліст", True), (".", False))


def test_a_long_text_is_cut_around_the_words() -> None:
    runs = cut(LONG, spans_of(LONG, "Алесь ліст"))
    shown = "".join(run for run, _ in runs)
    assert [run for run, is_hit in runs if is_hit] == ["Алесь", "ліст"]
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert 120 <= len(shown) <= 260
    assert all(f" {word} " in f" {LONG} " for word in shown.strip("…").split())


def test_the_place_with_most_different_words_is_chosen() -> None:
    text = "Ліст, ліст і ліст. " + "Нічога не было. " * 30 + "Алесь напісаў ліст."
    assert [run for run, is_hit in cut(text, spans_of(text, "Алесь ліст")) if is_hit] == ["Алесь", "ліст"]


def test_without_a_place_the_beginning_is_shown() -> None:
    ((shown, is_hit),) = cut(LONG, [])[:1]
    assert shown.startswith("Раніцай")
    assert not is_hit


def test_a_phrase_is_one_place_and_its_words_alone_are_none() -> None:
    text = "Новы ліст. Ліст новы, новы стол."
    assert [(span.start, span.end) for span in spans_of(text, '"новы ліст"')] == [(0, 9)]


def test_white_space_and_tables_become_single_spaces() -> None:
    text = "адзін\tліст\n\nдва"
    assert cut(text, spans_of(text, "ліст")) == (("адзін ", False), ("ліст", True), (" два", False))


def test_words_with_stress_marks_soft_hyphens_and_other_apostrophes_are_marked() -> None:
    text = "За́мак, пра\u00adвы, м’яч, грамадскiх."
    found = [text[span.start : span.end] for span in spans_of(text, "замак правы м'яч грамадскі")]
    assert found == ["За́мак", "пра\u00adвы", "м’яч", "грамадскiх"]


@given(text=st.text(alphabet="абв гд\n.,", max_size=900), data=st.data())
def test_what_is_shown_stands_in_the_text(text: str, data: st.DataObject) -> None:
    places = [Span(start, end, at % 3) for at, (start, end, _) in enumerate(tokens(text)) if end - start < 100]
    chosen = data.draw(st.lists(st.sampled_from(places), max_size=6)) if places else []
    runs = cut(text, chosen)
    plain = " ".join(text.split())
    shown = "".join(run for run, _ in runs)
    assert shown.removeprefix("…").removesuffix("…").strip() in plain
    assert all(run for run, _ in runs)
    if chosen:
        assert any(is_hit for _, is_hit in runs)
        words = {text[span.start : span.end] for span in chosen}
        assert all(run in words for run, is_hit in runs if is_hit)


_LETTERS = st.text("праваўуіїиёейи\u0306ьґгlawyieацд'\u2019\u0301\u00ad -\u00a0\n", min_size=1, max_size=60)


@settings(max_examples=400, deadline=None)
@given(text=_LETTERS, question=_LETTERS)
def test_no_place_is_missed_by_looking_quickly(text: str, question: str) -> None:
    assume(not any(word.startswith("ь") for _, _, word in tokens(f"{text} {question}")))
    words = [Words((word,)) for _, _, word in tokens(question)]
    keys = [{key for [key] in key_variants(each.words)} for each in words]
    for language in (Language.BELARUSIAN, Language.RUSSIAN, Language.UKRAINIAN):
        places = {
            (start, end, number)
            for start, end, word in tokens(text)
            for number, known in enumerate(keys)
            if stem(word, language) in known
        }
        finder = Finder(words, {})
        found = {(span.start, span.end, span.asked) for span in finder.spans(text, language, column="body")}
        assert found == places
        assert finder.may_stand_in(text) or not places
