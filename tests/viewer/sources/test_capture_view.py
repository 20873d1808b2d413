"""A capture as it looked: answered by the archive alone, and nothing of it acts, asks out or stays behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QIODevice, Qt, QUrl
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtWebEngineCore import QWebEngineScript
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from archive.address import normalise
from archive.front_desk import IN_THIS_PROCESS
from archive.model.replay import ShownPart
from archive.model.source import Ending, Exchange, Fetched
from archive.words import choose_language, say
from viewer.look.themes import theme
from viewer.sources import engine
from viewer.work.runner import Lane, TaskRunner

SITE, ELSEWHERE, PLAIN = "https://ferry.example", "https://pictures.example", "http://old.example"
FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSansMono-Bold.ttf")


def picture(colour: str) -> bytes:
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())


def answer(
    address: str, body: bytes | str, kind: str = "text/html; charset=utf-8", *, status: int = 200, to: str = ""
) -> Exchange:
    return Exchange(
        address=address,
        method="GET",
        status=status,
        reason="",
        request_headers=(),
        answer_headers=(("Content-Type", kind), *((("Location", to),) if to else ())),
        fetched_at=datetime(2025, 3, 1, tzinfo=UTC),
        http_version="HTTP/1.1",
        body=body if isinstance(body, bytes) else body.encode(),
    )


PAGE = f"""<!doctype html><html><head><title>The ferry</title><base href="{SITE}/log/">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'"><meta http-equiv="refresh" content="0;url=https://gone.example/">
<link rel="stylesheet" href="{ELSEWHERE}/ferry.css" crossorigin="anonymous" integrity="sha256-AAAA">
<style>@import url("//pictures.example/imported.css"); @font-face {{ font-family: Inline; src: url({ELSEWHERE}/font.ttf) }} #inline {{ font-family: Inline }}</style>
<script>document.title = "RAN"</script></head><body onload="document.title = 'RAN'">
<h1>The ferry log</h1><p id="quoted">On the third day the ice let the ferry <em>through at last</em>, and the post came over.</p>
<p id="inline">Set in "its own" letters.</p>
<img id="i-absolute" src="{ELSEWHERE}/a.png"><img id="i-relative" src="b.png"><img id="i-root" src="/c.png">
<img id="i-no-scheme" src="//pictures.example/d.png"><img id="i-plain" src="{PLAIN}/e.png"><img id="i-moved" src="{ELSEWHERE}/moved.png">
<img id="i-set" srcset="{ELSEWHERE}/f.png 1x"><img id="i-cyrillic" src="/схема 1.png"><img id="i-vague" src="/vague">
<picture><source srcset="{ELSEWHERE}/g.png"><img id="i-picture" src="x.png"></picture><img id="i-lazy" data-src="/h.png">
<p id="behind" style="background-image: url('{ELSEWHERE}/i.png')">Behind.</p><img id="i-missing" src="{ELSEWHERE}/missing.png">
<iframe id="frame" src="{ELSEWHERE}/frame.html"></iframe><iframe src="/paper.zip"></iframe><iframe src="/not-here.html"></iframe>
<noscript>Please switch scripts on.</noscript>
<a id="out" href="https://other.example/page">elsewhere</a> <a id="window" href="https://other.example/window" target="_blank">window</a>
<a id="down" href="{SITE}/log/#bottom">down</a><form action="https://other.example/form"><button id="send">send</button></form>
<p id="bottom" style="margin-top: 3000px">The bottom.</p></body></html>"""

PARTS = (
    answer(f"{ELSEWHERE}/ferry.css", f"@font-face{{font-family:Own;src:url({ELSEWHERE}/font.ttf)}} h1{{font-family:Own;color:rgb(0,90,0)}} h1{{background:url(j.png)}}", "text/css"),
    answer(f"{ELSEWHERE}/imported.css", "#quoted{letter-spacing:2px}", "text/css"),
    answer(f"{ELSEWHERE}/font.ttf", FONT.read_bytes() if FONT.exists() else b"", "font/ttf"),
    *(answer(f"{ELSEWHERE}/{name}.png", picture("#a03020"), "image/png") for name in "adfgij"),
    answer(f"{SITE}/log/b.png", picture("#2050a0"), "image/png"),
    answer(f"{SITE}/c.png", picture("#20a050"), "image/png"),
    answer(f"{SITE}/h.png", picture("#20a050"), "image/png"),
    answer(f"{SITE}/%D1%81%D1%85%D0%B5%D0%BC%D0%B0%201.png", picture("#20a050"), "image/png"),
    answer(f"{SITE}/vague", picture("#20a050"), "application/octet-stream"),
    answer(f"{PLAIN}/e.png", picture("#888888"), "image/png"),
    answer(f"{ELSEWHERE}/moved.png", b"", "text/html", status=302, to=f"{PLAIN}/e.png"),
    answer(f"{ELSEWHERE}/frame.html", "<p>In the frame <img src=a.png><a id=framed href='/next' target=_top>next</a>"),
    answer(f"{SITE}/paper.zip", b"PK\3\4 MARKER-OF-A-DOWNLOAD", "application/zip"),
)  # fmt: skip
FERRY = Fetched(address=f"{SITE}/log/", ending=Ending.COMPLETE, exchanges=(answer(f"{SITE}/log/", PAGE),), requisites=PARTS)
LETTERS = (
    "<html><head><title>Письмо</title></head><body><p>Письмо пришло с последним паромом, и его читали вслух на пристани.</p>"
)
LETTER = Fetched(
    address="https://letters.example/",
    ending=Ending.COMPLETE,
    exchanges=(answer("https://letters.example/", LETTERS.encode("cp1251"), "text/html"),),
)


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, ShownPart]:
    """What a real archive gives of every part, asked once: its readers take a second to start."""
    with IN_THIS_PROCESS.new(tmp_path_factory.mktemp("looks") / "Ferry.ibid", title="Ferry", passphrase=None) as desk:
        given = {}
        for fetched in (FERRY, LETTER):
            desk.keep(fetched)
            (capture,) = desk.source(fetched.address).captures
            for part in desk.parts(capture.capture):
                given[part.address] = desk.part(capture.capture, part.address)
    return given


class Looker:
    """A view on the screen, and what an archive gives behind it."""

    def __init__(self, parts: dict[str, ShownPart], runner: TaskRunner, qtbot: QtBot) -> None:
        from viewer.sources.capture_view import CaptureView

        choose_language("en")
        self.parts, self.runner, self.qtbot = parts, runner, qtbot
        self.view = CaptureView(say, theme=theme("light"))
        self.links: list[str] = []
        self.found: list[bool] = []
        self.view.link_wanted.connect(self.links.append)
        self.view.quote_sought.connect(self.found.append)
        self.view.resize(900, 700)

    def show(self, address: str, quotes: tuple[str, ...] = ()) -> None:
        self.view.show()
        with self.qtbot.waitSignal(self.view.shown, timeout=20_000):
            self.view.show_capture(address, self.ask, quotes=quotes)

    def ask(self, wanted: str, done: Callable, failed: Callable) -> None:
        def work(_job: object) -> ShownPart | None:
            return self.parts.get(normalise(wanted))

        self.runner.start(Lane.SHOW, work, owner=self.view, done=done, failed=failed)

    def run(self, code: str) -> object:
        """What a script of ours, in a world of its own, makes of the page."""
        out: list[str] = []
        self.view.page.runJavaScript(f"JSON.stringify({code})", QWebEngineScript.ScriptWorldId.ApplicationWorld.value, out.append)
        self.qtbot.waitUntil(lambda: bool(out), timeout=10_000)
        return json.loads(out[0]) if out[0] else None

    def click(self, name: str) -> None:
        self.run(f"(document.getElementById('{name}').click(), 1)")


@pytest.fixture
def looker(browser: Callable[[], bool], parts: dict[str, ShownPart], qtbot: QtBot) -> Iterator[Looker]:
    runner = TaskRunner()
    made = Looker(parts, runner, qtbot)
    qtbot.addWidget(made.view)
    yield made
    made.view.show_nothing()
    qtbot.waitUntil(browser, timeout=5000)
    runner.close()


def test_a_page_has_everything_that_was_saved_with_it_and_nothing_runs(looker: Looker) -> None:
    looker.show(f"{SITE}/log/")
    widths = looker.run("Object.fromEntries([...document.images].filter(i => i.id).map(i => [i.id, i.naturalWidth]))")
    assert {name for name, width in widths.items() if not width} == {"i-missing"}
    assert set(looker.view.answers.missing) == {f"{SITE}/not-here.html", f"{ELSEWHERE}/missing.png"}
    looks = looker.run("""(() => { const of = (s, p) => getComputedStyle(document.querySelector(s))[p]; return {
        title: document.title, colour: of('h1', 'color'), space: of('#quoted', 'letterSpacing'),
        fonts: [...document.fonts].map(f => f.family + ' ' + f.status).sort(), noscript: document.body.innerText.includes('switch scripts'),
        address: location.href }; })()""")
    assert looks == {
        "title": "The ferry",
        "colour": "rgb(0, 90, 0)",
        "space": "2px",
        "fonts": ["Inline loaded", "Own loaded"],
        "noscript": False,
        "address": "ibids://ferry.example/log/",
    }
    assert looker.view.guard.redirected > 5, "absolute addresses were sent to the capture"


def test_the_letters_of_old_charsets_are_right(looker: Looker) -> None:
    looker.show("https://letters.example/")
    assert "Письмо пришло с последним паромом" in looker.run("document.body.innerText")


def test_a_page_opens_at_the_quoted_words(looker: Looker) -> None:
    looker.show(f"{SITE}/log/", ("The bottom.",))
    looker.qtbot.waitUntil(lambda: looker.found == [True])
    looker.qtbot.waitUntil(lambda: looker.run("scrollY") > 1000)


def test_quoted_words_are_found_in_other_quotation_marks_and_spaces(looker: Looker) -> None:
    looker.show(f"{SITE}/log/", ("in “its own”  letters",))
    looker.qtbot.waitUntil(lambda: looker.found == [True])


def test_words_that_are_not_on_the_page_are_said_so_and_long_ones_are_found_by_their_beginning(looker: Looker) -> None:
    looker.show(f"{SITE}/log/", ("nobody ever wrote this",))
    looker.qtbot.waitUntil(lambda: looker.found == [False])
    looker.show(f"{SITE}/log/", ("On the third day the ice let the whole fleet pass and the harbour sang",))
    looker.qtbot.waitUntil(lambda: looker.found == [False, True])


def test_links_are_told_and_not_followed(looker: Looker) -> None:
    looker.show(f"{SITE}/log/")
    looker.click("out")
    looker.qtbot.waitUntil(lambda: looker.links == ["https://other.example/page"])
    looker.click("window")
    looker.qtbot.waitUntil(lambda: looker.links[1:] == ["https://other.example/window"])
    looker.click("send")
    assert looker.view.page.chooseFiles(looker.view.page.FileSelectionMode.FileSelectOpen, [], []) == []
    looker.click("down")
    looker.qtbot.waitUntil(lambda: looker.run("scrollY") > 1000)
    assert len(looker.links) == 2, "a place on the same page is gone to, and a form goes nowhere"
    assert looker.view.page.url().path() == "/log/"


def test_nothing_is_loaded_from_anywhere_else(looker: Looker) -> None:
    looker.show(f"{SITE}/log/")
    for wanted in (
        "file:///etc/passwd",
        "chrome://gpu",
        "view-source:ibids://ferry.example/log/",
        "https://ferry.example/log/",
        "data:text/html,x",
    ):
        looker.view.page.setUrl(QUrl(wanted))
        looker.qtbot.wait(50)
        assert looker.run("location.href") in {"ibids://ferry.example/log/", "about:blank"}, wanted


def test_a_file_in_a_frame_is_said_and_never_written(looker: Looker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[object] = []
    looker.show(f"{SITE}/log/")
    looker.view._shown.profile.downloadRequested.connect(taken.append)
    looker.show(f"{SITE}/log/")
    assert not taken
    assert not any("paper.zip" in served for served in looker.view.answers.served)


def test_words_are_found_and_counted_and_the_bar_goes_away(looker: Looker) -> None:
    looker.show(f"{SITE}/log/")
    looker.view.open_find()
    looker.view._bar.line.setText("ferry")
    looker.qtbot.waitUntil(lambda: "2" in looker.view._bar._count.text() or "1 of" in looker.view._bar._count.text())
    looker.view._bar.line.setText("zebra")
    looker.qtbot.waitUntil(lambda: looker.view._bar._count.text() == say("reading-found-nothing"))
    looker.qtbot.keyClick(looker.view._bar.line, Qt.Key.Key_Escape)
    assert not looker.view._bar.isVisible()


def test_what_is_copied_is_plain_and_not_to_be_kept(looker: Looker) -> None:
    looker.show(f"{SITE}/log/")
    looker.run("(getSelection().selectAllChildren(document.getElementById('quoted')), 1)")
    looker.qtbot.waitUntil(looker.view.page.hasSelection)
    looker.view.copy()
    mime = QGuiApplication.clipboard().mimeData()
    assert mime.text().startswith("On the third day")
    assert not mime.hasHtml()
    assert bytes(mime.data("x-kde-passwordManagerHint").data()) == b"secret"


def test_a_program_that_copied_from_a_page_ends_without_a_crash() -> None:
    script = """
import sys
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from viewer.app import forget_clipboard
from viewer.look.paper import private_mime
from viewer.sources import engine
app = QApplication([])
engine.start_engine()
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineProfile
profile = QWebEngineProfile()
page = QWebEnginePage(profile)
page.loadFinished.connect(lambda _good: app.quit())
page.setHtml("<p>One")
app.exec()
QGuiApplication.clipboard().setMimeData(private_mime("One"))
forget_clipboard()
page.deleteLater(); profile.deleteLater()
for _ in range(20):
    app.processEvents()
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, timeout=60)
    assert done.returncode == 0, done.stderr[-600:]


def test_a_page_is_enlarged_and_stays_so(looker: Looker) -> None:
    looker.show(f"{SITE}/log/")
    looker.view.zoom(1)
    looker.view.zoom(1)
    looker.show(f"{SITE}/log/")
    assert looker.view._view.zoomFactor() == pytest.approx(1.25)
    looker.view.zoom(0)
    assert looker.view._view.zoomFactor() == pytest.approx(1.0)


def test_a_page_is_printed_in_memory(looker: Looker) -> None:
    looker.show("https://letters.example/")
    made: list[bytes] = []
    looker.view.print_to_bytes(made.append)
    looker.qtbot.waitUntil(lambda: bool(made), timeout=20_000)
    assert made[0].startswith(b"%PDF")


def test_a_drawing_process_that_dies_is_told_once(looker: Looker) -> None:
    looker.show("https://letters.example/")
    with looker.qtbot.waitSignal(looker.view.broke, timeout=10_000):
        os.kill(looker.view.page.renderProcessPid(), signal.SIGKILL)
    assert looker.view.page is None


def test_a_drawing_process_outside_the_sandbox_gets_no_page(looker: Looker, monkeypatch: pytest.MonkeyPatch) -> None:
    """The flags keep it without one, as on a machine that lied about having namespaces."""
    monkeypatch.delenv(engine.WITHOUT_SANDBOX)
    looker.view.show()
    with looker.qtbot.waitSignal(looker.view.broke, timeout=10_000):
        looker.view.show_capture("https://letters.example/", looker.ask)
        answers = looker.view.answers
    assert answers.served == answers.missing == []
    assert looker.view.answers is None


def test_every_capture_has_a_profile_of_its_own_that_is_freed(looker: Looker, browser: Callable[[], bool]) -> None:
    looker.show(f"{SITE}/log/")
    first = looker.view._shown.profile
    assert first.isOffTheRecord()
    freed: list[bool] = []
    first.destroyed.connect(lambda: freed.append(True))
    looker.show("https://letters.example/")
    assert looker.view._shown.profile is not first
    del first
    looker.qtbot.waitUntil(lambda: freed == [True])
    looker.view.show_nothing()
    looker.qtbot.waitUntil(browser)


def test_no_scripts_no_cookies_no_permissions_are_set(looker: Looker) -> None:
    from PySide6.QtWebEngineCore import QWebEngineProfile, QWebEngineSettings

    from viewer.sources import guard

    looker.show("https://letters.example/")
    profile = looker.view._shown.profile
    for name in guard._OFF:
        assert not looker.view.page.settings().testAttribute(getattr(QWebEngineSettings.WebAttribute, name)), name
    assert profile.httpCacheType() == QWebEngineProfile.HttpCacheType.NoCache
    assert profile.persistentCookiesPolicy() == QWebEngineProfile.PersistentCookiesPolicy.NoPersistentCookies
    assert QApplication.instance() is not None
