"""A person's own list of hosts, on the desk. Only a desk takes it: no archive ever holds a row of this."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, select

from archive.errors import NotAnArchive
from archive.model.capturing import ListedAs, ListedHost
from archive.storage.folder import ArchiveFolder
from archive.storage.tables import listed_hosts


def read(folder: ArchiveFolder) -> tuple[ListedHost, ...]:
    """The list in the order of its hosts.

    Raises:
        NotAnArchive: this is no desk.
    """
    _check(folder)
    with folder.volumes[-1].look() as connection:
        rows = connection.execute(select(listed_hosts.c.host, listed_hosts.c.kind).order_by(listed_hosts.c.host)).fetchall()
    return tuple(ListedHost(host, ListedAs(kind)) for host, kind in rows if kind in set(ListedAs))


def write(folder: ArchiveFolder, hosts: Sequence[ListedHost]) -> None:
    """Keep this list in the place of the one before; an empty one leaves nothing.

    Raises:
        NotAnArchive, MachineError: nothing was changed.
    """
    _check(folder)
    rows = {each.host: {"host": each.host, "kind": each.kind.value} for each in hosts}
    with folder.writing() as connection:
        connection.execute(delete(listed_hosts))
        if rows:
            connection.execute(listed_hosts.insert(), list(rows.values()))


def _check(folder: ArchiveFolder) -> None:
    if not folder.is_desk:
        raise NotAnArchive
