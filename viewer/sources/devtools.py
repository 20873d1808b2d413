"""The developer tools of an embedded page, spoken to inside this process: no port is opened (Chrome DevTools Protocol).

Qt shows the tools as a page of their own, at ``devtools:``. This page is hidden, in a profile that reaches nothing else, and its own program
is cut off before it begins (``resources/browser/devtools.js``): only what is sent here is ever switched on in the page. What the browser says
comes back as messages on the hidden page's console, each behind a secret that no page knows.

The interface between that page and the engine is not documented; ``tests/viewer/sources/test_browser_loader.py`` stands on it.
"""

from __future__ import annotations

import itertools
import json
import secrets
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWebEngineCore import (
    QWebEnginePage,
    QWebEngineProfile,
    QWebEngineScript,
    QWebEngineUrlRequestInfo,
    QWebEngineUrlRequestInterceptor,
)

from archive.settings import RESOURCES
from viewer.sources.turning import Turning

_READY_S = 15.0
_ANSWER_S = 20.0


class NoAnswer(Exception):
    """The tools did not answer, or said that they cannot."""


class _Nothing(QWebEngineUrlRequestInterceptor):
    """Lets the tools load their own files and nothing else."""

    def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:  # noqa: N802  # Qt's name
        if info.requestUrl().scheme() not in {"devtools", "data", "blob"}:
            info.block(True)  # noqa: FBT003


class _Page(QWebEnginePage):
    def __init__(self, profile: QWebEngineProfile, secret: str, heard: Callable[[str], None]) -> None:
        super().__init__(profile)
        self._secret, self._heard = secret, heard

    def javaScriptConsoleMessage(self, _level: object, message: str, _line: int, _source: str) -> None:  # noqa: N802  # Qt's name
        if message.startswith(self._secret):
            self._heard(message[len(self._secret) :])


class DevTools(QObject):
    """The tools of one page.

    Args:
        page: the page; it shows nothing yet.
        turning: the loop to wait in.
        told: called with the name and the values of each event that is wanted.
        events: which are.
    """

    def __init__(
        self, page: QWebEnginePage, turning: Turning, told: Callable[[str, dict[str, Any]], None], events: tuple[str, ...]
    ) -> None:
        super().__init__()
        self._turning, self._told = turning, told
        self._numbers = itertools.count(1)
        self._answers: dict[int, dict[str, Any]] = {}
        self._awaited: dict[int, Callable[[dict[str, Any] | None], None]] = {}
        secret = secrets.token_hex(16)
        self._profile = QWebEngineProfile()
        self._interceptor = _Nothing(self._profile)
        self._profile.setUrlRequestInterceptor(self._interceptor)
        self._tools = _Page(self._profile, secret, self._hear)
        self._tools.scripts().insert(_taking_the_line(secret, events))
        self._inspected = page

    def open(self) -> None:
        """Return when the tools answer.

        Raises:
            NoAnswer: they do not.
            Cancelled: what is under way was left.
        """
        loaded: list[bool] = []
        self._tools.loadFinished.connect(loaded.append)
        self._tools.loadFinished.connect(self._turning.nudge)
        self._inspected.setDevToolsPage(self._tools)
        if not self._turning.until(lambda: bool(loaded), limit_s=_READY_S) or not loaded[-1]:
            raise NoAnswer

    def ask(self, method: str, *, limit_s: float = _ANSWER_S, **params: object) -> dict[str, Any]:
        """The result of a command.

        Raises:
            NoAnswer: it failed, or nothing came in time.
            Cancelled: what is under way was left.
        """
        number = self._say(method, params)
        if not self._turning.until(lambda: number in self._answers, limit_s=limit_s):
            raise NoAnswer(method)
        answer = self._answers.pop(number)
        if "result" not in answer:
            raise NoAnswer(method)
        return dict(answer["result"])

    def send(self, method: str, then: Callable[[dict[str, Any] | None], None], **params: object) -> None:
        """Give a command and wait for nothing; ``then`` gets its result, None where it failed."""
        self._awaited[self._say(method, params)] = then

    def _say(self, method: str, params: dict[str, object]) -> int:
        number = next(self._numbers)
        order = json.dumps(json.dumps({"id": number, "method": method, "params": params}))
        self._tools.runJavaScript(f"ibidSay({order})", QWebEngineScript.ScriptWorldId.MainWorld.value)
        return number

    def close(self) -> None:
        """Let go of the page; the tools are gone when the loop has turned."""
        self._inspected.setDevToolsPage(None)
        self._tools.deleteLater()
        self._tools.destroyed.connect(self._profile.deleteLater)

    def _hear(self, text: str) -> None:
        message = json.loads(text)
        if (number := message.get("id")) is not None:
            if (then := self._awaited.pop(int(number), None)) is not None:
                then(message.get("result"))
                return
            self._answers[int(number)] = message
            self._turning.nudge()
        else:
            self._told(str(message.get("method", "")), message.get("params", {}))


def _taking_the_line(secret: str, events: tuple[str, ...]) -> QWebEngineScript:
    text = (RESOURCES / "browser" / "devtools.js").read_text(encoding="utf-8")
    script = QWebEngineScript()
    script.setName("line")
    script.setInjectionPoint(QWebEngineScript.InjectionPoint.DocumentCreation)
    script.setWorldId(QWebEngineScript.ScriptWorldId.MainWorld)
    script.setSourceCode(text.replace("WANTED_EVENTS", json.dumps(list(events))).replace("SECRET", secret))
    return script
