"""Pairing: which note a marker means.

The rules, in the order in which they decide, with the confidence each one earns:

``target``      1.0   the markup joins the two
``only``        0.97  one note has the label, and this is its first marker
``same-page``   0.98  a note of the label stands on the marker's page
``next-page``   0.8   it stands on the next page (a marker in the last line, its note pushed over)
``sequence``    0.85  numbering starts anew: the k-th run of markers belongs to the k-th run of notes; or the label (``*``)
                      stands as often among the markers as among the notes: the k-th belongs to the k-th
``nearest``     0.6   the nearest note of the label behind the marker, else before it
``repeated``    0.7   another marker of a note that has one already
``far``         0.3   the only note of the label stands on an earlier page
``none``        0.0   there is no note of the label
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

import msgspec

from archive.footnotes.markers import plain_label


class MarkerPlace(msgspec.Struct, frozen=True):
    """Where a marker stands: ``order`` counts pieces of the document from 0, ``page`` from 1 (None without pages)."""

    label: str
    order: int
    page: int | None = None
    target: str = ""


class NotePlace(msgspec.Struct, frozen=True):
    """Where a note stands, in the units of :class:`MarkerPlace`."""

    label: str
    order: int
    page: int | None = None
    target: str = ""


class Pairing(msgspec.Struct, frozen=True):
    """A marker and the note it means; ``marker`` and ``note`` are indices, ``note`` None where there is none."""

    marker: int
    note: int | None
    confidence: float
    reason: str


def pair(markers: Sequence[MarkerPlace], notes: Sequence[NotePlace]) -> list[Pairing]:
    """Join each marker to the note it means.

    Nothing is dropped: a marker without a note gives a Pairing whose note is None; a note that no pairing names has no marker.

    Args:
        markers: n markers of one document in reading order.
        notes: m notes of the same document in reading order.

    Returns:
        n pairings in the order of the markers; the module's caption lists the reasons.

    Raises:
        ValueError: markers are not in reading order (a bug of the caller).
    """
    if any(one.order > other.order for one, other in pairwise(markers)):
        raise ValueError("markers are not in reading order")
    decided: dict[int, tuple[int, float, str]] = {}
    targets = {note.target: at for at, note in enumerate(notes) if note.target}
    for at, marker in enumerate(markers):
        if marker.target and marker.target in targets:
            decided[at] = (targets[marker.target], 1.0, "target")
    left = [at for at in range(len(markers)) if at not in decided]
    taken = {note for note, _, _ in decided.values()}
    free = [at for at in range(len(notes)) if at not in taken]
    by_runs = _by_runs(markers, notes, left, free)
    of_label: dict[str, list[int]] = defaultdict(list)
    for at in range(len(notes)):
        of_label[plain_label(notes[at].label)].append(at)
    for distance, confidence, reason in ((0, 0.98, "same-page"), (1, 0.8, "next-page")):
        for at in left:
            page = markers[at].page
            near = [
                one for one in of_label[plain_label(markers[at].label)] if page is not None and notes[one].page == page + distance
            ]
            choice = next((one for one in near if one not in taken), None)
            if choice is not None and at not in decided:
                decided[at] = (choice, confidence, reason)
                taken.add(choice)
    for at in left:
        candidates = of_label[plain_label(markers[at].label)]
        if candidates and at not in decided:
            decided[at] = _choose(markers[at], candidates, notes, taken, by_runs.get(at))
            taken.add(decided[at][0])
    return [Pairing(at, *decided.get(at, (None, 0.0, "none"))) for at in range(len(markers))]


def _choose(
    marker: MarkerPlace, candidates: Sequence[int], notes: Sequence[NotePlace], taken: set[int], by_run: int | None
) -> tuple[int, float, str]:
    """The note for a marker that has none on its page; there is at least one of its label."""
    free = [at for at in candidates if at not in taken]
    if len(free) == len(candidates) == 1:
        return _far(marker, free[0], notes) or (free[0], 0.97, "only")
    if by_run is not None and by_run in free:
        return by_run, 0.85, "sequence"
    some = free or candidates
    at = next((one for one in some if notes[one].order >= marker.order), some[-1])
    return _far(marker, at, notes) or ((at, 0.6, "nearest") if free else (at, 0.7, "repeated"))


def _far(marker: MarkerPlace, note: int, notes: Sequence[NotePlace]) -> tuple[int, float, str] | None:
    page = notes[note].page
    return (note, 0.3, "far") if marker.page is not None and page is not None and page < marker.page else None


def _by_runs(
    markers: Sequence[MarkerPlace], notes: Sequence[NotePlace], left: Sequence[int], free: Sequence[int]
) -> dict[int, int]:
    """Marker -> note where a label stands several times, as often in as many runs or as often altogether."""
    found: dict[int, int] = {}
    of_notes: dict[str, list[int]] = defaultdict(list)
    of_markers: dict[str, list[int]] = defaultdict(list)
    for at in left:
        of_markers[plain_label(markers[at].label)].append(at)
    for at in free:
        of_notes[plain_label(notes[at].label)].append(at)
    for label, same in of_markers.items():
        if len(same) == len(of_notes[label]):
            found.update(zip(same, of_notes[label], strict=True))
    marker_runs = _runs([plain_label(markers[at].label) for at in left])
    note_runs = _runs([plain_label(notes[at].label) for at in free])
    if not marker_runs or max(marker_runs) != max(note_runs, default=-1):
        return found
    places = {(run, plain_label(notes[at].label)): at for run, at in zip(note_runs, free, strict=True)}
    for run, at in zip(marker_runs, left, strict=True):
        label = plain_label(markers[at].label)
        if label.isdigit() and (run, label) in places:
            found[at] = places[run, label]
    return found


def _runs(labels: Sequence[str]) -> list[int]:
    """For each label the number of the run it belongs to; a run ends where 1 comes again."""
    runs: list[int] = []
    run, highest = 0, 0
    for label in labels:
        if label.isdigit():
            number = int(label)
            if number == 1 and highest >= 1:
                run, highest = run + 1, 0
            highest = max(highest, number)
        runs.append(run)
    return runs
