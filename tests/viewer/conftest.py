"""The browser engine in tests: without its sandbox, which root does not get, and with the same picture on every machine."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from viewer.app import forget_clipboard
from viewer.sources import engine

os.environ.setdefault(engine.WITHOUT_SANDBOX, "1")

ENGINE_SAYS = (
    "This plugin does not support",  # the offscreen platform, of what it has not
    "QRhiGles2",
    "Failed to create RHI",
    "GPUInfo not initialized",
    "QVulkanInstance",
    "GBM is not supported",
)


def pytest_configure(config: pytest.Config) -> None:
    for words in ENGINE_SAYS:
        config.addinivalue_line("qt_log_ignore", words)


@pytest.fixture
def browser(qapp: QApplication, qtbot: QtBot) -> Iterator[Callable[[], bool]]:
    """The engine is loaded; when the test is over, nothing of any capture is left."""
    engine.start_engine()
    from viewer.sources.capture_view import has_ended

    yield has_ended
    forget_clipboard()
    qtbot.waitUntil(has_ended, timeout=5000)
