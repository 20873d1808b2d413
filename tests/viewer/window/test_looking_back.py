"""A saved source as it looked, beside the report that cites it, in the whole program."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from archive.front_desk import IN_THIS_PROCESS
from archive.model.source import Certificate, Ending, Evidence, Exchange, Fetched, MissingPart, Way, WebCopy
from archive.namespaces import are_allowed
from viewer.dialogs.evidence import EvidenceSheet
from viewer.dialogs.printing import PrintSheet
from viewer.look.paper import PlainBox
from viewer.sources import engine
from viewer.wiring import Ibid

ROOT = Path(__file__).resolve().parents[3]
DIARY, REGISTER, PAPER = (
    "https://museum.example.org/diary",
    "https://archive.example.org/register",
    "https://museum.example.org/plan.pdf",
)
REPORT = f"""# The school by the river

Every spring the river rose and the school moved upstairs.[^1] The register names 214 pupils.[^2] There is a plan.[^3]

[^1]: Hanna Shuliak, "we carried the books upstairs", 4 April 1936, {DIARY} (accessed 2 February 2025).
[^2]: District archive, "Register", 1911, {REGISTER}
[^3]: "Plan", {PAPER}
"""
PAGE = f"""<html><head><title>Diary of a village teacher</title><link rel=stylesheet href=/diary.css></head><body><h1>Diary of a village
teacher</h1><p>The water reached the second step of the porch, and we carried the books upstairs before the stove.</p>
<p>On the sixteenth day the river went back to its bed, and the children wrote about it in their copybooks.</p>
<a id=register href="{REGISTER}">register</a> <a id=nowhere href="https://nowhere.example/">nowhere</a><script>document.title = 'RAN'</script>"""
LIST = "<html><head><title>Register</title></head><body><h1>Register</h1><p>Two hundred and fourteen pupils were written down in the spring of that year, each with a village.</p>"


def exchange(
    address: str, body: str, kind: str = "text/html; charset=utf-8", *, day: int = 1, status: int = 200, to: str = ""
) -> Exchange:
    return Exchange(
        address=address,
        method="GET",
        status=status,
        reason="OK",
        request_headers=(),
        answer_headers=(("Content-Type", kind), *((("Location", to),) if to else ())),
        fetched_at=datetime(2025, 3, day, 10, 5, tzinfo=UTC),
        http_version="HTTP/1.1",
        body=body.encode(),
    )


def saved_diary(*, day: int = 1, way: Way = Way.PAGE, evidence: Evidence | None = None) -> Fetched:
    return Fetched(
        address=DIARY,
        ending=Ending.COMPLETE,
        exchanges=(exchange(DIARY, "", status=301, to=DIARY + "/", day=day), exchange(DIARY + "/", PAGE, day=day)),
        requisites=(exchange("https://museum.example.org/diary.css", "h1{color:rgb(0,90,0)}", "text/css", day=day),),
        way=way,
        evidence=evidence or Evidence(),
    )


KNOWN = Evidence(
    program="Ibid 0.1",
    certificates=(
        Certificate(
            host="museum.example.org", subject="museum.example.org", issuer="A Notary",
            valid_from=datetime(2025, 1, 1, tzinfo=UTC), valid_until=datetime(2026, 1, 1, tzinfo=UTC), digest="c" * 64,
        ),
    ),
    missing=(MissingPart("https://museum.example.org/lost.png", "not-served"),),
)  # fmt: skip
COPY = Evidence(
    copy=WebCopy(address="https://keeper.example/2025/diary", keeper="Keeper", kept_at=datetime(2025, 2, 7, tzinfo=UTC))
)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive to copy from."""
    path = tmp_path_factory.mktemp("looking") / "River.ibid"
    with IN_THIS_PROCESS.new(path, title="River", passphrase=None) as desk:
        desk.bring_in(REPORT.encode(), name="school.md")
        desk.keep(saved_diary(evidence=KNOWN))
        desk.keep(saved_diary(day=4, way=Way.COPY, evidence=COPY))
        desk.keep(Fetched(address=REGISTER, ending=Ending.COMPLETE, exchanges=(exchange(REGISTER, LIST),)))
        plan = exchange(PAPER, "%PDF-1.4 broken", "application/pdf")
        desk.keep(Fetched(address=PAPER, ending=Ending.COMPLETE, exchanges=(plan,)))
    return path


@pytest.fixture
def river(kept: Path, tmp_path: Path) -> Path:
    """An archive of this test's own."""
    return Path(shutil.copytree(kept, tmp_path / "River.ibid"))


@pytest.fixture
def program(start: Callable[..., Ibid], river: Path, qtbot: QtBot, browser: Callable[[], bool]) -> Iterator[Ibid]:
    """The report open, its first source beside it."""
    made = start()
    made.opening.open(river)
    qtbot.waitUntil(lambda: bool(made.library.archives))
    report = made.library.reports[0]
    made.window.zones.library.document_opened.emit(report.archive, report.entry.document.document)
    qtbot.waitUntil(lambda: made.reading.document is not None)
    show(made, DIARY, qtbot)
    yield made
    made.looking_back.close()


def show(program: Ibid, address: str, qtbot: QtBot) -> None:
    pane = program.window.zones.source
    program.reading.open_cited(address)
    qtbot.waitUntil(lambda: pane.source is not None and pane.source.address == address)
    qtbot.waitUntil(lambda: bool(words_of(pane)))


def words_of(widget: object) -> str:
    shown = [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget) and label.text()]
    return "\n".join([*shown, *(box.toPlainText() for box in widget.findChildren(PlainBox) if box.isVisibleTo(widget))])


def look(program: Ibid, press: Callable[[Ibid, str], None], qtbot: QtBot) -> object:
    """Turn to "as it looked" by keyboard; the page when it has come."""
    press(program, "F7")
    pane = program.window.zones.source
    qtbot.waitUntil(lambda: pane.is_look_shown, timeout=20_000)
    qtbot.waitUntil(lambda: pane._look.page is not None and "carried" in text_of(pane._look.page, qtbot), timeout=20_000)
    return pane._look


def text_of(page: object, qtbot: QtBot) -> str:
    said: list[str] = []
    page.toPlainText(said.append)
    qtbot.waitUntil(lambda: bool(said), timeout=10_000)
    return said[0]


def test_a_source_is_seen_as_it_looked_at_the_quoted_words_and_the_choice_is_remembered(program, press, qtbot) -> None:
    view = look(program, press, qtbot)
    pane = program.window.zones.source
    assert view.page.title() == "Diary of a village teacher"
    qtbot.waitUntil(lambda: "The page is open at the quoted words." in words_of(pane))
    show(program, REGISTER, qtbot)
    qtbot.waitUntil(lambda: pane.is_look_shown and "fourteen" in text_of(pane._look.page, qtbot), timeout=20_000)
    press(program, "F7")
    assert not pane.is_look_shown
    assert pane._look.page is None, "what is not seen is not kept"


def test_the_bar_says_how_it_was_saved(program, qtbot) -> None:
    pane = program.window.zones.source
    qtbot.waitUntil(lambda: "after one redirect" in words_of(pane))
    said = words_of(pane)
    assert "Saved on 4 March 2025 at 10:05 UTC · from a copy that Keeper keeps · complete" in said
    assert "From https://museum.example.org/diary/ · after one redirect · utf-8" in said


def test_the_evidence_is_said_in_full_and_who_agrees(program, press, qtbot) -> None:
    qtbot.waitUntil(lambda: "redirect" in words_of(program.window.zones.source))
    press(program, "Shift+F7")
    (sheet,) = program.window.findChildren(EvidenceSheet)
    said = sheet.said.toPlainText()
    for words in (
        "The page and 1 part that it needs",
        "301, sent on to https://museum.example.org/diary/",
        "200 from https://museum.example.org/diary/",
        "a copy that Keeper kept on 7 February 2025",
        "5 days after the date that is meant, 2 February 2025",
        "Yes: what was saved on 1 March 2025 (fetched at its own address) is the same, byte for byte.",
        program.window.zones.source.capture.capture,
    ):
        assert words in said
    assert "It does not prove" in words_of(sheet)
    program.window.close_sheets()
    older = program.window.zones.source.source.captures[1]
    program.window.zones.source.show_source(program.window.zones.source.source, capture=older)
    qtbot.waitUntil(lambda: "redirect" in words_of(program.window.zones.source))
    program.looking_back.show_evidence()
    said = program.window.findChildren(EvidenceSheet)[-1].said.toPlainText()
    assert "issued by A Notary, valid from 1 January 2025 until 1 January 2026" in said
    assert "By Ibid 0.1." in said
    assert "One part that it needs did not come." in said


def test_a_link_leads_to_what_is_saved_or_to_a_sentence(program, press, qtbot) -> None:
    view = look(program, press, qtbot)
    pane = program.window.zones.source
    view.page.runJavaScript("document.getElementById('nowhere').click()", 1)
    qtbot.waitUntil(lambda: "Not saved in the open archives: https://nowhere.example/" in words_of(pane))
    view.page.runJavaScript("document.getElementById('register').click()", 1)
    qtbot.waitUntil(lambda: pane.source.address == REGISTER)
    qtbot.waitUntil(lambda: pane.is_look_shown and "fourteen" in text_of(pane._look.page, qtbot), timeout=20_000)


def test_keys_mean_the_page_where_the_cursor_is_in_it(program, press, qtbot) -> None:
    view = look(program, press, qtbot)
    view.setFocus()
    QApplication.processEvents()
    press(program, "Ctrl+F")
    assert view._bar.isVisible()
    press(program, "Escape")
    view.setFocus()
    size = program.preferences.text_pt
    program.actions["larger"].trigger()
    assert view._view.zoomFactor() == pytest.approx(1.1)
    assert program.preferences.text_pt == size
    program.actions["usual-size"].trigger()
    program.window.enter_middle()
    program.actions["larger"].trigger()
    assert program.preferences.text_pt > size
    assert view._view.zoomFactor() == pytest.approx(1.0)


def test_a_page_is_printed_into_a_file_that_the_person_names(program, press, qtbot, tmp_path: Path) -> None:
    look(program, press, qtbot)
    assert program.actions["print"].isEnabled()
    program.actions["print"].trigger()
    (sheet,) = program.window.findChildren(PrintSheet)
    before = set(tmp_path.rglob("*"))
    sheet.write_to(tmp_path / "diary.pdf")
    qtbot.waitUntil(lambda: sheet.is_done, timeout=20_000)
    assert (tmp_path / "diary.pdf").read_bytes().startswith(b"%PDF")
    assert set(tmp_path.rglob("*")) - before == {tmp_path / "diary.pdf"}


def test_a_pdf_is_shown_as_text_and_said_so(program, press, qtbot) -> None:
    look(program, press, qtbot)
    show(program, PAPER, qtbot)
    pane = program.window.zones.source
    qtbot.waitUntil(lambda: "no web page but a file of the kind application/pdf" in words_of(pane))
    assert not pane.is_look_shown


def test_without_a_sandbox_the_text_is_shown_and_the_engine_is_not_started(program, press, qtbot, monkeypatch) -> None:
    monkeypatch.delenv(engine.WITHOUT_SANDBOX)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    are_allowed.cache_clear()
    press(program, "F7")
    pane = program.window.zones.source
    qtbot.waitUntil(lambda: "Here a saved page can be shown as text only" in words_of(pane))
    assert not pane.is_look_shown
    assert pane._text.isVisible()
    assert pane._state.text().endswith("as text")
    with pytest.raises(RuntimeError):
        engine.start_engine.__wrapped__()
    are_allowed.cache_clear()


def test_a_page_whose_drawing_process_dies_gives_way_to_its_text(program, press, qtbot) -> None:
    import signal

    view = look(program, press, qtbot)
    os.kill(view.page.renderProcessPid(), signal.SIGKILL)
    pane = program.window.zones.source
    qtbot.waitUntil(lambda: "could not be drawn as it looked" in words_of(pane), timeout=10_000)
    assert pane._text.isVisible()


def test_locking_ends_the_page(program, press, qtbot, browser) -> None:
    view = look(program, press, qtbot)
    program.reading.forget()
    assert view.page is None
    qtbot.waitUntil(browser)
    assert program.window.zones.source.capture is None


OPENED = """
import json, sys
from pathlib import Path
from viewer.app import make_application, make_program
from archive.model.source import SourceState
app = make_application()
program = make_program(app, language="en", sample=Path(sys.argv[1]) / "sample.ibid", desk=[])
program.show()
program.opening.open(Path(sys.argv[1]))
import time
until = time.monotonic() + 30
def wait(is_so):
    while not is_so() and time.monotonic() < until:
        app.processEvents(); time.sleep(0.01)
wait(lambda: program.library.archives)
report = program.library.reports[0]
program.window.zones.library.document_opened.emit(report.archive, report.entry.document.document)
wait(lambda: program.reading.document is not None)
program.reading.open_cited(sys.argv[2])
wait(lambda: program.window.zones.source.capture is not None)
wait(lambda: time.monotonic() > until - 29)
status = dict(line.split(":", 1) for line in open("/proc/self/status") if ":" in line)
print(json.dumps({
    "engine": sorted(name for name in sys.modules if "WebEngine" in name),
    "memory_mb": int(status["VmRSS"].split()[0]) / 1024, "is_shown": program.window.zones.source.capture is not None,
}))
program.window.close(); program.close()
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_a_window_that_shows_sources_as_text_has_no_engine_and_stays_small(river: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name != engine.WITHOUT_SANDBOX}
    done = subprocess.run(
        [sys.executable, "-c", OPENED, str(river), DIARY],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["is_shown"]
    assert found["engine"] == []
    assert found["memory_mb"] <= 130


def test_the_engine_starts_under_our_flags_whatever_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    script = """
import os
os.environ.update(QTWEBENGINE_CHROMIUM_FLAGS="--remote-debugging-port=9", QTWEBENGINE_REMOTE_DEBUGGING="9", QTWEBENGINE_DISABLE_SANDBOX="1")
from viewer.sources import engine
engine.start_engine()
print(os.environ["QTWEBENGINE_CHROMIUM_FLAGS"] == engine.flags(), [n for n in engine._NOT_OURS if n in os.environ], "NOTFOUND" in engine.flags())
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.split("\n")[0] == "True [] True"
    monkeypatch.delenv(engine.WITHOUT_SANDBOX)
    assert "sandbox" not in engine.flags()
