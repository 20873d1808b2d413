"""What was understood of a question, said in the person's language: one sentence, for the terminal and the window."""

from __future__ import annotations

from collections.abc import Sequence

from archive.model.hit import Clause, ClauseKind
from archive.words import say, say_date

_BY_VALUE = {ClauseKind.ROLE: "role", ClauseKind.LANGUAGE: "language", ClauseKind.STATE: "state"}


def sentence(clauses: Sequence[Clause]) -> str:
    """The parts of a question in words, as in ``documents with "права" and "человека" in the title, from January 2024``; empty for none."""
    if not clauses:
        return ""
    texts = [clause for clause in clauses if _is_of_text(clause)]
    others = [clause for clause in clauses if not _is_of_text(clause)]
    said = [say("asked-documents", what=_joined(texts, "asked-and"))] if texts else [say("asked-any-documents")]
    return say("asked-comma").join([*said, *map(phrase, others)])


def phrase(clause: Clause) -> str:
    """One part of a question in words."""
    kind = clause.kind
    if kind in {ClauseKind.ALL, ClauseKind.ANY}:
        if clause.texts:
            return " ".join(clause.texts)
        return _joined(clause.parts, "asked-or" if kind == ClauseKind.ANY else "asked-and")
    if kind == ClauseKind.NOT:
        return say("asked-not", what=_joined(clause.parts, "asked-or"))
    if kind == ClauseKind.DATE:
        return _dates(*clause.texts)
    if kind in _BY_VALUE:
        return say(f"asked-{kind}-{clause.texts[0]}")
    if not _is_of_text(clause):
        return say(f"asked-{kind.replace('_', '-')}", what=clause.texts[0])
    separator = say("asked-comma") if kind == ClauseKind.NEAR else " "
    words = say(f"asked-{kind}", what=separator.join(clause.texts), distance=clause.distance)
    return words if clause.where is None else say(f"asked-in-{clause.where}", what=words)


def _joined(clauses: Sequence[Clause], joint: str) -> str:
    """Words of one part of a document are said together: "a" and "b" in the title."""
    places = {clause.where for clause in clauses}
    together = len(clauses) > 1 and len(places) == 1 and all(_is_of_text(clause) and not clause.parts for clause in clauses)
    [where] = places if together else [None]
    said = say(joint).join(phrase(_anywhere(clause) if together else clause) for clause in clauses)
    return said if where is None else say(f"asked-in-{where}", what=said)


def _anywhere(clause: Clause) -> Clause:
    return Clause(kind=clause.kind, texts=clause.texts, distance=clause.distance)


_OF_TEXT = frozenset({
    ClauseKind.WORD, ClauseKind.EXACT, ClauseKind.PHRASE, ClauseKind.NEAR, ClauseKind.BEGINNING, ClauseKind.FUZZY,
})  # fmt: skip


def _is_of_text(clause: Clause) -> bool:
    if clause.kind in {ClauseKind.ALL, ClauseKind.ANY}:
        return any(map(_is_of_text, clause.parts))
    return clause.kind in _OF_TEXT


def _dates(first: str, last: str) -> str:
    if first == last:
        return say("asked-dated", first=say_date(first))
    if not last:
        return say("asked-since", first=say_date(first))
    if not first:
        return say("asked-until", last=say_date(last))
    return say("asked-between", first=say_date(first), last=say_date(last))
