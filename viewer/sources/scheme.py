"""A capture answers the browser: every request of ``ibids`` and ``ibidh`` goes to the archive, and to nothing else.

Answers come when the archive has them; nothing here waits. What is no page, picture, style, font or sound is never given to a
navigation, because a browser would write it to the disk as a download before anybody could stop it: a plain page of our own says what
it is. Every answer carries a policy of ours: no scripts, no forms, no downloads, nothing from elsewhere; what the host sent as headers is
never sent on.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QUrl
from PySide6.QtWebEngineCore import QWebEngineUrlRequestJob, QWebEngineUrlSchemeHandler

from archive.model.replay import ShownPart
from viewer.sources.engine import PLAIN, SECURE

Ask = Callable[[str, Callable[[ShownPart | None], None], Callable[[Exception], None]], object]
"""Asks the archive for the part of an address, and calls one of the two with what came, on the GUI thread."""

_TO_WEB = {SECURE: "https", PLAIN: "http"}
_OF_WEB = {web: ours for ours, web in _TO_WEB.items()}
_NAVIGABLE = re.compile(r"text/(?:html|plain)|application/xhtml\+xml|image/(?:png|jpeg|gif|webp|bmp|avif|svg\+xml)")
_SHOWN = re.compile(
    _NAVIGABLE.pattern
    + r"|text/css|image/[\w.+-]+|font/[\w.+-]+|application/vnd\.ms-fontobject|application/x-font-[\w-]+|(?:video|audio)/[\w.+-]+"
)
_IN_UTF8 = re.compile(r"text/.*|.*\+xml")
_POLICY = (
    "default-src http: https: ibids: ibidh: data: blob: 'unsafe-inline'; script-src 'none'; worker-src 'none'; form-action 'none';"
    " sandbox allow-same-origin allow-popups"
)
_HEADERS = {"content-security-policy": _POLICY, "cache-control": "no-store", "referrer-policy": "no-referrer"}
_OWN_PAGE = (
    "<!doctype html><meta charset=utf-8><style>html{{color-scheme:light}}body{{font:15px sans-serif;margin:2em;max-width:32em;"
    "color:#66635a;background:#fcfbf8}}</style><p>{}"
)


def address_of(url: QUrl) -> str:
    """The web address that one of our addresses stands for; one of the web stays, anything else is empty."""
    scheme = url.scheme()
    if scheme not in _TO_WEB and scheme not in _OF_WEB:
        return ""
    web = QUrl(url)
    web.setScheme(_TO_WEB.get(scheme, scheme))
    return bytes(web.toEncoded().data()).decode("ascii", "replace")


def url_of(address: str | QUrl) -> QUrl:
    """Our address for one of the web; an empty one where it is none."""
    url = QUrl(address) if isinstance(address, QUrl) else QUrl.fromEncoded(address.encode())
    if url.scheme() not in _OF_WEB:
        return url if url.scheme() in _TO_WEB else QUrl()
    ours = QUrl(url)
    ours.setScheme(_OF_WEB[url.scheme()])
    return ours


class CaptureAnswers(QWebEngineUrlSchemeHandler):
    """Answers for one capture.

    Args:
        ask: asks the archive.
        say: gives the sentence of a name, with its facts.
        may_answer: whether a page may have anything at all; asked before every page.

    ``missing`` holds the addresses that were asked for and were not saved.
    """

    def __init__(
        self, ask: Ask, say: Callable[..., str], *, may_answer: Callable[[], bool], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._ask, self._say, self._may_answer = ask, say, may_answer
        self._jobs: dict[int, QWebEngineUrlRequestJob] = {}
        self._next = 0
        self.served: list[str] = []
        self.missing: list[str] = []

    def requestStarted(self, job: QWebEngineUrlRequestJob) -> None:  # noqa: N802 - Qt calls it so
        """Ask the archive; a job that is cancelled meanwhile is forgotten."""
        if bytes(job.requestMethod().data()) != b"GET":
            job.fail(QWebEngineUrlRequestJob.Error.RequestDenied)
            return
        number, self._next = self._next, self._next + 1
        self._jobs[number] = job
        job.destroyed.connect(lambda: self._jobs.pop(number, None))
        accepted = bytes(job.requestHeaders().get(QByteArray(b"Accept"), QByteArray()).data())
        is_page = accepted.startswith(b"text/html")
        address = address_of(job.requestUrl())
        self._ask(
            address,
            lambda part: self._answer(number, address, part, is_page=is_page),
            lambda _error: self._answer(number, address, None, is_page=is_page, name="capture-part-failed"),
        )

    def _answer(
        self, number: int, address: str, part: ShownPart | None, *, is_page: bool, name: str = "capture-part-missing"
    ) -> None:
        job = self._jobs.pop(number, None)
        if job is None:
            return
        if is_page and not self._may_answer():
            job.fail(QWebEngineUrlRequestJob.Error.RequestDenied)
        elif part is not None and part.leads_to:
            job.redirect(url_of(part.leads_to))
        elif part is not None and (_NAVIGABLE if is_page else _SHOWN).fullmatch(part.media_type):
            self.served.append(address)
            self._reply(job, part.media_type, part.body)
        elif is_page:
            if part is None:
                self.missing.append(address)
            sentence = self._say(name) if part is None else self._say("capture-part-other", kind=part.media_type)
            self._reply(job, "text/html", _OWN_PAGE.format(html.escape(sentence)).encode())
        else:
            self.missing.append(address)
            job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)

    @staticmethod
    def _reply(job: QWebEngineUrlRequestJob, media_type: str, body: bytes) -> None:
        buffer = QBuffer(job)
        buffer.setData(body)
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        job.setAdditionalResponseHeaders({
            QByteArray(name.encode()): [QByteArray(value.encode())] for name, value in _HEADERS.items()
        })
        charset = "; charset=utf-8" if _IN_UTF8.fullmatch(media_type) else ""
        job.reply((media_type + charset).encode(), buffer)
