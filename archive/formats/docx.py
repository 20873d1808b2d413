"""Word files (DOCX, ECMA-376) to blocks: the text as it would be printed with all changes accepted, and its notes.

The notes are the file's own: a reference in the text names its note, so label and target are exact. Left out: what was struck out
under tracked changes, comments, running heads, hidden text. What was left out of the author's doing is said as a problem.
python-docx gives no notes, so the parts are read here with lxml (docs/decisions/0008).
"""

from __future__ import annotations

import posixpath
import re
from typing import Any, NamedTuple

from archive.errors import DamagedFile
from archive.formats.block_text import settle_targets
from archive.formats.docx_story import Story, Surroundings
from archive.formats.docx_styles import NoteNumbering, Numbering, Styles, W
from archive.formats.packed import Packed
from archive.formats.xml_tree import DUBLIN_CORE, local_name, parse_xml, words_of
from archive.model.document import Format, Problem
from archive.model.reading import Block, Reading, StatedProperties
from archive.values import Language

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", _OFFICE.encode()),
)
_CORE = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
_NO_NOTES = {"separator", "continuationSeparator", "continuationNotice"}
_MOST_TOPICS = 50


class _Relation(NamedTuple):
    kind: str
    target: str
    is_outside: bool


def read_docx(packed: Packed) -> Reading:
    """The blocks of a DOCX in reading order, its notes behind them, and what its core properties state.

    Problems: ``deletions-left-out`` and ``comments-left-out`` with their count.

    Raises:
        DamagedFile: a part that it needs is missing or broken.
        FileTooLarge: it holds more than any document.
        PasswordWanted: it is encrypted.
    """
    main = _main_part(packed)
    relations = _relations(packed, main)
    root = _part(packed, main)
    body = root.find(W + "body")
    if body is None:
        raise DamagedFile(format=Format.DOCX)
    settings = _beside(packed, relations, "settings")
    sections = list(body.iter(W + "sectPr"))
    surroundings = Surroundings(
        styles=Styles(_beside(packed, relations, "styles")),
        numbering=Numbering(_beside(packed, relations, "numbering")),
        counting={
            "footnote": NoteNumbering(settings, sections, name="footnotePr"),
            "endnote": NoteNumbering(settings, sections, name="endnotePr"),
        },
    )
    story = Story(surroundings, _links(relations))
    story.read(body)
    blocks = list(story.finish())
    for kind in ("footnote", "endnote"):
        blocks += _notes(packed, relations, surroundings, kind=kind)
    problems = [
        Problem(code, str(count))
        for code, count in (("deletions-left-out", surroundings.deletions), ("comments-left-out", surroundings.comments))
        if count
    ]
    return Reading(
        format=Format.DOCX, blocks=settle_targets(blocks), stated=_stated(packed), encoding="", problems=tuple(problems)
    )


def _notes(packed: Packed, relations: dict[str, _Relation], surroundings: Surroundings, *, kind: str) -> list[Block]:
    """The notes of one kind: those that the text refers to in its order, then those that nothing refers to."""
    part = _name_beside(relations, f"{kind}s")
    if part is None or not packed.has(part):
        return []
    elements = {
        element.get(W + "id") or "": element
        for element in _part(packed, part).iter(W + kind)
        if element.get(W + "type") not in _NO_NOTES
    }
    links = _links(_relations(packed, part))
    named = {identifier: label for (one, identifier), label in surroundings.labels.items() if one == kind}
    left_out = {identifier for one, identifier in surroundings.struck if one == kind} - set(named)
    blocks: list[Block] = []
    for identifier in [*named, *(one for one in elements if one not in named and one not in left_out)]:
        element = elements.get(identifier)
        if element is not None:
            story = Story(surroundings, links, note=(named.get(identifier, ""), f"{kind}-{identifier}"))
            story.read(element)
            blocks += story.finish()
    return blocks


def _part(packed: Packed, name: str) -> Any:
    data = packed.read(name)
    if b"purl.oclc.org" in data[:8192]:
        for strict, usual in _STRICT:
            data = data.replace(strict, usual)
    return parse_xml(data, kind=Format.DOCX)


def _main_part(packed: Packed) -> str:
    """The name of the part that holds the text (``word/document.xml`` as a rule, but the package decides)."""
    for relation in _relations(packed, "").values():
        if relation.kind == "officeDocument" and packed.has(relation.target):
            return relation.target
    if packed.has("word/document.xml"):
        return "word/document.xml"
    raise DamagedFile(format=Format.DOCX)


def _relations(packed: Packed, part: str) -> dict[str, _Relation]:
    """What a part (the package itself for an empty name) refers to, by identifier; targets inside are names of parts."""
    folder, name = posixpath.split(part)
    table = posixpath.join(folder, "_rels", f"{name}.rels")
    if not packed.has(table):
        return {}
    found: dict[str, _Relation] = {}
    for element in parse_xml(packed.read(table), kind=Format.DOCX):
        if local_name(element) != "Relationship":
            continue
        target = element.get("Target") or ""
        is_outside = element.get("TargetMode") == "External"
        if not is_outside:
            target = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        found[element.get("Id") or ""] = _Relation((element.get("Type") or "").rsplit("/", 1)[-1], target, is_outside)
    return found


def _name_beside(relations: dict[str, _Relation], kind: str) -> str | None:
    return next((one.target for one in relations.values() if one.kind == kind and not one.is_outside), None)


def _beside(packed: Packed, relations: dict[str, _Relation], kind: str) -> Any:
    """The root of a part that helps to read the text; None where it is missing or broken, for the text can be read without."""
    name = _name_beside(relations, kind)
    if name is None or not packed.has(name):
        return None
    try:
        return _part(packed, name)
    except DamagedFile:
        return None


def _links(relations: dict[str, _Relation]) -> dict[str, str]:
    return {identifier: one.target for identifier, one in relations.items() if one.is_outside and one.kind == "hyperlink"}


def _stated(packed: Packed) -> StatedProperties:
    """The core properties. The days of making and changing are no day of publication, so they are left out."""
    name = next((one.target for one in _relations(packed, "").values() if one.kind == "core-properties"), "docProps/core.xml")
    if not packed.has(name):
        return StatedProperties()
    try:
        root = parse_xml(packed.read(name), kind=Format.DOCX)
    except DamagedFile:
        return StatedProperties()
    language = words_of(root.find(DUBLIN_CORE + "language"))[:2].lower()
    topics = [part.strip() for part in re.split(r"[;,]", words_of(root.find(_CORE + "keywords"))) if part.strip()]
    return StatedProperties(
        title=words_of(root.find(DUBLIN_CORE + "title")) or None,
        authors=tuple(part.strip() for part in words_of(root.find(DUBLIN_CORE + "creator")).split(";") if part.strip()),
        language=Language(language) if language in set(Language) else None,
        topics=tuple(topics[:_MOST_TOPICS]),
    )
