"""The browser engine: what must be so before it is first loaded, and whether it may be loaded here at all.

This file imports nothing of it. Ibid's window loads the engine when a captured page is first shown: it costs a quarter of a second and some
hundred megabytes, and most sittings need none of it.

* Its flags are ours, whatever stands in the environment: no name is ever resolved, no packet of WebRTC leaves, nothing is asked for in the
  background. They are fixed before the first import.
* It never starts where its sandbox is not available. Only the test suite may say otherwise, by :data:`WITHOUT_SANDBOX`.
* The two schemes under which captures answer are registered before the first profile is made.
"""

from __future__ import annotations

import os
from functools import cache

from archive import namespaces

WITHOUT_SANDBOX = "IBID_TEST_SUITE_BROWSES_WITHOUT_SANDBOX"
"""Set to ``1`` by the test suite alone: its pages are its own, and it may run as root."""

SECURE, PLAIN = "ibids", "ibidh"
"""The schemes for what was fetched by https and by http."""

FLAGS = (
    '--host-resolver-rules="MAP * ~NOTFOUND"',
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--disable-features=WebRtcHideLocalIpsWithMdns,SpeculationRules,Prerender2,NetworkTimeServiceQuerying",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-pings",
    "--disable-gpu-shader-disk-cache",
    "--log-level=3",
)
"""Each of them measured, or without effect on what is shown."""

_OF_TESTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--force-device-scale-factor=1",
    "--font-render-hinting=none",
    "--disable-lcd-text",
    "--hide-scrollbars",
)
"""The last four make the same picture on every machine."""

_NOT_OURS = ("QTWEBENGINE_REMOTE_DEBUGGING", "QTWEBENGINE_DISABLE_SANDBOX", "QTWEBENGINE_DICTIONARIES_PATH")


def is_allowed() -> bool:
    """Whether the engine may be started here: its sandbox is available, or the test suite does without. Blocks for a moment, once."""
    return _is_of_tests() or namespaces.are_allowed()


def is_confined(process_id: int) -> bool:
    """Whether a process that draws pages is really in the sandbox; what it is given depends on it."""
    return _is_of_tests() or (process_id > 0 and namespaces.is_inside(process_id))


def flags() -> str:
    """The flags with which the engine starts."""
    return " ".join([*FLAGS, *(_OF_TESTS if _is_of_tests() else ())])


@cache
def start_engine() -> None:
    """Load the engine under our flags and register the schemes; before the first profile, on the GUI thread. Once is enough.

    Raises:
        RuntimeError: it may not be started here (a bug of the caller, who asks first).
    """
    if not is_allowed():
        raise RuntimeError("no sandbox")
    for name in _NOT_OURS:
        os.environ.pop(name, None)
    os.environ["QTWEBENGINE_CHROMIUM_FLAGS"] = flags()
    from PySide6.QtWebEngineCore import QWebEngineUrlScheme

    flag = QWebEngineUrlScheme.Flag
    for name, port in ((SECURE, 443), (PLAIN, 80)):
        scheme = QWebEngineUrlScheme(name.encode())
        scheme.setSyntax(QWebEngineUrlScheme.Syntax.HostAndPort)
        scheme.setDefaultPort(port)
        scheme.setFlags(flag.SecureScheme | flag.CorsEnabled | flag.FetchApiAllowed | flag.ContentSecurityPolicyIgnored)
        QWebEngineUrlScheme.registerScheme(scheme)


def _is_of_tests() -> bool:
    return os.environ.get(WITHOUT_SANDBOX) == "1"
