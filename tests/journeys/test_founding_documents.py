"""The two documents Ibid was made for come in, are read, are searched and travel, perfectly."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

WP = "https://www.amnesty.org/en/wp-content/uploads/2021/"
ADDRESSES = {
    "1": "https://www.amnesty.org/en/documents/eur49/3567/2021/en",
    "2": WP + "06/belarus-crackdown-on-medics.pdf",
    "3": WP + "06/crackdown-on-students-in-belarus.pdf",
    "4": WP + "06/trade_unions_web-1.pdf",
    "5": WP + "06/crackdown-on-older-people-in-belarus_print.pdf",
    "6": WP + "06/belarus_women-on-the-front-line_web-1.pdf",
    "7": WP + "01/solidarity-action-cultural-figures_web-1-3.pdf",
    "8": WP + "01/belarus-crackdown-on-children_web.pdf",
    "9": WP + "08/EUR4945182021ENGLISH.pdf",
    "10": "https://spring96.org/ru/news/117167",
    "11": "https://www.omct.org/site-resources/files/Suppression-of-the-Right-to-Defend-Human-Rights-in-Belarus-2021-2023-"
    "The-Observatory-Report-ENG.pdf",
}
CUT_SENTENCE = "At least seven people have died while in detention since 2020"


@pytest.fixture(scope="module")
def founded(
    ibid: Callable[..., Any], seeds: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, dict[str, Any], dict[str, Any]]:
    archive = tmp_path_factory.mktemp("founded") / "Belarus.ibid"
    assert ibid("new", archive, "--title", "Belarus 2025").code == 0
    said = ibid("import", archive, *sorted(seeds.glob("00*.txt")))
    assert said.code == 0
    assert not said.errors
    statement, news = said.lines
    return archive, statement, news


def test_the_statement_says_what_it_is(founded: tuple[Path, dict[str, Any], dict[str, Any]]) -> None:
    _, statement, _ = founded
    assert statement["title"].casefold() == "belarus: no end in sight for the human rights crisis"
    assert (statement["publisher"], statement["reference"]) == ("Amnesty International", "EUR 49/8966/2025")
    assert (statement["published_on"], statement["language"]) == ("2025-01-24", "en")
    assert (statement["markers"], statement["notes"], statement["paired"], statement["addresses"]) == (11, 11, 11, 11)
    assert not statement["problems"]


def test_each_note_of_the_statement_cites_its_one_address(
    founded: tuple[Path, dict[str, Any], dict[str, Any]], ibid: Callable[..., Any]
) -> None:
    archive, statement, _ = founded
    notes = ibid("notes", archive, statement["document"]).lines
    assert {note["label"]: [cited["address"] for cited in note["citations"]] for note in notes} == {
        label: [address] for label, address in ADDRESSES.items()
    }
    assert all(note["paired"] and 0.9 <= note["confidence"] <= 1 for note in notes)
    assert {cited["state"] for note in notes for cited in note["citations"]} == {"waiting"}
    assert "\\" not in "".join(note["text"] for note in notes)
    assert notes[9]["before"].endswith("custodial sentences.")


def test_the_statement_reads_as_one_text_without_its_notes(
    founded: tuple[Path, dict[str, Any], dict[str, Any]], ibid: Callable[..., Any]
) -> None:
    archive, statement, _ = founded
    passages = ibid("show", archive, statement["document"]).lines
    body = [passage for passage in passages if passage["kind"] != "note"]
    assert len(passages) - len(body) == 11
    assert any(CUT_SENTENCE in passage["text"] for passage in body)
    assert not any("https://" in passage["text"] or "<sup>" in passage["text"] for passage in body)
    headings = [passage["text"] for passage in body if passage["kind"] == "heading"]
    assert headings[-3:] == ["INTRODUCTION", "ONGOING HUMAN RIGHTS VIOLATIONS", "INTERNATIONAL RESPONSE"]
    assert [marker["label"] for passage in body for marker in passage["markers"]] == [str(n) for n in range(1, 12)]


@pytest.mark.parametrize(
    ("question", "where"),
    [
        ("ситуации", "note 10"),
        ("права", "note 10"),
        (f'"{CUT_SENTENCE}"', "body"),
        ("no end in sight", "title"),
        ("No End In Sight", "title"),
        ("EUR 49/8966/2025", None),
        ("trade_unions_web-1.pdf", "note 4"),
    ],
)
def test_the_statement_is_found(
    founded: tuple[Path, dict[str, Any], dict[str, Any]], ibid: Callable[..., Any], question: str, where: str | None
) -> None:
    archive, statement, _ = founded
    head, *hits = ibid("search", archive, question).lines
    assert (head["count"], head["exact"]) == (1, True)
    assert hits[0]["document"] == statement["document"]
    assert where in {None, hits[0]["where"]}
    assert any(is_hit for _text, is_hit in hits[0]["snippet"])


def test_the_news_item_says_what_it_is(founded: tuple[Path, dict[str, Any], dict[str, Any]], ibid: Callable[..., Any]) -> None:
    archive, _, news = founded
    assert news["title"] == "Belarus: Authorities hold presidential election in climate of total fear and repression"
    assert news["published_on"] == "2025-01-24"
    assert len(set(news["topics"])) == len(news["topics"]) >= 9
    assert ibid("search", archive, "Bialiatski").lines[1]["document"] == news["document"]
    passages = ibid("show", archive, news["document"]).lines
    quoted = [passage for passage in passages if "bleak picture" in passage["text"]]
    assert [passage["kind"] for passage in quoted] == ["paragraph", "pull_quote"]
    assert not any(set(passage["text"]) <= set("“”\"' ") for passage in passages)


def test_bringing_in_twice_changes_nothing(
    founded: tuple[Path, dict[str, Any], dict[str, Any]], ibid: Callable[..., Any], seeds: Path
) -> None:
    archive, statement, news = founded
    before = ibid("list", archive).lines
    again = ibid("import", archive, *sorted(seeds.glob("00*.txt")))
    assert again.code == 0
    assert [line["already"] for line in again.lines] == [True, True]
    assert [line["document"] for line in again.lines] == [statement["document"], news["document"]]
    assert ibid("list", archive).lines == before


def test_the_founding_documents_travel(
    founded: tuple[Path, dict[str, Any], dict[str, Any]], ibid: Callable[..., Any], tmp_path: Path, passphrase_file: Path
) -> None:
    archive, statement, _ = founded
    stick = tmp_path / "stick" / "Belarus.ibid"
    stick.parent.mkdir()
    shared = ibid("share", archive, stick, "--locked", "--passphrase-file", passphrase_file)
    assert shared.code == 0
    assert (shared.lines[0]["verified"], shared.lines[0]["documents"]) == (True, 2)
    lock = ("--passphrase-file", passphrase_file)
    assert ibid("verify", stick, *lock).lines[-1]["ok"] is True
    assert ibid("search", stick, "ситуации", *lock).lines[1]["where"] == "note 10"
    other = tmp_path / "Other.ibid"
    ibid("new", other)
    first, second = (ibid("merge", other, stick, *lock).lines[0] for _ in range(2))
    assert (first["new"], second["new"], second["same"]) == (2, 0, 2)
    assert ibid("notes", other, statement["document"]).lines == ibid("notes", archive, statement["document"]).lines
    assert ibid("verify", other).lines[-1]["ok"] is True
