"""What every test stands on: offscreen, only loopback, nothing left over, words in English."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.web.serving import Web

ROOT = Path(__file__).resolve().parent.parent

# A screen of a usual size: the offscreen platform's own is 800 by 800, and a card never leaves its screen.
os.environ.setdefault("QT_QPA_PLATFORM", f"offscreen:configfile={ROOT / 'resources' / 'demo' / 'screen.json'}")
os.environ.setdefault("QT_ACCESSIBILITY", "0")

import pytest  # noqa: E402 - Qt reads the variables above when its plugin is loaded
from hypothesis import settings  # noqa: E402 - as above

settings.register_profile("long", max_examples=10_000, deadline=None)
"""``pytest --hypothesis-profile=long --timeout=0``: questions of any text, ten thousand of them."""


def _folder_named(variable: str, usual: str) -> Path:
    place = Path(os.environ.get(variable, ROOT / usual))
    if not place.is_dir():
        pytest.skip(f"{variable} names no folder here: the founding documents and real data do not travel with the project")
    return place


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder of the founding documents."""
    return _folder_named("IBID_SEEDS", "../shared/seeds")


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of real files with truth."""
    return _folder_named("IBID_DATA", "../shared/data")


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An authority of the tests' own and what it signed for the sites of ``tests/web``."""
    from tests.web.serving import make_certificates
    from tests.web.sites import CERTIFIED

    return make_certificates(tmp_path_factory.mktemp("certificates"), CERTIFIED)


@pytest.fixture
def web(certificates: Path) -> Iterator[Web]:
    """The loopback web: every site of ``tests/web/sites.py``."""
    from tests.web.serving import open_web
    from tests.web.sites import SITES

    with open_web(SITES, certificates) as opened:
        yield opened


@pytest.fixture(autouse=True)
def _only_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """A socket of a test reaches this machine only."""
    connect = socket.socket.connect

    def connect_nearby(self: socket.socket, address: object) -> None:
        if self.family in {socket.AF_INET, socket.AF_INET6} and str(address[0]) not in {"127.0.0.1", "::1", "localhost"}:  # type: ignore[index]
            raise AssertionError("a test tried to leave this machine")
        connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", connect_nearby)


@pytest.fixture(autouse=True)
def _nothing_left_over() -> Iterator[None]:
    """A thread that a test started has ended when the test has."""
    before = set(threading.enumerate())
    yield
    left = [thread for thread in threading.enumerate() if thread not in before and thread.is_alive()]
    for thread in left:
        thread.join(2.0)
    assert not [thread.name for thread in left if thread.is_alive()], "threads left over"
