"""Whatever is asked, of an archive of some thousand documents, has its answer in less than a fifth of a second of the processor's time."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.model.document import Description, Role
from archive.model.hit import MOST_SPELLINGS, Answer, Order, Question
from archive.search import entry, index, narrowing, suggest
from archive.search.answer import ask, facets
from archive.search.deadline import Deadline
from archive.storage.documents import add_document
from archive.storage.folder import ArchiveFolder
from archive.values import Language
from tests.archive.search.conftest import parcel_of

_DOCUMENTS, _AT_ONCE = 2000, 500
_LONGEST_S = 0.2
_COMMON = [
    "права",
    "чалавека",
    "суд",
    "людзі",
    "года",
    "краіна",
    "сведка",
    "закон",
    "горад",
    "праца",
    "права",
    "человека",
    "люди",
    "страна",
    "город",
    "работа",
    "закон",
    "свидетель",
    "года",
    "права",
    "людини",
    "місто",
    "країна",
    "свідок",
    "and",
    "the",
    "of",
    "rights",
    "people",
    "state",
    "court",
    "witness",
    "in",
    "to",
    "и",
    "в",
    "на",
    "с",
    "по",
    "не",
    "што",
    "які",
    "который",
    "что",
]
_BEGINNINGS = [f"{first}{second}" for first in "пксвна" for second in "аоеіиур"]
_SYLLABLES = [f"{first}{second}" for first in "бвгджзклмнпрстфхч" for second in "аоеуі"]


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ArchiveFolder]:
    """What :func:`fill` gives."""
    with ArchiveFolder.create(tmp_path_factory.mktemp("many") / "many.ibid", title="Many") as folder:
        fill(folder)
        yield folder


def fill(folder: ArchiveFolder) -> None:
    """Some thousand short documents: common words stand in nearly all, many rare ones begin alike. What is read once has been read."""
    drawn = random.Random(7)
    for begin in range(0, _DOCUMENTS, _AT_ONCE):
        with folder.writing() as connection:
            entries = []
            for number in range(begin, begin + _AT_ONCE):
                said = [" ".join(_rare(drawn) for _ in range(12)) + " " + " ".join(drawn.sample(_COMMON, 25)) for _ in range(2)]
                title = f"{_rare(drawn).capitalize()} {drawn.choice(_COMMON)} {number}"
                stated = Description(title=title, language=drawn.choice(list(Language)), publisher=f"Publisher {number % 90}")
                parcel = parcel_of(
                    title, said, [f"{_rare(drawn)}, https://example.org/{number}"], role=Role.REPORT, description=stated
                )
                row_id = add_document(connection, parcel)
                entries.append((row_id, entry.prepare(parcel.document, parcel.passages, parcel.notes)))
            index.add_many(connection, entries)
    ask_once(folder)


def ask_once(folder: ArchiveFolder) -> None:
    """Have that read which is read once for each state of a volume, and once in each process."""
    for order in Order:
        ask(folder, Question(text="права publisher:Publisher", order=order))
    ask(folder, Question(text="словаякоганяма vbycr слова~"))
    facets(folder, Question(text="права"))


def _rare(drawn: random.Random) -> str:
    return "".join(drawn.choices(_SYLLABLES, k=drawn.choice((2, 3, 3, 4))))


_ROW = " ".join(_COMMON)
NASTY = {
    "very many of each": " OR ".join(_COMMON * 9),
    "all of very many": " ".join(_COMMON * 9),
    "a phrase of very many": f'"{" ".join(_COMMON * 9)}"',
    "words as they are written": " ".join(f'"{word}"' for word in _COMMON),
    "one of very many phrases": " OR ".join(f'"{first} {second}"' for first in _COMMON[:12] for second in _COMMON[:12]),
    "beginnings of two letters": " OR ".join(f"{beginning}*" for beginning in _BEGINNINGS),
    "all beginnings of two letters": " ".join(f"{chr(0x430 + n % 32)}{chr(0x430 + n // 32)}*" for n in range(500)),
    "beginnings of one letter": "п* OR с* OR к* OR a* OR b*",
    "beginnings and words as they are written": 'па* OR ка* OR "и" OR на*',
    "phrases that go on": " OR ".join(f'"и {beginning}*"' for beginning in _BEGINNINGS),
    "slips": " ".join(f"{word[:4]}~" for word in _COMMON),
    "very many slips": " ".join(f"слово{_SYLLABLES[n % 80]}ка~" for n in range(120)),
    "near each other": " ".join(f"и NEAR/{n} в" for n in range(100)),
    "all near each other": f'"{" ".join(_COMMON)}"~100',
    "nothing but what is not wanted": "NOT и OR NOT в",
    "brackets in brackets": '("и" OR па*) (ка* OR "в") -(на* "по")',
    "five hundred brackets": "(" * 500 + "и" + ")" * 500,
    "fields": "publisher:p OR site:o OR cites:s OR source:e",
    "a field again and again": "cites:a " * 200,
    "a field without a value again and again": "cites: publisher: date: " * 80,
    "spans of dates": "date:[1 TO 2999] " * 60,
    "spans that never end": "date:[" + "1 " * 900,
    "spans of spans": "date:[ " * 280,
    "one word of two thousand letters": "а" * 1999,
    "one word of letters that become two": "İ" * 2000,
    "ligatures": "ﬁ" * 1000 + " ß" * 500,
    "marks on nothing": "\u0301" * 2000,
    "marks on one letter": "а" + "\u0301" * 1999,
    "joiners in one word": "а" + "\u200b" * 1998 + "а",
    "pictures": "🙂" * 2000,
    "signs of another script": " ".join(map(chr, range(0x4E00, 0x4E00 + 900))),
    "words nobody wrote": " ".join(f"zq{n}x" for n in range(300)),
    "another keyboard": " ".join(f"йцукен{syllable}о" for syllable in _SYLLABLES),
    "names": " ".join(["Лукашенко", "Лукашэнка", "Григорий"] * 60),
    "space": " " * 1990 + "и",
    "space between operators": "и" + " " * 900 + "OR" + " " * 900 + "в",
    "minus": "-" * 2000,
    "stars": "*" * 2000,
    "stars after letters": "а*" * 1000,
    "colons after letters": "а:" * 1000,
    "fields in fields": "title:" * 330 + "и",
    "tildes": "а~" * 1000,
    "quotation marks": '"' * 1999,
    "words in one quotation mark": '"' + _ROW * 4,
    "apostrophes": "а'" * 1000,
    "lone halves of signs": "\ud800\udfff" * 500,
    "nulls": "\0" * 2000,
    "a hundred thousand letters": _ROW * 400,
}


def _processor_time(folder: ArchiveFolder, question: Question) -> tuple[Answer, float]:
    began = time.thread_time()
    answer = ask(folder, question)
    return answer, time.thread_time() - began


def _quickest(folder: ArchiveFolder, question: Question) -> tuple[Answer, float]:
    """Asked again where it took long: what Python clears away meanwhile is not the question's."""
    answer, taken = _processor_time(folder, question)
    return (answer, taken) if taken < _LONGEST_S else _processor_time(folder, question)


@pytest.mark.parametrize("name", NASTY)
def test_no_question_takes_longer_than_a_fifth_of_a_second(many: ArchiveFolder, name: str) -> None:
    for asked in (
        Question(text=NASTY[name]),
        Question(text=NASTY[name], is_exact=True),
        Question(text=NASTY[name], is_typing=True, order=Order.TITLE),
    ):
        answer, taken = _quickest(many, asked)
        assert taken < _LONGEST_S, (name, asked.is_exact, asked.is_typing, taken)
        assert answer.count >= len(answer.hits)
        assert len(answer.spellings) <= MOST_SPELLINGS


_PIECES = st.one_of(
    st.text(max_size=30),
    st.sampled_from(_COMMON),
    st.sampled_from([f"{beginning}*" for beginning in _BEGINNINGS]),
    st.sampled_from([f"{word}~" for word in _COMMON]),
    st.sampled_from([f'"{word}"' for word in _COMMON]),
    st.sampled_from([
        "(",
        ")",
        '"',
        "-",
        "NOT",
        "OR",
        "NEAR/9",
        "title:",
        "note:",
        "publisher:p",
        "cites:e",
        "date:[1",
        "TO",
        "2]",
        "role:report",
    ]),
)
TEXTS = st.one_of(st.text(max_size=2100), st.lists(_PIECES, max_size=150).map(" ".join))


@settings(max_examples=max(200, settings.default.max_examples), deadline=None)
@given(text=TEXTS, is_exact=st.booleans(), is_typing=st.booleans(), order=st.sampled_from(Order))
def test_any_text_is_answered_in_a_fifth_of_a_second(
    many: ArchiveFolder, text: str, order: Order, *, is_exact: bool, is_typing: bool
) -> None:
    answer, taken = _quickest(many, Question(text=text, is_exact=is_exact, is_typing=is_typing, order=order))
    assert taken < _LONGEST_S
    assert answer.count >= len(answer.hits)


def test_a_question_cut_short_says_that_there_may_be_more(many: ArchiveFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    question = Question(text=" OR ".join(f'"{first} {second}"' for first in _COMMON[:4] for second in _COMMON[:4]))
    whole = ask(many, question)
    monkeypatch.setattr(Deadline, "is_over", lambda *_: True)
    cut = ask(many, question)
    assert whole.is_exact
    assert not cut.is_exact
    assert cut.count < whole.count


def test_an_ordinary_question_is_never_cut_short(many: ArchiveFolder) -> None:
    assert all(
        ask(many, Question(text=asked)).is_exact for asked in ("права чалавека", "суд OR закон", '"права человека"', "свед*")
    )


def test_what_is_read_once_does_not_cut_the_first_question_short(many: ArchiveFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(wanted: Any) -> Any:
        def slowly(*given: Any) -> Any:
            began = time.thread_time()
            while time.thread_time() - began < _LONGEST_S:
                pass
            return wanted(*given)

        return slowly

    question = Question(text="права publisher:Publisher", order=Order.TITLE)
    whole = ask(many, question)
    monkeypatch.setattr(suggest, "make_ready", busy(suggest.make_ready))
    monkeypatch.setattr(narrowing, "columns_of", busy(narrowing.columns_of))
    first = ask(many, question)
    assert first.is_exact
    assert first.count == whole.count > 0
