"""Which documents of an archive have what no word of theirs tells: a publisher, a site, a collection, a citation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from archive.address import normalise
from archive.errors import AddressRefused
from archive.model.hit import FacetName
from archive.search import fields
from archive.search.deadline import Deadline
from archive.search.facets import Columns, columns_of, site_of
from archive.search.fold import tokens
from archive.search.query import Chosen, Narrow

Numbers = NDArray[Any]
_MOST_REPORTS = 50
_IDENTIFIER = re.compile(r"[0-9a-f]{6,64}")
_HOST = re.compile(r"(?:[\w-]+\.)+[^\W\d_][\w-]*", re.UNICODE)
_SCHEME = re.compile(r"^https?://|^//", re.IGNORECASE)
_WILD = re.compile(r"([*?\[])")
_FACETS = {
    fields.COLLECTION: FacetName.COLLECTION,
    fields.PUBLISHER: FacetName.PUBLISHER,
    fields.SITE: FacetName.SITE,
    fields.STATE: FacetName.STATE,
}
_IN_SET = r"[\1]"
_CITE = "SELECT document FROM citations WHERE source {}"
_CAPTURED = "SELECT document FROM captures WHERE document IS NOT NULL AND source {}"
_CITED_BY = (
    "SELECT captures.document FROM citations JOIN sources AS cited ON cited.address = citations.source "
    "JOIN sources AS spelt ON spelt.place = cited.place JOIN captures ON captures.source = spelt.address "
    "WHERE citations.document IN (SELECT value FROM json_each(?)) AND captures.document IS NOT NULL"
)
_CITED = "SELECT place FROM citations JOIN sources ON address = source WHERE document IN (SELECT value FROM json_each(?))"
_OF_PLACES = (
    "SELECT document FROM captures JOIN sources ON sources.address = captures.source "
    "WHERE document IS NOT NULL AND place IN (SELECT value FROM json_each(?))"
)


class Narrowing:
    """Answers for one question over all volumes of an archive, each part once.

    Args:
        connections: to all volumes.
        deadline: of the question.
    """

    def __init__(self, connections: Sequence[Connection], deadline: Deadline | None = None) -> None:
        self._connections = connections
        self._deadline = deadline or Deadline()
        self._masks: dict[Narrow | Chosen, Numbers] = {}
        self.is_exact = True
        """Whether everything was looked at that was asked for."""

    @property
    def columns(self) -> Columns:
        """The columns of the archive."""
        with self._deadline.apart():
            return columns_of(self._connections)

    def rows(self, node: Narrow | Chosen, volume: int) -> Numbers:
        """The rows of a volume whose documents have what is asked for, in order."""
        return self.columns.rows_of(self.mask(node), volume)

    def mask(self, node: Narrow | Chosen) -> Numbers:
        """For each document of the archive, whether it has what is asked for."""
        if node not in self._masks:
            self._masks[node] = self._chosen(node) if isinstance(node, Chosen) else self._narrowed(node)
        return self._masks[node]

    def _chosen(self, node: Chosen) -> Numbers:
        return self.columns.facets[FacetName(node.facet)].having(node.values, self.columns.total)

    def _narrowed(self, node: Narrow) -> Numbers:
        if node.field == fields.CITES:
            return self._of_rows(_CITE, node.value)
        if node.field == fields.SOURCE:
            return self._of_digests(
                digest
                for condition, values in addresses_like(node.value)
                for digest in self._select(_CAPTURED.format(condition), values)
            )
        if node.field == fields.CITED_BY:
            return self._cited_by(node.value)
        column = self.columns.facets[_FACETS[node.field]]
        return column.having(_meant(node, column.values), self.columns.total)

    def _select(self, statement: str, values: Sequence[str]) -> list[Any]:
        found: list[Any] = []
        for connection in self._connections:
            found += [row[0] for row in connection.exec_driver_sql(statement, tuple(values)).fetchall()]
        return found

    def _of_rows(self, statement: str, value: str) -> Numbers:
        columns = self.columns
        found = np.zeros(columns.total, np.bool_)
        for volume, connection in enumerate(self._connections):
            for condition, values in addresses_like(value):
                rows = connection.exec_driver_sql(statement.format(condition), tuple(values)).fetchall()
                found[columns.numbers_at(volume, {row[0] for row in rows})] = True
        return found

    def _of_digests(self, digests: Iterable[str]) -> Numbers:
        columns = self.columns
        found = np.zeros(columns.total, np.bool_)
        found[[columns.number_of[digest] for digest in set(digests) if digest in columns.number_of]] = True
        return found

    def _cited_by(self, value: str) -> Numbers:
        """The texts of sources that the reports meant cite; a capture may stand in another volume than the citation."""
        reports = self._reports(value)
        places: set[str] = set()
        digests: set[str] = set()
        for connection, rows in zip(self._connections, reports, strict=True):
            given = (_json(rows),)
            digests |= {row[0] for row in connection.exec_driver_sql(_CITED_BY, given).fetchall()}
            if len(self._connections) > 1:
                places |= {row[0] for row in connection.exec_driver_sql(_CITED, given).fetchall()}
        if places:
            digests |= set(self._select(_OF_PLACES, [_json(sorted(places))]))
        return self._of_digests(digests)

    def _reports(self, value: str) -> list[list[int]]:
        """By volume, the rows of documents whose identifier begins so or whose title has these words."""
        typed = value.strip().casefold()
        words = {word for _, _, word in tokens(value)}
        found: list[list[int]] = []
        for connection in self._connections:
            rows: list[int] = []
            if _IDENTIFIER.fullmatch(typed):
                begun = "SELECT id FROM documents WHERE digest >= ? AND digest < ?"
                rows = [row[0] for row in connection.exec_driver_sql(begun, (typed, typed + "g")).fetchall()]
            if not rows and words:
                titles = connection.exec_driver_sql("SELECT id, title FROM documents WHERE role = 'report'").fetchall()
                rows = [row_id for row_id, title in titles if _has_words(title, words)]
            self.is_exact = self.is_exact and len(rows) <= _MOST_REPORTS
            found.append(rows[:_MOST_REPORTS])
        return found


def _json(values: Sequence[object]) -> str:
    return msgspec.json.encode(values).decode()


def _has_words(text: str, words: set[str]) -> bool:
    here = [word for _, _, word in tokens(text)]
    return all(any(word.startswith(each) for word in here) for each in words)


def _meant(node: Narrow, values: Sequence[str]) -> list[str]:
    """The values of a facet that are meant by what was typed, which may be a part."""
    typed = node.value.casefold().strip()
    if node.field == fields.SITE:
        site = site_of(typed if "://" in typed else f"https://{typed}") or typed
        return [
            each for each in values if each == site or each.endswith("." + site) or ("." not in site and site in each.split("."))
        ]
    exact = [each for each in values if each.casefold() == typed]
    words = {word for _, _, word in tokens(node.value)}
    if exact or not words:
        return exact
    return [each for each in values if each and _has_words(each, words)]


def looks_like_address(typed: str) -> bool:
    """Whether a text is an address or a site, with or without ``https://``."""
    rest = _SCHEME.sub("", typed.strip())
    host = re.split(r"[/?#:]", rest, maxsplit=1)[0]
    return not re.search(r"\s", typed.strip()) and _HOST.fullmatch(host) is not None


def addresses_like(typed: str) -> list[tuple[str, list[str]]]:
    """Conditions of SQL, with their values, that together take the addresses meant by an address, a site or a part of an address.

    An address takes those that begin so, with either scheme, with and without ``www.``; a site all its addresses and those of sites below it.
    """
    typed = typed.strip()
    plain = _SCHEME.sub("", typed)
    host, slash, path = plain.partition("/")
    if not looks_like_address(typed):
        return [("GLOB ?", [f"*{_WILD.sub(_IN_SET, plain)}*"])] if plain else []
    with suppress(AddressRefused):
        normal = normalise(f"https://{plain}")
        host, _, path = normal.removeprefix("https://").partition("/")
    host = host.removeprefix("www.")
    beginnings = [f"{scheme}://{www}{host}/{path.rstrip('/')}" for scheme in ("https", "http") for www in ("", "www.")]
    ranges = [(">= ? AND source < ?", [beginning, beginning + "\U0010ffff"]) for beginning in beginnings]
    return ranges if slash and path else [*ranges, ("GLOB ?", [f"*://*.{host}/*"])]
