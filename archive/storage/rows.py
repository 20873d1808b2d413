"""From the frozen nouns to rows and back, and the seal over them.

The seal is what shows that a row of an open volume is still what was written (a locked one has a code of its own on every page):
the SHA-256 of the rows as JSON, without spaces, UTF-8, each row an array of its columns in the order of the table, fractions as
Python writes them (docs/formats/archive-1.md).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import cache, wraps
from typing import Any, ParamSpec, TypeVar

import msgspec
from sqlalchemy import RowMapping, Table

from archive.address import place_of
from archive.model.document import (
    Description,
    Document,
    Emphasis,
    Format,
    Link,
    Passage,
    PassageKind,
    Recognition,
    Role,
    Style,
    Version,
)
from archive.model.footnote import Citation, Marker, Note
from archive.model.source import Capture, Evidence, Exchange, SourceState, Verdict, Way
from archive.values import Language, digest_of

Row = dict[str, Any]
Stored = RowMapping | Row

_P = ParamSpec("_P")
_Noun = TypeVar("_Noun")
_Facts = dict[str, str | int | float | bool]
_NAMES = msgspec.json.Decoder(tuple[str, ...])
_STRETCHES = msgspec.json.Decoder(tuple[tuple[int, int, str], ...])
_PAIRS = msgspec.json.Decoder(tuple[tuple[str, str], ...])
_RECOGNISED = msgspec.json.Decoder(tuple[str, tuple[str, ...], float])
_FACTS = msgspec.json.Decoder(_Facts)
_EVIDENCE = msgspec.json.Decoder(Evidence)


class UnreadableRow(Exception):
    """A row does not hold what its columns can hold; a volume makes :class:`~archive.errors.ArchiveDamaged` of it."""


def _reading(read: Callable[_P, _Noun]) -> Callable[_P, _Noun]:
    """Says no more of a row that cannot be read than that: the text in it is nobody's business."""

    @wraps(read)
    def read_or_refuse(*args: _P.args, **kwargs: _P.kwargs) -> _Noun:
        try:
            return read(*args, **kwargs)
        except (ValueError, TypeError, LookupError, msgspec.MsgspecError):
            raise UnreadableRow from None

    return read_or_refuse


@cache
def insertion(table: Table) -> str:
    """The statement that writes rows into a table whose columns hold values as they are; SQLAlchemy's own takes longer to say than to run.

    A row names every column of the table but an ``id`` that SQLite shall choose.
    """
    names = [column.name for column in table.columns if column.name != "id"]
    into, values = ", ".join(f'"{name}"' for name in names), ", ".join(f":{name}" for name in names)
    return f"INSERT INTO {table.name} ({into}) VALUES ({values})"  # noqa: S608 - names of our own tables


def seal_of(*tables: Sequence[Row]) -> str:
    """The seal over rows, table by table."""
    # The standard library's JSON, because the format says how fractions look; a value that no column may hold fits no seal.
    whole = json.dumps(
        [[list(row.values()) for row in rows] for rows in tables], ensure_ascii=False, separators=(",", ":"), default=repr
    )
    return digest_of(whole.encode(errors="surrogatepass"))


def is_sealed(row: RowMapping) -> bool:
    """Whether a row with a seal of its own is still what was written."""
    return bool(seal_of([{name: value for name, value in row.items() if name != "seal"}]) == row["seal"])


def document_row(document: Document) -> Row:
    """The row of a document, without identifier and seal."""
    about = document.description
    return {
        "digest": document.document,
        "role": document.role.value,
        "format": document.format.value,
        "title": about.title,
        "language": about.language.value,
        "publisher": about.publisher,
        "reference": about.reference,
        "published_on": about.published_on,
        "authors": _json(about.authors),
        "topics": _json(about.topics),
        "address": about.address,
        "versions": _json([(version.language, version.address) for version in about.versions]),
        "size_bytes": document.size_bytes,
        "passages": document.passages,
        "notes": document.notes,
        "markers": document.markers,
        "paired": document.paired,
        "recognised": _json(msgspec.structs.astuple(document.recognised)) if document.recognised else None,
    }


@_reading
def document_of(row: Stored) -> Document:
    """The document that a row holds."""
    return Document(
        document=row["digest"],
        role=Role(row["role"]),
        format=Format(row["format"]),
        description=Description(
            title=row["title"],
            language=Language(row["language"]),
            publisher=row["publisher"],
            reference=row["reference"],
            published_on=row["published_on"],
            authors=_NAMES.decode(row["authors"]),
            topics=_NAMES.decode(row["topics"]),
            address=row["address"],
            versions=tuple(Version(Language(code), address) for code, address in _PAIRS.decode(row["versions"])),
        ),
        size_bytes=row["size_bytes"],
        passages=row["passages"],
        notes=row["notes"],
        markers=row["markers"],
        paired=row["paired"],
        recognised=Recognition(*_RECOGNISED.decode(row["recognised"])) if row["recognised"] is not None else None,
    )


def passage_rows(passages: Sequence[Passage]) -> list[Row]:
    """The rows of passages, without the document they belong to."""
    return [
        {
            "n": passage.n,
            "kind": passage.kind.value,
            "level": passage.level,
            "page": passage.page,
            "language": passage.language.value,
            "text": passage.text,
            "links": _json([(link.start, link.end, link.address_text) for link in passage.links]) if passage.links else None,
            "styles": _json([(style.start, style.end, style.emphasis) for style in passage.styles]) if passage.styles else None,
        }
        for passage in passages
    ]


def marker_rows(passages: Sequence[Passage]) -> list[Row]:
    """The rows of all markers of these passages, in order."""
    return [
        {
            "passage": passage.n,
            "n": n,
            "label": marker.label,
            "at": marker.at,
            "note": marker.note,
            "confidence": float(marker.confidence),
            "reason": marker.reason,
        }
        for passage in passages
        for n, marker in enumerate(passage.markers)
    ]


@_reading
def passage_of(row: Stored, markers: Sequence[Stored]) -> Passage:
    """The passage that a row holds, with its markers' rows in order."""
    return Passage(
        n=row["n"],
        kind=PassageKind(row["kind"]),
        text=row["text"],
        level=row["level"],
        page=row["page"],
        language=Language(row["language"]),
        markers=tuple(
            Marker(
                label=marker["label"],
                at=marker["at"],
                note=marker["note"],
                confidence=marker["confidence"],
                reason=marker["reason"],
            )
            for marker in markers
        ),
        links=tuple(Link(*link) for link in _stretches(row["links"])),
        styles=tuple(Style(start, end, Emphasis(name)) for start, end, name in _stretches(row["styles"])),
    )


def note_rows(notes: Sequence[Note], passages: Sequence[Passage]) -> list[Row]:
    """The rows of notes; a note's text stands in its passage, and in its row only where the two differ."""
    texts = {passage.n: passage.text for passage in passages}
    return [
        {
            "n": note.n,
            "label": note.label,
            "passage": note.passage,
            "text": None if texts.get(note.passage) == note.text else note.text,
            "page": note.page,
            "paired": int(note.paired),
            "confidence": float(note.confidence),
            "before": note.before,
        }
        for note in notes
    ]


def citation_rows(notes: Sequence[Note]) -> list[Row]:
    """The rows of all citations of these notes, in their order."""
    return [
        {
            "n": citation.n,
            "note": citation.note,
            "text": citation.text,
            "source": citation.address,
            "title": citation.title,
            "ibid_of": citation.ibid_of,
            "pages": citation.pages,
            "published_on": citation.published_on,
            "accessed_on": citation.accessed_on,
        }
        for note in notes
        for citation in note.citations
    ]


@_reading
def note_of(row: Stored, text: str, citations: Sequence[Stored]) -> Note:
    """The note that a row holds, with its text and its citations' rows in order."""
    return Note(
        n=row["n"],
        label=row["label"],
        text=text,
        passage=row["passage"],
        page=row["page"],
        paired=bool(row["paired"]),
        confidence=row["confidence"],
        before=row["before"],
        citations=tuple(
            Citation(
                n=citation["n"],
                note=citation["note"],
                text=citation["text"],
                address=citation["source"],
                title=citation["title"],
                ibid_of=citation["ibid_of"],
                pages=citation["pages"],
                published_on=citation["published_on"],
                accessed_on=citation["accessed_on"],
            )
            for citation in citations
        ),
    )


def source_row(address: str, state: SourceState, error: str | None, facts: _Facts) -> Row:
    """The row of a source, without its seal."""
    return {
        "address": address,
        "place": place_of(address),
        "state": state.value,
        "error": error,
        "facts": _json(dict(sorted(facts.items()))),
    }


@_reading
def state_of(row: Stored) -> tuple[SourceState, str | None, _Facts]:
    """State of a source, and the error and facts that say why."""
    return SourceState(row["state"]), row["error"], _FACTS.decode(row["facts"])


def capture_row(capture: Capture) -> Row:
    """The row of a capture, without its seal."""
    return {
        "capture": capture.capture,
        "source": capture.address,
        "final_address": capture.final_address,
        "taken_at": _moment(capture.taken_at),
        "verdict": capture.verdict.value,
        "status": capture.status,
        "media_type": capture.media_type,
        "size_bytes": capture.size_bytes,
        "document": capture.document,
        "way": capture.way.value,
        "evidence": _json(capture.evidence),
    }


@_reading
def capture_of(row: Stored) -> Capture:
    """The capture that a row holds."""
    return Capture(
        capture=row["capture"],
        address=row["source"],
        final_address=row["final_address"],
        taken_at=datetime.fromisoformat(row["taken_at"]),
        verdict=Verdict(row["verdict"]),
        status=row["status"],
        media_type=row["media_type"],
        size_bytes=row["size_bytes"],
        document=row["document"],
        way=Way(row["way"]),
        evidence=_EVIDENCE.decode(row["evidence"]),
    )


def exchange_row(exchange: Exchange, *, body: str) -> Row:
    """The row of an exchange whose body is the object ``body``, without its capture and place."""
    return {
        "address": exchange.address,
        "method": exchange.method,
        "status": exchange.status,
        "reason": exchange.reason,
        "request_headers": _json(exchange.request_headers),
        "answer_headers": _json(exchange.answer_headers),
        "fetched_at": _moment(exchange.fetched_at),
        "http_version": exchange.http_version,
        "coding": exchange.coding,
        "charset": exchange.charset,
        "body": body,
    }


@_reading
def exchange_of(row: Stored, body: bytes) -> Exchange:
    """The exchange that a row holds, with its body."""
    return Exchange(
        address=row["address"],
        method=row["method"],
        status=row["status"],
        reason=row["reason"],
        request_headers=_PAIRS.decode(row["request_headers"]),
        answer_headers=_PAIRS.decode(row["answer_headers"]),
        fetched_at=datetime.fromisoformat(row["fetched_at"]),
        http_version=row["http_version"],
        body=body,
        coding=row["coding"],
        charset=row["charset"],
    )


def _stretches(text: str | None) -> tuple[tuple[int, int, str], ...]:
    return _STRETCHES.decode(text) if text else ()


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
