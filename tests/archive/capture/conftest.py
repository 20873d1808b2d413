"""The loopback site, and limits that a test has time for."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import msgspec
import pytest

from archive.settings import CaptureLimits


def _load_site_module() -> ModuleType:
    spec = importlib.util.spec_from_file_location("loopback_site", Path(__file__).with_name("loopback_site.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


_site_module = _load_site_module()


@pytest.fixture
def site() -> Iterator:
    with _site_module.open_site() as opened:
        yield opened


@pytest.fixture(scope="session")
def article() -> str:
    return _site_module.ARTICLE


@pytest.fixture
def limits() -> CaptureLimits:
    return CaptureLimits(body_bytes=2 << 20, page_s=20.0, connect_s=10.0, redirects=5, pace_s=0.0, timegate="")


@pytest.fixture
def hasty(limits: CaptureLimits) -> CaptureLimits:
    return msgspec.structs.replace(limits, page_s=0.6, connect_s=0.5)
