"""The JSON objects of the terminal, one function per kind of line; the README lists their keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from archive.capture_report import say_why, written_risks
from archive.model.capturing import CaptureLine, PlannedSource
from archive.model.document import Arrival
from archive.model.footnote import Note, repeats
from archive.model.hit import Hit
from archive.model.intake import IntakeLine
from archive.model.saved import PageOutcome, PagesReport
from archive.model.source import Capture, Place, Source, SourceState
from archive.words import say


def failure(file: Path, line: IntakeLine) -> dict[str, object]:
    """A file that did not come in: the error and its sentence."""
    problems = [{"code": line.error, "detail": say(f"error-{line.error}", **line.facts)}]
    return {"path": str(file), "document": None, "already": False, "problems": problems}


def arrival(file: Path, came: Arrival) -> dict[str, object]:
    """A file that came in, or was here already."""
    document, description = came.document, came.document.description
    return {
        "path": str(file),
        "document": document.document,
        "already": came.is_already_here,
        "title": description.title,
        "language": description.language,
        "publisher": description.publisher,
        "reference": description.reference,
        "published_on": description.published_on,
        "topics": description.topics,
        "passages": document.passages,
        "notes": document.notes,
        "markers": document.markers,
        "paired": document.paired,
        "addresses": came.addresses,
        "problems": [{"code": met.code, "detail": met.detail} for met in came.problems],
    }


def arrival_sentence(name: str, came: Arrival) -> str:
    """The same for a person."""
    if came.is_already_here:
        return say("terminal-already", name=name)
    document = came.document
    return say("terminal-imported", name=name, title=document.description.title, notes=document.notes, paired=document.paired)


def page(file: Path, came: PageOutcome) -> dict[str, object]:
    """A page of a web archive, or a file attached to a source, that came in or was here already."""
    return {
        "path": str(file),
        "address": came.address,
        "state": came.state,
        "verdict": came.verdict,
        "already": came.is_already_here,
        "document": came.document,
        "title": came.title,
        "requisites": came.requisites,
        "bytes": came.size_bytes,
    }


def page_sentence(came: PageOutcome) -> str:
    """The same for a person."""
    if came.is_already_here:
        return say("terminal-page-already", address=came.address)
    title = f"{came.title}  ({came.address})" if came.title else came.address
    return say("terminal-page", state=say(f"state-{came.state}"), title=title)


def pages(file: Path, report: PagesReport) -> dict[str, object]:
    """What came of a whole web archive."""
    return {
        "path": str(file),
        "pages": report.new,
        "already": report.already,
        "failed": report.failed,
        "others": report.others,
        "lists": [arrival.document.document for arrival in report.lists],
        "problems": [{"code": met.code, "detail": met.detail} for met in report.problems],
    }


def captured(line: CaptureLine) -> dict[str, object]:
    """A source that was asked for, and what came of it. Nothing of a person's own list of hosts is written."""
    return {
        "address": line.address,
        "state": line.state,
        "verdict": line.verdict,
        "status": line.status,
        "bytes": line.size_bytes,
        "ms": line.duration_ms,
        "way": line.way,
        "quoted": line.quoted,
        "error": line.error,
        "why": say_why(line),
        "risks": written_risks(line.risks),
    }


def planned(n: int, one: PlannedSource) -> dict[str, object]:
    """A source that would be asked for as the ``n``-th."""
    entry = one.entry
    return {
        "n": n,
        "address": one.address,
        "state": entry.source.state,
        "tries": entry.tries,
        "risks": written_risks(one.risks),
        "cited_at": places(entry.source.cited_at),
    }


def judged(source: Source, kept: Capture) -> dict[str, object]:
    """A capture that a person judged, and what its source has become."""
    return {
        "capture": kept.capture,
        "verdict": kept.verdict,
        "judged": kept.judged,
        "address": source.address,
        "state": source.state,
    }


def places(cited_at: Sequence[Place]) -> list[dict[str, str]]:
    """The notes that cite something."""
    return [{"document": place.document, "label": place.label} for place in cited_at]


def note(written: Note, sources: Mapping[str, Source], notes: Sequence[Note]) -> dict[str, object]:
    """A note with what it cites and what has become of that.

    Args:
        written: the note.
        sources: the sources of its document, by address.
        notes: all notes of the document.
    """
    citations = []
    for citation in written.citations:
        source = sources.get(citation.address) if citation.address else None
        chain = [each.label for each in repeats(citation, notes)]
        citations.append({
            "text": citation.text,
            "address": citation.address,
            "title": citation.title,
            "pages": citation.pages,
            "published_on": citation.published_on,
            "accessed_on": citation.accessed_on,
            "ibid_of": chain[-1] if chain else None,
            "repeats": chain,
            "state": source.state if source else SourceState.NO_ADDRESS,
            "capture": source.captures[0].capture if source and source.captures else None,
        })
    return {
        "label": written.label,
        "page": written.page,
        "text": written.text,
        "paired": written.paired,
        "confidence": round(written.confidence, 3),
        "before": written.before,
        "citations": citations,
    }


def hit(found: Hit) -> dict[str, object]:
    """A document that answers, at its best passage."""
    return {
        "document": found.document,
        "title": found.title,
        "role": found.role,
        "where": f"note {found.note}" if found.note is not None else found.where,
        "page": found.page,
        "page_label": found.page_label,
        "passage": found.passage,
        "score": round(found.score, 4),
        "snippet": [list(run) for run in found.snippet],
        "cited_at": places(found.cited_at),
        "passages": found.passage_count,
        "address": found.address,
        "archives": list(found.archives),
    }
