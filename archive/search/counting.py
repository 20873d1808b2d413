"""The documents that answer a question, counted by what they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from archive.model.hit import FacetName, FacetValue, Question
from archive.search.deadline import Deadline
from archive.search.facets import Columns, columns_of, count
from archive.search.matching import Matching
from archive.search.query import Node

Numbers = NDArray[Any]
BEGINNING = 16
"""How many digits of an identifier tell documents apart."""


def count_facets(
    connections: Sequence[Connection], question: Question, tree: Node | None, *, left_out: bytes
) -> tuple[int, bool, dict[FacetName, tuple[FacetValue, ...]]]:
    """How many documents answer, whether that is exact, and the values of each facet.

    Args:
        connections: to all volumes.
        question: what was chosen from facets.
        tree: what was typed; None where nothing was, and then every document answers.
        left_out: documents not to be counted.
    """
    columns = columns_of(connections)
    is_exact = True
    if tree is None:
        found = np.full(columns.total, not question.text.strip(), np.bool_)
    else:
        matching = Matching(connections, tree, Deadline())
        found = matching.mask()
        is_exact = matching.is_exact
    if left_out:
        here = _beginnings(columns)
        found &= ~np.isin(here, np.frombuffer(left_out, f"S{BEGINNING}"))
    chosen = {name: columns.facets[name].having(values, columns.total) for name, values in _chosen(question).items() if values}
    counted: dict[FacetName, tuple[FacetValue, ...]] = {}
    for name in FacetName:
        others = found
        for other, mask in chosen.items():
            if other != name:
                others = others & mask
        counted[name] = count(columns, others, name).values
    for mask in chosen.values():
        found = found & mask
    return int(found.sum()), is_exact, counted


def digests_found(connections: Sequence[Connection], tree: Node | None) -> bytes:
    """The beginnings of the identifiers of all documents that answer, one after the other; of all documents where nothing was asked."""
    columns = columns_of(connections)
    here = _beginnings(columns)
    if tree is None:
        return here.tobytes()
    return here[Matching(connections, tree, Deadline()).mask()].tobytes()


def _beginnings(columns: Columns) -> Numbers:
    return np.frombuffer(
        b"".join(digest[:BEGINNING].encode("ascii", "replace").ljust(BEGINNING) for digest in columns.digests), f"S{BEGINNING}"
    )


def _chosen(question: Question) -> dict[FacetName, tuple[str, ...]]:
    return {
        FacetName.ROLE: tuple(role.value for role in question.roles),
        FacetName.LANGUAGE: tuple(language.value for language in question.languages),
        FacetName.PUBLISHER: question.publishers,
        FacetName.SITE: question.sites,
        FacetName.YEAR: question.years,
        FacetName.STATE: tuple(state.value for state in question.states),
        FacetName.COLLECTION: question.collections,
    }
