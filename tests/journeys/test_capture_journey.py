"""A report's sources are saved from a site on this machine: every state right, every text found, every hit at its note.

Slow and endless answers are tried in the room's own tests, with shorter limits.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.web.socks import open_socks

STATES = {
    "/article": "saved",
    "/moved": "saved",
    "/report.pdf": "saved",
    "/cp1251": "saved",
    "/gzip": "saved",
    "/missing": "gone",
    "/says-gone": "gone",
    "/forbidden": "refused",
    "/to-metadata": "refused",
    "/empty": "failed",
    "/hollow": "failed",
    "/broken": "failed",
    "/round": "failed",
    "/cut": "partial",
}


@pytest.fixture
def site() -> Iterator[Any]:
    place = Path(__file__).parents[1] / "archive" / "capture" / "loopback_site.py"
    spec = importlib.util.spec_from_file_location("loopback_site", place)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    with module.open_site() as opened:
        yield opened


@pytest.mark.timeout(180)
def test_sources_are_saved_judged_and_found_at_their_notes(site: Any, ibid: Callable[..., Any], tmp_path: Path) -> None:
    labels = {path: str(number) for number, path in enumerate(STATES, start=1)}
    text = "# Where it all stands\n\n" + "\n\n".join(
        f"What the page at {path[1:]} told.[^{label}]" for path, label in labels.items()
    )
    text += "\n\n" + "\n\n".join(f"[^{label}]: The page, {site.at(path)}" for path, label in labels.items())
    report, archive = tmp_path / "report.md", tmp_path / "a.ibid"
    report.write_text(text, encoding="utf-8")
    ibid("new", archive)
    document = ibid("import", archive, report).lines[0]
    assert (document["paired"], document["addresses"]) == (len(STATES), len(STATES))

    refused = ibid("capture", archive, "--only", site.at("/article"))
    assert (refused.code, refused.lines[0]["state"]) == (0, "refused")
    assert not site.seen, "a private host was asked though nobody named it"

    said = ibid("capture", archive, "--allow-private", "127.0.0.1", "--only", *map(site.at, STATES), limit_s=150)
    assert said.code == 0
    assert {line["address"]: line["state"] for line in said.lines} == {site.at(path): state for path, state in STATES.items()}
    sources = {line["address"]: line for line in ibid("sources", archive).lines}
    assert {address: source["state"] for address, source in sources.items()} == {
        site.at(path): state for path, state in STATES.items()
    }
    assert all(source["captures"] for source in sources.values() if source["state"] in {"saved", "partial"})
    verdicts = {
        kept["verdict"]
        for source in sources.values()
        for kept in source["captures"]
        if source["state"] not in {"saved", "partial"}
    }
    assert verdicts <= {"error_page", "empty_page"}, "what is kept of a page that is not there never counts as its capture"

    for question, path in (("сноске", "/cp1251"), ("promise printed sentence", "/article"), ("points at", "/report.pdf")):
        _, *hits = ibid("search", archive, question).lines
        places = [place for hit in hits if hit["role"] == "source" for place in hit["cited_at"]]
        assert {"document": document["document"], "label": labels[path]} in places, question
    assert ibid("verify", archive).lines[-1]["ok"] is True
    states = {
        cited["address"]: cited["state"]
        for note in ibid("notes", archive, document["document"]).lines
        for cited in note["citations"]
    }
    assert states == {address: source["state"] for address, source in sources.items()}

    again = ibid("capture", archive, "--allow-private", "127.0.0.1", limit_s=150)
    assert {line["address"] for line in again.lines} == {
        site.at(path) for path, state in STATES.items() if state in {"failed", "partial"}
    }


@pytest.mark.timeout(120)
def test_a_list_is_shown_before_anything_is_asked_and_a_persons_judgement_counts(
    site: Any, ibid: Callable[..., Any], tmp_path: Path
) -> None:
    report, archive, hosts = tmp_path / "report.md", tmp_path / "a.ibid", tmp_path / "hosts.txt"
    text = "# A\n\nOne.[^1] Two.[^2]\n\n[^1]: Page, {}\n[^2]: Page, {}\n".format(site.at("/article"), site.at("/says-gone"))
    report.write_text(text, encoding="utf-8")
    hosts.write_text("127.0.0.1 labelled\n", encoding="utf-8")
    ibid("new", archive)
    document = ibid("import", archive, report).lines[0]["document"]
    planned = ibid("capture", archive, "--dry-run", "--report", document[:10], "--listed-hosts", hosts)
    assert [(line["n"], line["address"], line["risks"]) for line in planned.lines] == [
        (1, site.at("/article"), ["untried"]),
        (2, site.at("/says-gone"), ["untried"]),
    ], "what is on a person's own list is never written"
    assert not site.seen
    shown = ibid("capture", archive, "--dry-run", "--listed-hosts", hosts, as_json=False)
    assert (shown.code, shown.errors) == (0, "")

    said = ibid("capture", archive, "--allow-private", "127.0.0.1", "--report", document)
    assert [(line["state"], line["why"]) for line in said.lines if line["state"] == "saved"] == [("saved", [])]
    gone = next(line for line in ibid("sources", archive).lines if line["state"] == "gone")
    capture = gone["captures"][0]["capture"]
    judged = ibid("judge", archive, capture[:12], "complete").lines[0]
    assert (judged["state"], judged["verdict"], judged["judged"]) == ("saved", "error_page", "complete")
    assert {line["state"] for line in ibid("sources", archive).lines} == {"saved"}
    assert ibid("judge", archive, capture[:12], "ibid").lines[0]["state"] == "gone"
    assert ibid("judge", archive, "0000", "complete").code == 1
    assert ibid("judge", archive, capture, "splendid").code == 2
    hosts.write_text("not a host at all\n", encoding="utf-8")
    assert "Line 1 of the list of hosts" in ibid("capture", archive, "--listed-hosts", hosts).errors


def test_through_a_proxy_sources_are_saved_and_no_name_is_looked_up_here(
    web: Any, ibid: Callable[..., Any], tmp_path: Path
) -> None:
    report, archive = tmp_path / "report.md", tmp_path / "a.ibid"
    report.write_text("# Where it stands\n\nIt was told.[^1]\n\n[^1]: A page, http://absolute.test/\n", encoding="utf-8")
    ibid("new", archive)
    ibid("import", archive, report)
    with open_socks(web.port) as socks:
        said = ibid("capture", archive, "--proxy", socks.address, "--allow-private", "absolute.test", "pictures.test")
        assert (said.code, said.lines[0]["state"]) == (0, "saved"), said
        assert {name for _, name, _ in socks.asked} == {"absolute.test", "pictures.test"}
    refused = ibid("capture", archive, "--proxy", "127.0.0.1:9050", as_json=False)
    assert (refused.code, "socks5h://127.0.0.1:9050" in refused.errors) == (1, True)
