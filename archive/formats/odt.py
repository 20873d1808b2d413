"""OpenDocument texts (ODT, flat ODT; OASIS OpenDocument 1.3) to blocks, with their notes.

A note stands where its marker does, with the label that is printed, so the pairing is exact. Left out: what was struck out under
tracked changes, annotations, running heads. What was left out of the author's doing is said as a problem. odfpy gives a tree but
neither notes nor text in order, so the parts are read here with lxml (docs/decisions/0008).
"""

from __future__ import annotations

import re
from typing import Any

from archive.errors import DamagedFile, PasswordWanted
from archive.formats.block_text import settle_targets
from archive.formats.block_writer import BlockWriter
from archive.formats.numerals import numeral
from archive.formats.packed import Packed
from archive.formats.xml_tree import DUBLIN_CORE, local_name, parse_xml, words_of
from archive.model.document import Format, PassageKind, Problem
from archive.model.reading import Block, Reading, StatedProperties
from archive.values import Language

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_LINK = "{http://www.w3.org/1999/xlink}href"
_NUMERALS = {"1": "decimal", "i": "lowerRoman", "I": "upperRoman", "a": "lowerLetter", "A": "upperLetter"}
_QUOTATIONS = re.compile(r"quot|цитат|цытат", re.IGNORECASE)
_CAPTIONS = re.compile(r"caption|illustration|^(?:table|figure|drawing)$", re.IGNORECASE)
_LONGEST_RAISED = 16
_LONGEST_CELL = 600
_DEEPEST = 200
_MOST_SPACES = 100
_MOST_CELLS = 1000
_MOST_REPEATED = 63
_SKIPPED = frozenset((
    "tracked-changes", "annotation", "annotation-end", "sequence-decls", "variable-decls", "user-field-decls", "forms", "bookmark",
    "note-citation", "desc", "title", "ruby-text", "table-column", "table-columns", "event-listeners", "alphabetical-index-auto-mark-file",
    "index-source", "table-of-content-source", "illustration-index-source", "table-index-source", "alphabetical-index-source",
    "bibliography-source", "user-index-source", "object-index-source", "hidden-text", "script", "glue-point", "image", "object", "object-ole",
))  # fmt: skip


def read_odt(packed: Packed) -> Reading:
    """The blocks of an ODT in reading order, its notes behind them, and what its metadata states.

    Problems: ``deletions-left-out`` and ``comments-left-out`` with their count.

    Raises:
        DamagedFile: ``content.xml`` is missing or broken.
        FileTooLarge: it holds more than any document.
        PasswordWanted: it is encrypted.
    """
    if packed.has("META-INF/manifest.xml") and b"encryption-data" in packed.read("META-INF/manifest.xml"):
        raise PasswordWanted(format=Format.ODT)
    content = parse_xml(packed.read("content.xml"), kind=Format.ODT)
    others: list[Any] = []
    for name in ("styles.xml", "meta.xml"):
        try:
            others.append(parse_xml(packed.read(name), kind=Format.ODT) if packed.has(name) else None)
        except DamagedFile:
            others.append(None)
    return _read(content, styles=[one for one in (others[0], content) if one is not None], meta=others[1])


def read_flat_odt(data: bytes) -> Reading:
    """The same of a text in one XML file (``.fodt``).

    Raises:
        DamagedFile: it is not well-formed.
    """
    root = parse_xml(data, kind=Format.ODT)
    return _read(root, styles=[root], meta=root)


def _read(content: Any, *, styles: list[Any], meta: Any) -> Reading:
    body = content.find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        raise DamagedFile(format=Format.ODT)
    walk = _Walk(_Styles(styles))
    walk.read(body)
    blocks = walk.finish()
    deletions = sum(1 for _ in body.iter(_TEXT + "deletion"))
    comments = sum(1 for _ in body.iter(_OFFICE + "annotation"))
    problems = [
        Problem(code, str(count)) for code, count in (("deletions-left-out", deletions), ("comments-left-out", comments)) if count
    ]
    return Reading(format=Format.ODT, blocks=settle_targets(blocks), stated=_stated(meta), problems=tuple(problems))


class _Styles:
    """Styles by name: what they make of text, what they are based on, and how lists count."""

    def __init__(self, roots: list[Any]) -> None:
        self._parents: dict[str, str] = {}
        self._shown: dict[str, str] = {}
        self._bold: dict[str, bool] = {}
        self._italic: dict[str, bool] = {}
        self._raised: dict[str, bool] = {}
        self._hidden: dict[str, bool] = {}
        self.list_of: dict[str, str] = {}
        self.levels: dict[str, dict[int, tuple[str, str, str, int]]] = {}
        for root in roots:
            for style in root.iter(_STYLE + "style"):
                self._note(style)
            for one in root.iter(_TEXT + "list-style", _TEXT + "outline-style"):
                self._note_list(one)

    def _note(self, style: Any) -> None:
        name = style.get(_STYLE + "name") or ""
        self._parents[name] = style.get(_STYLE + "parent-style-name") or ""
        self._shown[name] = style.get(_STYLE + "display-name") or name
        if style.get(_STYLE + "list-style-name"):
            self.list_of[name] = style.get(_STYLE + "list-style-name")
        for properties in style.iter(_STYLE + "text-properties"):
            for table, attribute, wanted in (
                (self._bold, _FO + "font-weight", {"bold", "600", "700", "800", "900"}),
                (self._italic, _FO + "font-style", {"italic", "oblique"}),
                (self._hidden, _TEXT + "display", {"none"}),
            ):
                if properties.get(attribute) is not None:
                    table[name] = properties.get(attribute) in wanted
            position = properties.get(_STYLE + "text-position")
            if position is not None:
                self._raised[name] = position.startswith("super") or re.match(r"[1-9]\d*%", position) is not None

    def _note_list(self, style: Any) -> None:
        name = style.get(_STYLE + "name") or ""
        self.levels[name] = {
            _whole(level.get(_TEXT + "level"), 1): (
                _NUMERALS.get(level.get(_STYLE + "num-format") or "", "none")
                if "number" in local_name(level) or "outline" in local_name(level)
                else "none",
                level.get(_STYLE + "num-prefix") or "",
                level.get(_STYLE + "num-suffix") or "",
                _whole(level.get(_TEXT + "start-value"), 1),
            )
            for level in style
            if isinstance(level.tag, str)
        }

    def look(self, name: str | None) -> tuple[bool, bool, bool, bool]:
        """Whether a text style makes bold, italic, raised, hidden."""
        chain = list(self._chain(name))
        return tuple(  # type: ignore[return-value]  # four of them, as written
            next((table[one] for one in chain if one in table), False)
            for table in (self._bold, self._italic, self._raised, self._hidden)
        )

    def kind(self, name: str | None) -> PassageKind:
        """What a paragraph of this style is."""
        for one in self._chain(name):
            if _QUOTATIONS.search(self._shown.get(one, one)):
                return PassageKind.QUOTATION
            if _CAPTIONS.search(self._shown.get(one, one)):
                return PassageKind.CAPTION
            if one == "Title":
                return PassageKind.HEADING
        return PassageKind.PARAGRAPH

    def _chain(self, name: str | None) -> list[str]:
        chain: list[str] = []
        while name and name not in chain and len(chain) < 12:
            chain.append(name)
            name = self._parents.get(name)
        return chain


class _Walk:
    """Goes through the text once and makes blocks; notes wait until the body is done."""

    def __init__(self, styles: _Styles) -> None:
        self._styles = styles
        self._to = BlockWriter()
        self._notes: list[tuple[Any, str, str]] = []
        self._lists: list[list[Any]] = []
        self._lead = ""
        self._ended: dict[tuple[str, int], int] = {}
        self._raised: list[str] | None = None
        self._is_link_open = False
        self._waiting: list[Any] = []

    def finish(self) -> list[Block]:
        """The blocks of the body, then those of the notes: at the foot first, at the end last."""
        self._to.end()
        for kind in ("footnote", "endnote"):
            for element, label, target in [
                one for one in self._notes if (one[0].get(_TEXT + "note-class") or "footnote") == kind
            ]:
                self._to.note = (label, target)
                for body in element.iterchildren(_TEXT + "note-body"):
                    self.read(body)
                self._to.end()
        return self._to.blocks

    def read(self, container: Any, depth: int = 0) -> None:
        """Write what stands in the body, a section, a list item, a cell, a note or a text box."""
        if depth > _DEEPEST:
            return
        for element in container:
            name = local_name(element)
            if name in {"p", "h"}:
                self._paragraph(element, depth)
            elif name == "list":
                self._list(element, depth)
            elif name == "table":
                self._table(element, depth)
            elif name in {"desc", "title"}:
                self._to.describe_picture(words_of(element))
            elif name in {"frame", "custom-shape", "text-box", "g", "rect", "a"} or (name and name not in _SKIPPED):
                self.read(element, depth + 1)

    def _paragraph(self, element: Any, depth: int) -> None:
        style = element.get(_TEXT + "style-name")
        if self._styles.look(style)[3]:
            return
        kind = self._kind_of(element, style)
        if self._to.in_cell:
            self._to.text.separate()
        else:
            self._to.end()
            self._to.kind = kind
        if self._lead and self._to.note is None:
            self._to.lead(self._lead.rstrip())
        self._lead = ""
        self._inline(element, depth)
        if not self._to.in_cell:
            self._to.end()
        boxes, self._waiting = self._waiting, []
        for box in boxes:
            self.read(box, depth + 1)

    def _kind_of(self, element: Any, style: str | None) -> tuple[PassageKind, int]:
        if local_name(element) == "h":
            return PassageKind.HEADING, max(1, min(6, _whole(element.get(_TEXT + "outline-level"), 1)))
        if self._lists and self._lists[-1][2]:
            self._lists[-1][2] = False
            return PassageKind.LIST_ITEM, len(self._lists)
        kind = self._styles.kind(style)
        return kind, 1 if kind is PassageKind.HEADING else 0

    def _list(self, element: Any, depth: int) -> None:
        name = element.get(_TEXT + "style-name") or (self._lists[-1][0] if self._lists else "")
        level = len(self._lists) + 1
        style, prefix, suffix, start = self._styles.levels.get(name, {}).get(level, ("none", "", "", 1))
        goes_on = element.get(_TEXT + "continue-numbering") == "true" or element.get(_TEXT + "continue-list")
        count = self._ended.get((name, level), start - 1) if goes_on else start - 1
        self._lists.append([name, level, False])
        for item in element:
            if local_name(item) not in {"list-item", "list-header"}:
                continue
            if local_name(item) == "list-item":
                count = _whole(item.get(_TEXT + "start-value"), count + 1)
                self._lists[-1][2] = True
                number = numeral(count, style)
                self._lead = f"{prefix}{number}{suffix} " if number else ""
            self.read(item, depth + 1)
            self._lead = ""
        self._lists.pop()
        self._ended[name, level] = count

    def _inline(self, element: Any, depth: int) -> None:
        if depth > _DEEPEST:
            return
        self._add(element.text)
        for child in element:
            self._piece(child, depth)
            self._add(child.tail)

    def _add(self, text: str | None) -> None:
        if not text:
            return
        if self._raised is not None:
            self._raised.append(text)
        else:
            self._to.text.add(text)

    def _piece(self, element: Any, depth: int) -> None:
        """One thing in a paragraph; what follows it is the caller's."""
        match local_name(element):
            case "span":
                self._span(element, depth)
            case "a":
                self._link(element, depth)
            case "note":
                self._refer(element)
            case "s" | "tab":
                self._add(" " * min(_MOST_SPACES, max(1, _whole(element.get(_TEXT + "c"), 1))))
            case "line-break":
                self._to.break_line()
            case "frame" | "custom-shape" | "g" | "rect":
                self._waiting.append(element)
            case "ruby":
                self._ruby(element, depth)
            case "" | "soft-page-break":
                pass
            case name if name in _SKIPPED:
                pass
            case "p" | "h" | "list" | "table":
                self._waiting.append([element])
            case _:
                self._inline(element, depth + 1)

    def _span(self, element: Any, depth: int) -> None:
        is_bold, is_italic, is_raised, is_hidden = self._styles.look(element.get(_TEXT + "style-name"))
        if is_hidden:
            return
        holds_note = next(element.iter(_TEXT + "note"), None) is not None
        if is_raised and not holds_note and self._raised is None:
            self._raised = []
            self._inline(element, depth + 1)
            text, self._raised = "".join(self._raised), None
            if len(text) <= _LONGEST_RAISED and text.strip():
                self._to.text.raise_text(text)
            else:
                self._to.text.add(text)
            return
        with self._to.emphasised(is_bold=is_bold, is_italic=is_italic):
            self._inline(element, depth + 1)

    def _link(self, element: Any, depth: int) -> None:
        address = (element.get(_LINK) or "").strip()
        is_outside = (
            re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", address) is not None and not self._is_link_open and self._raised is None
        )
        if is_outside:
            self._to.text.open_link(address)
            self._is_link_open = True
        self._inline(element, depth + 1)
        if is_outside:
            self._to.text.close_link()
            self._is_link_open = False

    def _refer(self, element: Any) -> None:
        """Set the marker of a note, which is written when the body is done."""
        citation = element.find(_TEXT + "note-citation")
        label = words_of(citation) or (citation.get(_TEXT + "label") if citation is not None else "") or "*"
        target = f"note-{len(self._notes)}"
        self._notes.append((element, label, target))
        self._to.text.mark(label, target=target)

    def _table(self, table: Any, depth: int) -> None:
        rows = list(_rows(table))
        if self._to.in_cell or self._to.note is not None or _is_layout(rows):
            for row in rows:
                for cell in row:
                    self.read(cell, depth + 2)
            return
        self._to.end()
        self._to.table([_columns(row) for row in rows], lambda cell: self.read(cell, depth + 2))

    def _ruby(self, element: Any, depth: int) -> None:
        """The words, and how they are said in parentheses."""
        for base in element.iterchildren(_TEXT + "ruby-base"):
            self._inline(base, depth + 1)
        if said := words_of(element.find(_TEXT + "ruby-text")):
            self._add(f" ({said})")


def _columns(row: list[Any]) -> list[Any | None]:
    """The cells of a row by column; those that merged cells cover stand there themselves, repeated ones once."""
    found: list[Any | None] = []
    for cell in row[:_MOST_CELLS]:
        repeated = min(_MOST_REPEATED, _whole(cell.get(_TABLE + "number-columns-repeated"), 1))
        found += [cell, *[None] * (repeated - 1)]
    return found


def _rows(table: Any, depth: int = 0) -> list[list[Any]]:
    """The cells of every row, rows in groups and heads included, tables in cells left out."""
    found: list[list[Any]] = []
    for child in table:
        name = local_name(child)
        if name == "table-row":
            found.append([cell for cell in child if local_name(cell) in {"table-cell", "covered-table-cell"}])
        elif name in {"table-header-rows", "table-rows", "table-row-group"} and depth < _DEEPEST:
            found += _rows(child, depth + 1)
    return found


def _is_layout(rows: list[list[Any]]) -> bool:
    """Whether a table only puts paragraphs beside each other."""
    if max(map(len, rows), default=0) < 2:
        return True
    for row in rows:
        for cell in row:
            if cell.find(f".//{_TABLE}table") is not None:
                return True
            if sum(map(len, cell.itertext())) > _LONGEST_CELL:
                return True
    return False


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 8 else otherwise


def _stated(root: Any) -> StatedProperties:
    """The metadata. The days of making and changing are no day of publication, so they are left out."""
    meta = root.find(f".//{_OFFICE}meta") if root is not None else None
    if meta is None:
        return StatedProperties()
    language = words_of(meta.find(DUBLIN_CORE + "language"))[:2].lower()
    creator = meta.find(_META + "initial-creator")
    author = words_of(creator if creator is not None else meta.find(DUBLIN_CORE + "creator"))
    topics = [words_of(one) for one in meta.iterchildren(_META + "keyword")]
    return StatedProperties(
        title=words_of(meta.find(DUBLIN_CORE + "title")) or None,
        authors=(author,) if author else (),
        language=Language(language) if language in set(Language) else None,
        topics=tuple(topic for topic in topics if topic)[:50],
    )
