"""By what hits are ordered besides how well they answer, also across archives."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from archive.model.hit import FacetName, FacetValue, Hit, Order

_LAST = 99_999_999


def title_key(title: str) -> tuple[bool, str]:
    """By what titles are ordered: letters of either case alike, quotation marks left out, those that say nothing last."""
    folded = title.casefold().lstrip(" «\"'“„([")
    return not folded, folded


@lru_cache(maxsize=20_000)
def date_key(published_on: str | None) -> int:
    """By what dates are ordered: eight digits, of a month or year alone the earliest; 0 for none."""
    digits = "".join(each for each in (published_on or "") if each in "0123456789")[:8]
    return int(digits.ljust(8, "0") or 0)


def hit_key(hit: Hit, order: Order) -> tuple[object, ...]:
    """By what hits of several archives are put in one order; equal ones stay in the order of the archives."""
    if order == Order.TITLE:
        return title_key(hit.title)
    if order == Order.NEWEST:
        return (-date_key(hit.published_on),)
    if order == Order.OLDEST:
        return (date_key(hit.published_on) or _LAST,)
    return (-hit.score,)


def facet_values(name: FacetName, values: Iterable[FacetValue]) -> tuple[FacetValue, ...]:
    """The values of a facet, most frequent first, equal ones in the order of their letters; years newest first."""
    if name == FacetName.YEAR:
        return tuple(sorted(values, key=lambda each: each.value, reverse=True))
    return tuple(sorted(values, key=lambda each: (-each.count, each.value.casefold(), each.value)))
