"""A report in our own words, with everything a reading view must show."""

from __future__ import annotations

import pytest

from archive.model.document import (
    Description,
    Document,
    Emphasis,
    Format,
    Link,
    Passage,
    PassageKind,
    Role,
    Style,
)
from archive.model.footnote import Citation, Marker, Note
from archive.model.source import SourceState
from archive.values import Language


def passage(n: int, kind: PassageKind, text: str, **more: object) -> Passage:
    return Passage(n=n, kind=kind, text=text, **more)


def marker(text: str, after: str, label: str, note: int | None) -> Marker:
    return Marker(label=label, at=text.index(after) + len(after), note=note, confidence=0.99, reason="superscript")


SCHOOL = "The village school of Zarečča kept a register from 1911. Of its 214 pupils, 37 left before the age of ten, and every teacher signed each page."
RIVER = "У 1936 годзе рака выйшла з берагоў тройчы. Настаўніца Ганна Шуляк запісала ў дзённіку, што вада стаяла «да другой прыступкі» на працягу шаснаццаці дзён."
ARCHIVE = "Часть документов сохранилась в областном архиве; остальное пересказывают старожилы, и эти рассказы расходятся в датах, но не в именах."
QUOTE = "We carried the books upstairs first, then the stove, and only then did somebody remember the piano."
LONG = (
    "Ганна Шуляк, «Дзённік вясковай настаўніцы», сшытак трэці, запісы ад 4 красавіка да 20 чэрвеня 1936 года; "
    "рукапіс захоўваецца ў сям’і, копія перададзена ў музей у 1994 годзе. " * 3
)
ADDRESSES = {
    0: "https://archive.example.org/registers/1911",
    1: "https://museum.example.by/шуляк/дзённік",
    2: "https://oblast.example.ru/fond/12",
    3: "https://gone.example.net/piano",
    4: "https://refused.example.com/",
}
STATES = dict(
    zip(
        ADDRESSES.values(),
        (SourceState.SAVED, SourceState.PARTIAL, SourceState.WAITING, SourceState.GONE, SourceState.REFUSED),
        strict=True,
    )
)


def small_report(document: str = "a" * 64) -> tuple[Document, list[Passage], list[Note]]:
    kinds = PassageKind
    passages = [
        passage(0, kinds.HEADING, "The school by the river", level=1),
        passage(1, kinds.PARAGRAPH, SCHOOL, markers=(marker(SCHOOL, "1911.", "1", 0),), styles=(Style(4, 18, Emphasis.ITALIC),)),
        passage(
            2,
            kinds.PARAGRAPH,
            RIVER,
            language=Language.BELARUSIAN,
            markers=(marker(RIVER, "тройчы.", "2", 1), marker(RIVER, "дзён.", "1", 0)),
        ),
        passage(3, kinds.HEADING, "What was saved", level=2),
        passage(
            4,
            kinds.PARAGRAPH,
            ARCHIVE,
            language=Language.RUSSIAN,
            markers=(marker(ARCHIVE, "архиве", "3", 2), marker(ARCHIVE, "именах.", "*", None)),
        ),
        passage(5, kinds.QUOTATION, QUOTE, markers=(marker(QUOTE, "piano.", "4", 3),)),
        passage(6, kinds.LIST_ITEM, "the register itself, bound in grey cloth", level=1),
        passage(
            7,
            kinds.LIST_ITEM,
            "two stoves and a bell, listed at https://list.example.org",
            level=1,
            links=(Link(33, 57, "https://list.example.org"),),
        ),
        passage(8, kinds.LIST_ITEM, "званок медны, вагой каля чатырох кілаграмаў", level=2),
        passage(9, kinds.PULL_QUOTE, "The water stood at the second step for sixteen days."),
        passage(10, kinds.TABLE, "Year\tPupils\tLeft early\n1911\t38\t9\n1924\t71\t12\n1936\t105\t16"),
        passage(11, kinds.CAPTION, "Table 1. Pupils of the school, after its register."),
        passage(12, kinds.HEADING, "How we counted", level=2),
        passage(
            13,
            kinds.PARAGRAPH,
            "Every name was read twice, by two people 🙂 who did not compare before the end. " * 4,
            markers=(Marker(label="5", at=40, note=4),),
        ),
        passage(14, kinds.CODE, "count(names) where year < 1936\n  and left_before = 10"),
    ]
    texts = [
        "School register, volume 1, archive.example.org/registers/1911, retrieved in January.",
        LONG,
        "Областной архив, фонд 12, опись 4, листы 18–22.",
        "Letter to the editor, “The piano”, 3 May 1936. The page has since disappeared.",
        "Private correspondence, see also the register.",
    ]
    titles = ["School register 1911–1936", "Дзённік вясковай настаўніцы", "Фонд 12", "The piano", None]
    notes = []
    for n, text in enumerate(texts):
        passages.append(passage(15 + n, kinds.NOTE, text))
        citation = Citation(n=n, note=n, text=text, address=ADDRESSES[n], title=titles[n])
        notes.append(Note(n=n, label=str(n + 1), text=text, passage=15 + n, paired=True, confidence=0.99, citations=(citation,)))
    return describe("The school by the river", passages, notes, document), passages, notes


def describe(title: str, passages: list[Passage], notes: list[Note], document: str = "a" * 64) -> Document:
    return Document(
        document=document,
        role=Role.REPORT,
        format=Format.TEXT,
        description=Description(
            title=title,
            language=Language.ENGLISH,
            publisher="Zarečča Local History Circle",
            published_on="2025-01-24",
            reference="ZLH 4/2025",
        ),
        size_bytes=1000,
        passages=len(passages),
        notes=len(notes),
        markers=sum(len(one.markers) for one in passages),
        paired=len(notes),
    )


def long_report(paragraphs: int = 1000, notes_count: int = 1000) -> tuple[Document, list[Passage], list[Note]]:
    """500 pages: a paragraph has about 90 words."""
    passages, notes = [], []
    texts = (SCHOOL + " " + QUOTE + " ", RIVER + " ", ARCHIVE + " " + ARCHIVE + " ")
    for n in range(paragraphs):
        if n % 12 == 0:
            passages.append(passage(n, PassageKind.HEADING, f"Chapter {n // 12 + 1}", level=2))
            continue
        text = f"Paragraph {n}. " + texts[n % 3] * 3
        marks = (Marker(label=str(n), at=30, note=n % notes_count, confidence=1.0),) if n < notes_count else ()
        passages.append(passage(n, PassageKind.PARAGRAPH, text, markers=marks))
    for n in range(notes_count):
        text = f"School register, page {n}, {ADDRESSES[n % 5]}."
        passages.append(passage(paragraphs + n, PassageKind.NOTE, text))
        citation = Citation(n=n, note=n, text=text, address=ADDRESSES[n % 5], title="School register")
        notes.append(
            Note(n=n, label=str(n), text=text, passage=paragraphs + n, paired=True, confidence=1.0, citations=(citation,))
        )
    return describe("Five hundred pages", passages, notes, "b" * 64), passages, notes


@pytest.fixture
def report() -> tuple[Document, list[Passage], list[Note]]:
    """A small report with every kind of passage, in three languages."""
    return small_report()


@pytest.fixture
def states() -> dict[str, SourceState]:
    """The states of its sources."""
    return dict(STATES)


@pytest.fixture(scope="session")
def five_hundred_pages() -> tuple[Document, list[Passage], list[Note]]:
    """100,000 words with 1,000 notes."""
    return long_report()
