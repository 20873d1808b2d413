"""What stands between a captured page and the world: the profile, the interceptor, the page.

The interceptor sends ``http`` and ``https`` to the capture and blocks every other scheme. That alone would leak (preconnecting never asks
it), so the engine's flags resolve no name (:mod:`viewer.sources.engine`), what asks beforehand is left out of pages
(:mod:`archive.formats.replay`), and on Linux the kernel gives this process no socket (:func:`archive.machine.seal_no_internet`).
"""

from __future__ import annotations

from PySide6.QtCore import QUrl, Signal
from PySide6.QtWebEngineCore import (
    QWebEngineDownloadRequest,
    QWebEngineNewWindowRequest,
    QWebEnginePage,
    QWebEnginePermission,
    QWebEngineProfile,
    QWebEngineSettings,
    QWebEngineUrlRequestInfo,
    QWebEngineUrlRequestInterceptor,
)

from viewer.sources.engine import PLAIN, SECURE
from viewer.sources.scheme import CaptureAnswers, address_of, url_of

_OURS = frozenset({SECURE, PLAIN})
_WEB = frozenset({"http", "https"})
_WITHIN = frozenset({"data", "blob"})

_OFF = (
    "JavascriptEnabled",
    "JavascriptCanAccessClipboard",
    "JavascriptCanPaste",
    "JavascriptCanOpenWindows",
    "LocalStorageEnabled",
    "PluginsEnabled",
    "PdfViewerEnabled",
    "DnsPrefetchEnabled",
    "HyperlinkAuditingEnabled",
    "LocalContentCanAccessFileUrls",
    "LocalContentCanAccessRemoteUrls",
    "AutoLoadIconsForPage",
    "TouchIconsEnabled",
    "WebGLEnabled",
    "Accelerated2dCanvasEnabled",
    "ScreenCaptureEnabled",
    "FullScreenSupportEnabled",
    "AllowRunningInsecureContent",
    "AllowGeolocationOnInsecureOrigins",
    "ErrorPageEnabled",
    "NavigateOnDropEnabled",
    "BackForwardCacheEnabled",
    "ReadingFromCanvasEnabled",
    "ForceDarkMode",
)
_ON = ("WebRTCPublicInterfacesOnly", "PlaybackRequiresUserGesture")


def make_profile(answers: CaptureAnswers, guard: Guard) -> QWebEngineProfile:
    """A profile for one capture, which leaves nothing anywhere: no disk, no cookies, no permissions, no scripts.

    Args:
        answers: what the capture answers.
        guard: what every request meets first. Keep it and the answers for as long as the profile: the engine does not.

    Returns:
        The profile, without a parent; end it after its pages.
    """
    profile = QWebEngineProfile()
    assert profile.isOffTheRecord()
    profile.setHttpCacheType(QWebEngineProfile.HttpCacheType.NoCache)
    profile.setPersistentCookiesPolicy(QWebEngineProfile.PersistentCookiesPolicy.NoPersistentCookies)
    profile.setPersistentPermissionsPolicy(QWebEngineProfile.PersistentPermissionsPolicy.AskEveryTime)
    profile.setSpellCheckEnabled(False)
    profile.setPushServiceEnabled(False)
    profile.cookieStore().setCookieFilter(lambda _request: False)
    profile.downloadRequested.connect(QWebEngineDownloadRequest.cancel)
    settings = profile.settings()
    for name in _OFF:
        settings.setAttribute(getattr(QWebEngineSettings.WebAttribute, name), False)  # noqa: FBT003 - Qt's
    for name in _ON:
        settings.setAttribute(getattr(QWebEngineSettings.WebAttribute, name), True)  # noqa: FBT003 - Qt's
    settings.setUnknownUrlSchemePolicy(QWebEngineSettings.UnknownUrlSchemePolicy.DisallowUnknownUrlSchemes)
    for scheme in _OURS:
        profile.installUrlSchemeHandler(scheme.encode(), answers)
    profile.setUrlRequestInterceptor(guard)
    return profile


class Guard(QWebEngineUrlRequestInterceptor):
    """Sends every request of the web to the capture, and blocks all others. ``redirected`` and ``blocked`` count them."""

    def __init__(self) -> None:
        super().__init__()
        self.redirected = self.blocked = 0

    def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:  # noqa: N802 - Qt calls it so
        """Redirect or block; our own schemes and what a page holds itself pass."""
        scheme = info.requestUrl().scheme()
        if scheme in _WEB:
            self.redirected += 1
            info.redirect(url_of(info.requestUrl()))
        elif scheme not in _OURS | _WITHIN:
            self.blocked += 1
            info.block(True)  # noqa: FBT003 - Qt's


class GuardedPage(QWebEnginePage):
    """A page that stays where it is: a link is told and not followed, nothing is asked of the person, nothing is printed.

    Signals:
        link_wanted: the web address of a link that was followed.
    """

    link_wanted = Signal(str)

    def __init__(self, profile: QWebEngineProfile) -> None:
        super().__init__(profile)
        self.permissionRequested.connect(QWebEnginePermission.deny)
        self.newWindowRequested.connect(self._tell_window)

    def acceptNavigationRequest(self, url: QUrl, kind: QWebEnginePage.NavigationType, is_main_frame: bool) -> bool:  # noqa: N802, FBT001 - Qt calls it so
        """Whether a frame may go there."""
        kinds = QWebEnginePage.NavigationType
        scheme = url.scheme()
        if kind == kinds.NavigationTypeLinkClicked:
            here, there = (QUrl(one) for one in (self.url(), url_of(url)))
            for one in (here, there):
                one.setFragment(None)
            if is_main_frame and url.hasFragment() and here == there:
                return True
            self._tell(url)
            return False
        if is_main_frame:
            return scheme in _OURS and kind in {
                kinds.NavigationTypeTyped,
                kinds.NavigationTypeRedirect,
                kinds.NavigationTypeReload,
            }
        return (scheme in _OURS | _WEB | _WITHIN or url.toString().startswith("about:")) and kind in {
            kinds.NavigationTypeOther,
            kinds.NavigationTypeRedirect,
        }

    def chooseFiles(self, *_asked: object) -> list[str]:  # noqa: N802 - Qt calls it so
        """Give a field for files none, and open no dialog for it."""
        return []

    def javaScriptConsoleMessage(self, *_said: object) -> None:  # noqa: N802 - Qt calls it so
        """Print nothing: what a page says of itself holds pieces of it."""

    def _tell_window(self, request: QWebEngineNewWindowRequest) -> None:
        self._tell(request.requestedUrl())

    def _tell(self, url: QUrl) -> None:
        if address := address_of(url):
            self.link_wanted.emit(address)
