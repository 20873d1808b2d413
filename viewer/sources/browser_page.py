"""A page that may run its scripts and do nothing else: every door of the browser but the network is shut, and the network is the proxy.

Runs in the process of :mod:`viewer.sources.browser_loader` only.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, QUrl
from PySide6.QtNetwork import QAuthenticator
from PySide6.QtWebEngineCore import (
    QWebEngineCertificateError,
    QWebEngineDownloadRequest,
    QWebEngineFileSystemAccessRequest,
    QWebEngineFullScreenRequest,
    QWebEngineNewWindowRequest,
    QWebEnginePage,
    QWebEnginePermission,
    QWebEngineProfile,
    QWebEngineRegisterProtocolHandlerRequest,
    QWebEngineScript,
    QWebEngineSettings,
    QWebEngineUrlRequestInfo,
    QWebEngineUrlRequestInterceptor,
)
from PySide6.QtWebEngineWidgets import QWebEngineView

from archive.settings import RESOURCES

VIEWPORT = QSize(1280, 960)
"""How large the page is shown, so to say: an old laptop's window, in CSS pixels."""

_WEB = frozenset({"http", "https"})
_MAY_BE_ASKED = _WEB | {"ws", "wss", "data", "blob", "about"}
_OFF = (
    "JavascriptCanOpenWindows",
    "JavascriptCanAccessClipboard",
    "JavascriptCanPaste",
    "LocalContentCanAccessFileUrls",
    "LocalContentCanAccessRemoteUrls",
    "HyperlinkAuditingEnabled",
    "PluginsEnabled",
    "PdfViewerEnabled",
    "ScreenCaptureEnabled",
    "WebGLEnabled",
    "AutoLoadIconsForPage",
    "TouchIconsEnabled",
    "DnsPrefetchEnabled",
    "ErrorPageEnabled",
    "FullScreenSupportEnabled",
    "AllowGeolocationOnInsecureOrigins",
    "AllowWindowActivationFromJavaScript",
    "NavigateOnDropEnabled",
)
_ON = ("WebRTCPublicInterfacesOnly", "PlaybackRequiresUserGesture", "JavascriptEnabled", "LocalStorageEnabled")


class _Doorkeeper(QWebEngineUrlRequestInterceptor):
    """Counts requests, and lets none pass that is not of the web."""

    def __init__(self, parent: QWebEngineProfile, most_requests: int) -> None:
        super().__init__(parent)
        self._left = most_requests

    def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:  # noqa: N802  # Qt's name
        self._left -= 1
        if info.requestUrl().scheme() not in _MAY_BE_ASKED or self._left < 0:
            info.block(True)  # noqa: FBT003


class BrowserPage(QWebEnginePage):
    """One page in a profile of its own, off the record.

    Args:
        user_agent: what it calls itself.
        login: user and password for the proxy.
        most_requests: how many it may make.
    """

    def __init__(self, *, user_agent: str, login: tuple[str, str], most_requests: int) -> None:
        profile = QWebEngineProfile()
        super().__init__(profile)
        self._profile, self._login = profile, login
        self.is_broken = False
        self.is_no_page = False
        self.hosts_not_believed: set[str] = set()
        self._shut_profile(user_agent, most_requests)
        self._shut_page()
        self.view = QWebEngineView()
        self.view.setPage(self)
        self.view.resize(VIEWPORT)
        self.view.show()

    def go_away(self) -> None:
        """Let go of everything; it is gone when the loop has turned."""
        self.view.hide()
        self.view.deleteLater()
        self.destroyed.connect(self._profile.deleteLater)
        self.deleteLater()

    def _shut_profile(self, user_agent: str, most_requests: int) -> None:
        profile = self._profile
        self._doorkeeper = _Doorkeeper(profile, most_requests)
        profile.setUrlRequestInterceptor(self._doorkeeper)
        profile.setHttpUserAgent(user_agent)
        profile.setHttpAcceptLanguage("en-US,en;q=0.5")
        profile.setHttpCacheType(QWebEngineProfile.HttpCacheType.MemoryHttpCache)
        profile.setPersistentCookiesPolicy(QWebEngineProfile.PersistentCookiesPolicy.NoPersistentCookies)
        profile.setPersistentPermissionsPolicy(QWebEngineProfile.PersistentPermissionsPolicy.AskEveryTime)
        profile.setSpellCheckEnabled(False)
        profile.setPushServiceEnabled(False)
        profile.downloadRequested.connect(self._refuse_download)
        for name, world in (("watch.js", "ApplicationWorld"), ("shadows.js", "MainWorld")):
            script = QWebEngineScript()
            script.setName(name)
            script.setInjectionPoint(QWebEngineScript.InjectionPoint.DocumentCreation)
            script.setWorldId(QWebEngineScript.ScriptWorldId[world])
            script.setRunsOnSubFrames(True)
            script.setSourceCode((RESOURCES / "browser" / name).read_text(encoding="utf-8"))
            profile.scripts().insert(script)

    def _shut_page(self) -> None:
        settings, attributes = self.settings(), QWebEngineSettings.WebAttribute
        for names, is_on in ((_OFF, False), (_ON, True)):
            for name in names:
                settings.setAttribute(attributes[name], is_on)
        settings.setUnknownUrlSchemePolicy(QWebEngineSettings.UnknownUrlSchemePolicy.DisallowUnknownUrlSchemes)
        self.setAudioMuted(True)
        self.proxyAuthenticationRequired.connect(self._log_in)
        self.permissionRequested.connect(QWebEnginePermission.deny)
        self.newWindowRequested.connect(self._ignore)
        self.fullScreenRequested.connect(QWebEngineFullScreenRequest.reject)
        self.fileSystemAccessRequested.connect(QWebEngineFileSystemAccessRequest.reject)
        self.registerProtocolHandlerRequested.connect(QWebEngineRegisterProtocolHandlerRequest.reject)
        self.certificateError.connect(self._refuse_certificate)
        self.renderProcessTerminated.connect(self._break)

    def _ignore(self, _asked: QWebEngineNewWindowRequest) -> None:
        """A page that opens another has opened nothing."""

    def _refuse_download(self, asked: QWebEngineDownloadRequest) -> None:
        self.is_no_page = self.is_no_page or asked.url() == self.requestedUrl()
        asked.cancel()

    def _log_in(self, _address: QUrl, login: QAuthenticator, _host: str) -> None:
        login.setUser(self._login[0])
        login.setPassword(self._login[1])

    def _refuse_certificate(self, error: QWebEngineCertificateError) -> None:
        self.hosts_not_believed.add(error.url().host())
        error.rejectCertificate()

    def _break(self) -> None:
        self.is_broken = True

    def acceptNavigationRequest(self, url: QUrl, _kind: object, is_main: bool) -> bool:  # noqa: N802, FBT001  # Qt's name
        """A page is on the web; what a frame may be, the doorkeeper says."""
        return url.scheme() in (_WEB if is_main else _MAY_BE_ASKED) or url.toString() == "about:blank"

    def javaScriptConsoleMessage(self, _level: object, _message: str, _line: int, _source: str) -> None:  # noqa: N802  # Qt's name
        """What a page says to its makers goes nowhere."""

    def javaScriptAlert(self, _origin: QUrl, _message: str) -> None:  # noqa: N802  # Qt's name
        """Read and closed at once."""

    def javaScriptConfirm(self, _origin: QUrl, _message: str) -> bool:  # noqa: N802  # Qt's name
        """Answered no at once."""
        return False

    def javaScriptPrompt(self, _origin: QUrl, _message: str, _default: str) -> tuple[bool, str]:  # noqa: N802  # Qt's name
        """Left at once."""
        return False, ""

    def chooseFiles(self, _mode: object, _old: Sequence[str], _types: Sequence[str]) -> list[str]:  # noqa: N802  # Qt's name
        """No file is ever chosen."""
        return []
