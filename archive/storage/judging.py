"""What persons say captures are worth: each judgement a row with its seal, the newest counts, none is ever changed.

Neither who judged nor when is noted. A capture may stand in a volume that is closed for good; what is said of it stands in the newest one.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, func, select

from archive.model.source import Verdict
from archive.storage import rows
from archive.storage.folder import ArchiveFolder
from archive.storage.tables import captures, judgements

_VERDICTS = frozenset(Verdict)


def read(folder: ArchiveFolder) -> dict[str, Verdict | None]:
    """What counts for each capture that was ever judged; None where the newest judgement was taken back.

    A row that is not what was written says nothing.
    """
    newest: dict[str, tuple[int, Verdict | None]] = {}
    for volume in folder.volumes:
        with volume.look() as connection:
            for capture, n, verdict in _sealed(connection):
                if capture not in newest or n >= newest[capture][0]:
                    newest[capture] = (n, verdict)
    return {capture: verdict for capture, (_n, verdict) in newest.items()}


def add(connection: Connection, folder: ArchiveFolder, capture: str, verdict: Verdict | None) -> None:
    """Write one more judgement of a capture.

    Args:
        connection: of :meth:`~archive.storage.folder.ArchiveFolder.writing`.
        folder: the archive.
        capture: its name.
        verdict: what it is worth; None takes the newest judgement back.
    """
    row = {"capture": capture, "n": _count(connection, folder, capture), "verdict": verdict.value if verdict else None}
    connection.execute(judgements.insert().values(row | {"seal": rows.seal_of([row])}))


def ruling(folder: ArchiveFolder) -> dict[str, int]:
    """By address of a judged capture: the place, among the volumes, of the newest one that holds a judgement of it.

    What older volumes say of the state of such a source was said before a person judged.
    """
    names: dict[str, int] = {}
    for number, volume in enumerate(folder.volumes):
        with volume.look() as connection:
            names.update(dict.fromkeys((capture for capture, _n, _verdict in _sealed(connection)), number))
    found: dict[str, int] = {}
    for volume in folder.volumes if names else ():
        with volume.look() as connection:
            for row in connection.execute(
                select(captures.c.capture, captures.c.source).where(captures.c.capture.in_(sorted(names)))
            ):
                found[row.source] = max(found.get(row.source, 0), names[row.capture])
    return found


def damaged(connection: Connection) -> Iterator[str]:
    """The captures of which a judgement is no longer what was written."""
    for row in connection.execute(select(judgements)).mappings():
        if not rows.is_sealed(row) or not _is_known(row["verdict"]):
            yield row["capture"]


def _sealed(connection: Connection) -> Iterator[tuple[str, int, Verdict | None]]:
    for row in connection.execute(select(judgements).order_by(judgements.c.n)).mappings():
        if rows.is_sealed(row) and _is_known(row["verdict"]):
            yield row["capture"], row["n"], Verdict(row["verdict"]) if row["verdict"] else None


def _is_known(verdict: str | None) -> bool:
    return verdict is None or verdict in _VERDICTS


def _count(connection: Connection, folder: ArchiveFolder, capture: str) -> int:
    highest = select(func.max(judgements.c.n)).where(judgements.c.capture == capture)
    met = [connection.execute(highest).scalar()]
    for volume in folder.volumes[:-1]:
        with volume.look() as older:
            met.append(older.execute(highest).scalar())
    return max((int(n) + 1 for n in met if n is not None), default=0)
