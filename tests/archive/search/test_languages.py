"""Languages are told apart, and the forms of a word have one key."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.search.fold import fold
from archive.search.languages import KEY_LANGUAGES, beginnings, guess, keys, stem, stems_asked
from archive.values import Language

BE, RU, UK, EN = Language.BELARUSIAN, Language.RUSSIAN, Language.UKRAINIAN, Language.ENGLISH

SENTENCES = [
    (BE, "Суд пакінуў прысуд без змен."),
    (BE, "У горадзе сёння ціха."),
    (BE, "Яны прыйшлі раніцай і забралі яго тэлефон"),
    (BE, "Сьнег ляжыць на даху"),
    (RU, "Суд оставил приговор без изменений."),
    (RU, "В городе сегодня тихо, и никто не спешит."),
    (RU, "Ситуация с правами человека"),
    (UK, "Суд залишив вирок без змін."),
    (UK, "У місті сьогодні тихо, але ніхто не спить."),
    (UK, "Її зошит лежав під ґанком"),
    (EN, "The court left the sentence as it was."),
    (EN, "Nobody was told why they had been taken away"),
    (EN, "I didn't see anything."),
]


@pytest.mark.parametrize(
    ("language", "sentence"), SENTENCES, ids=[f"{language}-{n}" for n, (language, _) in enumerate(SENTENCES)]
)
def test_the_language_of_a_sentence_is_told(language: Language, sentence: str) -> None:
    assert guess(sentence) is language
    assert guess(sentence.upper()) is language


@pytest.mark.parametrize(
    "text",
    ["", "   ", "2-123/2019", "…!?", "El tribunal confirmó la sentencia de los acusados", "Sąd utrzymał wyrok w mocy i nie zmienił kary",
     "Суд је потврдио пресуду и није јој ништа додао, каже њен адвокат", "Das Gericht hat das Urteil bestätigt", "判决维持不变"],
)  # fmt: skip
def test_what_is_none_of_our_languages_is_unknown(text: str) -> None:
    assert guess(text) is Language.UNKNOWN


def test_a_word_of_another_script_does_not_change_the_language_of_a_text() -> None:
    assert guess("Сайт spring96.org напісаў пра гэта ўчора") is BE
    assert guess("The site «Вясна» wrote about it yesterday") is EN


@given(st.text(max_size=200))
def test_any_text_has_an_answer(text: str) -> None:
    assert guess(text) in set(Language)


@given(st.text(min_size=1, max_size=30))
def test_any_word_has_a_key_without_white_space_in_it(word: str) -> None:
    for language in KEY_LANGUAGES:
        folded = fold(word)
        if folded and not any(character.isspace() for character in folded):
            assert not any(character.isspace() for character in stem(folded, language))


FORMS = [
    (RU, ["права", "правами", "правам", "право", "правах"]),
    (RU, ["ситуация", "ситуации", "ситуацию", "ситуацией"]),
    (RU, ["ёлка", "елка", "ёлки", "елку"]),
    (BE, ["чалавек", "чалавека", "чалавекам", "чалавекаў"]),
    (BE, ["зямля", "зямлі", "зямлю", "зямлёй", "зямлёю"]),
    (BE, ["снег", "сьнег", "снегу", "сьнегам"]),
    (BE, ["м'яч", "мяч", "м'яча"]),
    (BE, ["грамадскіх", "грамадскiх"]),
    (BE, ["дзейнасць", "дзейнасьць", "дзейнасці"]),
    (RU, ["человек", "люди", "людьми", "человеком"]),
    (RU, ["идти", "шёл", "шла", "идут"]),
    (BE, ["чалавек", "людзі", "людзьмі", "чалавекі"]),
    (BE, ["верасень", "верасня", "верасні"]),
    (BE, ["рубель", "рублёў", "рублям"]),
    (BE, ["дзень", "дня", "дзён"]),
    (BE, ["снег", "śnieh", "сьнегам"]),
    (BE, ["чалавек", "čałaviek", "čałavieka"]),
    (UK, ["рік", "року", "роки"]),
    (EN, ["go", "went", "gone"]),
    (EN, ["child", "children"]),
    (UK, ["людина", "людини", "людиною", "людину"]),
    (UK, ["м'яч", "мяч", "м'ячем"]),
    (EN, ["court", "courts", "court's"]),
    (EN, ["detained", "detaining", "detain", "detains"]),
]


@pytest.mark.parametrize(("language", "words"), FORMS, ids=[f"{language}-{words[0]}" for language, words in FORMS])
def test_the_forms_of_a_word_have_one_key(language: Language, words: list[str]) -> None:
    assert len({stem(fold(word), language) for word in words}) == 1


def test_a_form_of_two_words_is_kept_under_one_and_asked_for_under_both() -> None:
    assert stem("стали", RU) == "стать"
    assert set(stems_asked("стали", RU)) == {"стать", "сталь"}
    assert keys(["суды", "стали"], RU) == ["суд", "стать"]


@pytest.mark.parametrize(("language", "words"), FORMS, ids=[f"{language}-{words[0]}" for language, words in FORMS])
def test_the_forms_of_a_word_begin_as_is_said(language: Language, words: list[str]) -> None:
    said = {beginning.translate(str.maketrans("ёў", "ев")) for beginning in beginnings(fold(words[0]))}
    for form in map(fold, words):
        plain = form.replace("'", "").replace("ь", "").translate(str.maketrans("ёў", "ев"))
        assert not plain.isascii() or language is EN
        if plain[0] > "\u0400":
            assert plain.startswith(tuple(each.replace("ь", "") for each in said)), form


def test_different_words_keep_different_keys() -> None:
    words = ["права", "правда", "правнук", "суд", "судьба", "чалавек", "чытач"]
    for language in KEY_LANGUAGES:
        assert len({stem(word, language) for word in words}) == len(words)


def test_belarusian_and_russian_spellings_of_a_name_often_meet() -> None:
    assert {stem("минск", language) for language in KEY_LANGUAGES} & {stem("мінск", language) for language in KEY_LANGUAGES}


def test_the_languages_of_news_sentences_are_told_for_98_in_100(data: Path) -> None:
    right = total = 0
    for language in (BE, RU, UK, EN):
        file = data / "ir" / "ntrex_parallel" / f"corpus.{language}.jsonl"
        with file.open(encoding="utf-8") as lines:
            for line in lines:
                sentences = [sentence.strip() for sentence in json.loads(line)["text"].split("\n")]
                told = [guess(sentence) is language for sentence in sentences if sentence]
                right, total = right + sum(told), total + len(told)
    assert total > 4000
    assert right / total >= 0.98
