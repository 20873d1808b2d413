"""What documents are, in columns: role, language, publisher, site, year, state and collection of every document of an archive, for counting and narrowing.

They are read once for each state of the volumes and kept beside the connection that read them, so nothing has to say when they are out of
date: SQLite does (PRAGMA data_version). A document that stands in two volumes is one, and the newer volume says what it is. A value of a facet is a text, the empty one standing for none;
a document may have several sites, states and collections. A site is a host without ``www.``; state and site are those of the source whose text
the document is, a report has neither.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from archive.model.document import Role
from archive.model.hit import Facet, FacetName, FacetValue
from archive.search.ordering import date_key, facet_values, title_key
from archive.storage import collecting
from archive.storage.catalogue import truer_state

Numbers = NDArray[Any]
_DOCUMENTS = "SELECT id, digest, role, language, coalesce(publisher, ''), coalesce(published_on, '') FROM documents ORDER BY id"
_CAPTURED = (
    "SELECT captures.document, captures.source, sources.place, sources.state FROM captures JOIN sources ON sources.address = captures.source "
    "WHERE captures.document IS NOT NULL"
)
_TITLES = "SELECT digest, title FROM documents"
_KEPT = "columns"


@dataclass
class Column:
    """One facet: documents and their values, as pairs of numbers; of a value without pairs nothing is said."""

    values: list[str]
    documents: Numbers
    codes: Numbers

    def counted(self, is_found: Numbers) -> list[FacetValue]:
        """How many of the documents found have each value."""
        counts = np.bincount(self.codes[is_found[self.documents]], minlength=len(self.values)).tolist()
        return [FacetValue(value, count) for value, count in zip(self.values, counts, strict=True) if count]

    def totals(self) -> list[tuple[str, int]]:
        """How many documents have each value."""
        return list(zip(self.values, np.bincount(self.codes, minlength=len(self.values)).tolist(), strict=True))

    def having(self, wanted: Iterable[str], total: int) -> Numbers:
        """For each document, whether it has one of these values."""
        has = np.zeros(total, np.bool_)
        chosen = set(wanted)
        codes = [code for code, value in enumerate(self.values) if value in chosen]
        has[self.documents[np.isin(self.codes, codes)]] = True
        return has


@dataclass
class Columns:
    """The columns of an archive; documents are numbered in the order of volumes and rows, each once.

    ``rows`` are the rows of each volume in order, ``numbers`` the documents that stand there. ``dates`` are eight digits, 0 for none.
    """

    digests: list[str]
    rows: list[Numbers]
    numbers: list[Numbers]
    dates: Numbers
    facets: dict[FacetName, Column]
    titles: Numbers | None = field(default=None)
    """Each document's place in the order of titles; read when it is first asked for."""

    @property
    def total(self) -> int:
        """How many documents there are."""
        return len(self.digests)

    def mask_of(self, found: Sequence[Numbers]) -> Numbers:
        """For each document whether it is among rows found, which are given volume by volume."""
        is_found = np.zeros(self.total, np.bool_)
        for rows, numbers, here in zip(self.rows, self.numbers, found, strict=True):
            is_found[numbers[np.searchsorted(rows, here)]] = True
        return is_found

    @cached_property
    def number_of(self) -> dict[str, int]:
        """The number of each document."""
        return {digest: number for number, digest in enumerate(self.digests)}

    def numbers_at(self, volume: int, row_ids: Collection[int]) -> Numbers:
        """The numbers of the documents at these rows of a volume, all of which are there."""
        return self.numbers[volume][np.searchsorted(self.rows[volume], np.array(sorted(row_ids), np.int64))]

    def rows_of(self, mask: Numbers, volume: int) -> Numbers:
        """The rows of a volume whose documents a mask takes, in order."""
        return self.rows[volume][mask[self.numbers[volume]]]


def columns_of(connections: Sequence[Connection]) -> Columns:
    """The columns of the archive whose volumes these connections see."""
    key = [(each.info.setdefault("seen_by", object()), _version(each)) for each in connections]
    kept = connections[0].info.get(_KEPT)
    if kept is None or kept[0] != key:
        kept = connections[0].info[_KEPT] = (key, _read(connections))
    columns: Columns = kept[1]
    return columns


def count(columns: Columns, is_found: Numbers, name: FacetName) -> Facet:
    """One facet of the documents found."""
    return Facet(name, facet_values(name, columns.facets[name].counted(is_found)))


def in_order_of_titles(columns: Columns, connections: Sequence[Connection]) -> Numbers:
    """Each document's place in the order of titles, letters of either case alike; those without a title come last."""
    if columns.titles is None:
        titles: dict[str, str] = {}
        for connection in connections:
            titles.update(connection.exec_driver_sql(_TITLES).fetchall())
        keys = [titles.get(digest, "") for digest in columns.digests]
        ordered = sorted(range(columns.total), key=lambda number: title_key(keys[number]))
        places = np.empty(columns.total, np.int64)
        places[ordered] = np.arange(columns.total)
        columns.titles = places
    return columns.titles


@lru_cache(maxsize=20_000)
def site_of(address: str) -> str:
    """The host of an address without ``www.``, as people write it."""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return ""
    if "xn--" in host:
        try:
            host = host.encode("ascii").decode("idna")
        except UnicodeError:
            return host.removeprefix("www.")
    return host.removeprefix("www.")


def _version(connection: Connection) -> int:
    # Something is read first, so that the version is that of what is seen throughout.
    connection.exec_driver_sql("SELECT id FROM volume").fetchall()
    return int(connection.exec_driver_sql("PRAGMA data_version").scalar_one())


def _read(connections: Sequence[Connection]) -> Columns:
    digests: dict[str, int] = {}
    rows: list[Numbers] = []
    numbers: list[Numbers] = []
    said: list[tuple[str, str, str, str]] = []
    dates: list[int] = []
    for connection in connections:
        stored = connection.exec_driver_sql(_DOCUMENTS).fetchall()
        rows.append(np.array([row[0] for row in stored], np.int64))
        here: list[int] = []
        for _, digest, role, language, publisher, published_on in stored:
            number = digests.setdefault(digest, len(digests))
            here.append(number)
            values = (role, language, publisher, published_on[:4])
            if number == len(said):
                said.append(values)
                dates.append(0)
            elif role != Role.REPORT and said[number][0] == Role.REPORT:
                continue
            said[number] = values
            dates[number] = date_key(published_on)
        numbers.append(np.array(here, np.int64))
    facets = {name: _column([(number, each[n]) for number, each in enumerate(said)]) for n, name in enumerate(_SINGLE)}
    total = len(digests)
    sites, states = _captured(connections, digests)
    facets[FacetName.SITE] = _column(_with_none(sites, total))
    facets[FacetName.STATE] = _column(states)
    members = [
        (digests[digest], name)
        for name, documents in collecting.members(connections).items()
        for digest in documents
        if digest in digests
    ]
    facets[FacetName.COLLECTION] = _column(_with_none(members, total))
    return Columns(list(digests), rows, numbers, np.array(dates, np.int64), facets)


_SINGLE = (FacetName.ROLE, FacetName.LANGUAGE, FacetName.PUBLISHER, FacetName.YEAR)


def _captured(connections: Sequence[Connection], digests: dict[str, int]) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """(document, site) and (document, state) of the sources whose texts documents are; of a source that has several spellings, or that several volumes know, the truer state."""
    sources: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
    states: dict[str, str] = {}
    for connection in connections:
        for digest, address, place, state in connection.exec_driver_sql(_CAPTURED).fetchall():
            if digest in digests:
                sources[address, place].add(digests[digest])
            states[place] = truer_state(states[place], state) if place in states else state
    sites = {(number, site_of(address)) for (address, _), documents in sources.items() for number in documents}
    said = {(number, states[place]) for (_, place), documents in sources.items() for number in documents}
    return sorted(sites), sorted(said)


def _with_none(pairs: list[tuple[int, str]], total: int) -> list[tuple[int, str]]:
    """The pairs, and one with the empty text for each document that has none."""
    has = {number for number, _ in pairs}
    return [*pairs, *((number, "") for number in range(total) if number not in has)]


def _column(pairs: list[tuple[int, str]]) -> Column:
    codes: dict[str, int] = {}
    coded = [codes.setdefault(value, len(codes)) for _, value in pairs]
    return Column(list(codes), np.array([number for number, _ in pairs], np.int64), np.array(coded, np.int64))
