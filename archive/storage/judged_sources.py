"""A person overrules what Ibid said of a capture, and the state of its source follows, in one transaction."""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection

from archive.errors import CaptureNotFound
from archive.model.source import Capture, Source, SourceState, Verdict
from archive.storage import captured, catalogue, judging, sources
from archive.storage.folder import ArchiveFolder

_SHOWN = 16
_STATES = {
    Verdict.COMPLETE: SourceState.SAVED,
    Verdict.PARTIAL: SourceState.PARTIAL,
    Verdict.UNREADABLE: SourceState.PARTIAL,
    Verdict.ERROR_PAGE: SourceState.GONE,
    Verdict.PARKED: SourceState.GONE,
    Verdict.COOKIE_WALL: SourceState.REFUSED,
    Verdict.LOGIN: SourceState.REFUSED,
    Verdict.PAYWALL: SourceState.REFUSED,
    Verdict.BLOCK_PAGE: SourceState.REFUSED,
    Verdict.CAPTCHA: SourceState.REFUSED,
    Verdict.EMPTY_PAGE: SourceState.FAILED,
}
_BEST = (SourceState.SAVED, SourceState.PARTIAL, SourceState.GONE, SourceState.REFUSED, SourceState.FAILED)


def judge(folder: ArchiveFolder, prefix: str, verdict: Verdict | None) -> Source:
    """Say what a capture is worth, or take back what was said last.

    Args:
        folder: an archive that may be written.
        prefix: the capture's name, or how it begins.
        verdict: what it is worth; None for what Ibid itself said.

    Returns:
        Its source as it stands then.

    Raises:
        CaptureNotFound: no capture, or several.
        MachineError: nothing was changed.
    """
    kept = _find(folder, prefix)
    if kept.judged is not verdict:
        with folder.writing() as connection:
            put(connection, folder, kept, verdict)
    return catalogue.source(folder, kept.address)


def put(connection: Connection, folder: ArchiveFolder, capture: Capture, verdict: Verdict | None) -> None:
    """Write a judgement and let the state of the source follow, in the transaction of ``connection``.

    Args:
        connection: of :meth:`~archive.storage.folder.ArchiveFolder.writing`.
        folder: the archive.
        capture: what is judged; it stands there, or was written on ``connection``.
        verdict: what it is worth; None for what Ibid itself said.
    """
    judging.add(connection, folder, capture.capture, verdict)
    judged = msgspec.structs.replace(capture, judged=verdict)
    others = [kept for kept in captured.captures_of(folder, capture.address) if kept.capture != capture.capture]
    states = {_STATES[kept.counted] for kept in (judged, *others)}
    sources.set_state(connection, capture.address, next(state for state in _BEST if state in states))


def _find(folder: ArchiveFolder, prefix: str) -> Capture:
    names = captured.capture_names(folder, prefix.strip().lower())
    found = catalogue.capture(folder, names[0]) if len(names) == 1 else None
    if found is None:
        raise CaptureNotFound(capture=prefix[:_SHOWN], count=len(names))
    return found
