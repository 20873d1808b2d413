"""One story of a DOCX (its body, or one note) to blocks: paragraphs, tables, fields, links, references to notes."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from archive.formats.block_writer import BlockWriter
from archive.formats.docx_styles import Look, NoteNumbering, Numbering, Styles, W, look_of
from archive.formats.xml_tree import local_name
from archive.model.document import PassageKind
from archive.model.reading import Block

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_CHOICES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_ADDRESS_FIELD = re.compile(r'\s*HYPERLINK\s+(?:"([^"]*)"|(?!\\)(\S+))(?:.*?\\l\s+"([^"]*)")?', re.IGNORECASE | re.DOTALL)
_PRIVATE = range(0xF020, 0xF100)
_LONGEST_RAISED = 16
_LONGEST_MARK = 10
_LONGEST_CELL = 600
_DEEPEST = 200
_MOST_COLUMNS = 63
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_SHAPE = "{urn:schemas-microsoft-com:vml}shape"
_THROUGH = frozenset((
    "ins", "moveTo", "smartTag", "customXml", "sdt", "sdtContent", "dir", "bdo", "oMath", "oMathPara", "ruby", "rubyBase", "footnote", "endnote",
))  # fmt: skip
_STRUCK = {"del", "moveFrom"}


class Surroundings(msgspec.Struct):
    """What all stories of a file share: its styles and counts, and what they found.

    ``labels`` are those of the notes by kind and identifier, in the order of their references; ``struck`` are the notes whose
    reference was struck out.
    """

    styles: Styles
    numbering: Numbering
    counting: dict[str, NoteNumbering]
    labels: dict[tuple[str, str], str] = {}
    struck: set[tuple[str, str]] = set()
    deletions: int = 0
    comments: int = 0


class _Field(msgspec.Struct):
    """A field that has begun: its instruction so far, and whether its result is being written."""

    instruction: str = ""
    is_result: bool = False
    address: str = ""


class Story:
    """Writes the blocks of one story.

    Args:
        surroundings: what the stories share.
        links: addresses by the identifier of their relation.
        note: label and target, where the story is a note.
    """

    def __init__(self, surroundings: Surroundings, links: dict[str, str], *, note: tuple[str, str] | None = None) -> None:
        self._around = surroundings
        self._links = links
        self._to = BlockWriter(note)
        self._fields: list[_Field] = []
        self._raised = ""
        self._custom: tuple[str, str] | None = None
        self._custom_mark = ""
        self._mark_wanted = note is not None
        self._waiting: list[Any] = []

    def read(self, container: Any, depth: int = 0) -> None:
        """Write everything that stands in a body, a note, a cell or a text box."""
        if depth > _DEEPEST:
            return
        for element in container:
            match local_name(element):
                case "p":
                    self._paragraph(element, depth)
                case "tbl":
                    self._table(element, depth)
                case "sdt" | "sdtContent" | "ins" | "moveTo" | "customXml":
                    self.read(element, depth + 1)
                case "AlternateContent":
                    self.read(_chosen(element), depth + 1)
                case "sectPr":
                    self._end_section()
                case "del" | "moveFrom":
                    self._strike(element)
                case _:
                    pass

    def finish(self) -> list[Block]:
        """The blocks, in order; what is still open ends."""
        self._flush()
        return self._to.blocks

    def _flush(self) -> None:
        self._settle_raised()
        self._to.end()

    def _paragraph(self, element: Any, depth: int) -> None:
        properties = element.find(W + "pPr")
        if self._to.in_cell:
            self._settle_raised()
            self._to.text.separate()
        if self._to.in_cell or self._to.text.is_empty:
            self._begin(properties)
        for field in self._fields:
            if field.is_result and field.address:
                self._to.text.open_link(field.address)
        self._inline(element, depth)
        self._settle_raised()
        mark = properties.find(W + "rPr") if properties is not None else None
        is_joined = mark is not None and mark.find(W + "del") is not None
        if not self._to.in_cell and not is_joined:
            self._flush()
        boxes, self._waiting = self._waiting, []
        for box in boxes:
            self.read(box, depth + 1)
        if properties is not None and properties.find(W + "sectPr") is not None:
            self._end_section()

    def _begin(self, properties: Any) -> None:
        """Settle what the paragraph is, and write the number of a list item or heading."""
        self._to.kind = self._around.styles.kind(properties)
        numbering = self._around.styles.numbering(properties)
        if numbering is None:
            return
        label = self._around.numbering.next_label(*numbering)
        if self._to.kind[0] is PassageKind.PARAGRAPH:
            self._to.kind = (PassageKind.LIST_ITEM, numbering[1] + 1)
        if label and self._to.note is None:
            self._to.lead(label)

    def _inline(self, container: Any, depth: int) -> None:
        if depth > _DEEPEST:
            return
        for element in container:
            name = local_name(element)
            if name == "r":
                self._run(element)
            elif name == "hyperlink":
                self._hyperlink(element, depth)
            elif name == "fldSimple":
                self._simple_field(element, depth)
            elif name in _STRUCK:
                self._strike(element)
            elif name == "AlternateContent":
                self._inline(_chosen(element), depth + 1)
            elif name in _THROUGH:
                self._inline(element, depth + 1)
            elif name == "t":
                self._add(element.text or "")

    def _hyperlink(self, element: Any, depth: int) -> None:
        address = self._links.get(element.get(_R + "id") or "", "")
        anchor = element.get(W + "anchor")
        self._settle_raised()
        if address:
            self._to.text.open_link(f"{address}#{anchor}" if anchor and "#" not in address else address)
        self._inline(element, depth + 1)
        self._settle_raised()
        if address:
            self._to.text.close_link()

    def _simple_field(self, element: Any, depth: int) -> None:
        address = _address_of(element.get(W + "instr") or "")
        if address:
            self._to.text.open_link(address)
        self._inline(element, depth + 1)
        if address:
            self._to.text.close_link()

    def _run(self, run: Any) -> None:
        properties = run.find(W + "rPr")
        look = self._look(properties)
        if look.is_hidden:
            return
        stands_out = bool(not look.is_raised and (look.is_bold or look.is_italic))
        if stands_out:
            self._settle_raised()
        with self._to.emphasised(is_bold=stands_out and bool(look.is_bold), is_italic=stands_out and bool(look.is_italic)):
            for element in run:
                self._piece(element, is_raised=bool(look.is_raised))

    def _look(self, properties: Any) -> Look:
        if properties is None:
            return Look()
        style = properties.find(W + "rStyle")
        general = self._around.styles.look(style.get(W + "val") if style is not None else None)
        own = look_of(properties)
        return Look(*(mine if mine is not None else theirs for mine, theirs in zip(own, general, strict=True)))

    def _piece(self, element: Any, *, is_raised: bool) -> None:
        """One thing in a run."""
        match local_name(element):
            case "t":
                self._text(element.text or "", is_raised=is_raised)
            case "fldChar":
                self._field_sign(element.get(W + "fldCharType") or "")
            case "instrText":
                if self._fields and not self._fields[-1].is_result:
                    self._fields[-1].instruction += element.text or ""
            case "footnoteReference" | "endnoteReference" as name:
                self._refer(element, name.removesuffix("Reference"))
            case "footnoteRef" | "endnoteRef":
                self._mark_wanted = False
            case "tab" | "ptab":
                self._add(" ")
            case "br" | "cr":
                if element.get(W + "type") in {None, "textWrapping"}:
                    self._break()
            case "noBreakHyphen":
                self._text("\u2011", is_raised=is_raised)
            case "sym":
                self._text(_symbol(element), is_raised=is_raised)
            case "commentReference":
                self._around.comments += 1
            case "drawing" | "pict" | "object":
                self._waiting += list(element.iter(W + "txbxContent"))
                self._describe(element)
            case "AlternateContent":
                for one in _chosen(element):
                    self._piece(one, is_raised=is_raised)
            case "ruby":
                self._ruby(element)
            case _:
                pass

    def _text(self, text: str, *, is_raised: bool) -> None:
        if self._is_instruction():
            return
        if self._custom is not None:
            text = self._take_custom(text, is_raised=is_raised)
        if self._mark_wanted and text.strip() and not is_raised:
            self._settle_raised()
            text = self._without_own_mark(text) if self._mark_wanted else text
        if is_raised and len(self._raised) + len(text) <= _LONGEST_RAISED:
            self._raised += text
        else:
            self._add(text)

    def _add(self, text: str) -> None:
        self._settle_raised()
        if text and not self._is_instruction():
            self._to.text.add(text)

    def _break(self) -> None:
        self._settle_raised()
        self._to.break_line()

    def _settle_raised(self) -> None:
        """Write raised text that came in several runs: a marker where it is one, else text."""
        self._settle_custom()
        raised, self._raised = self._raised, ""
        if self._mark_wanted and raised.strip() and self._to.note is not None:
            self._mark_wanted = False
            if self._to.note[0].startswith(raised.strip(" []()")):
                return
        if raised.strip():
            self._to.text.raise_text(raised)
        elif raised:
            self._to.text.add(raised)

    def _is_instruction(self) -> bool:
        return any(not field.is_result for field in self._fields)

    def _field_sign(self, sign: str) -> None:
        if sign == "begin":
            self._fields.append(_Field())
        elif sign == "separate" and self._fields:
            field = self._fields[-1]
            field.is_result, field.address = True, _address_of(field.instruction)
            if field.address:
                self._settle_raised()
                self._to.text.open_link(field.address)
        elif sign == "end" and self._fields and self._fields.pop().address:
            self._settle_raised()
            self._to.text.close_link()

    def _refer(self, element: Any, kind: str) -> None:
        """Set the marker of a note, with its number, or wait for the mark that its author chose."""
        key = (kind, element.get(W + "id") or "")
        self._settle_raised()
        if (element.get(W + "customMarkFollows") or "0").lower() in {"1", "true", "on"}:
            self._custom = key
            return
        label = self._around.labels.get(key)
        if label is None:
            label = self._around.labels[key] = self._around.counting[kind].next_label()
        self._to.text.mark(label, target="-".join(key))

    def _take_custom(self, text: str, *, is_raised: bool) -> str:
        """Take the mark that an author chose from the text behind a reference; gives back what does not belong to it."""
        if is_raised and len(self._custom_mark) + len(text) <= _LONGEST_MARK:
            self._custom_mark += text
            return ""
        found = None if self._custom_mark.strip() else re.match(r"\s*([\[(]?(?:[^\w\s]+|\w+)[\])]?|$)", text)
        if found and len(found[0]) <= _LONGEST_MARK:
            self._custom_mark, text = found[0], text[found.end() :]
        self._settle_custom()
        return text

    def _settle_custom(self) -> None:
        """Set the marker with the mark that was taken."""
        key, self._custom = self._custom, None
        mark, self._custom_mark = self._custom_mark.strip(), ""
        if key is not None:
            label = self._around.labels.setdefault(key, mark.strip("[]()") or mark or "*")
            self._to.text.mark(label, target="-".join(key))

    def _without_own_mark(self, text: str) -> str:
        """The beginning of a note without the mark that its author typed there again."""
        self._mark_wanted = False
        label = self._to.note[0] if self._to.note else ""
        if label and (found := re.match(rf"\s*[\[(]?{re.escape(label)}[\])]?(?!\w)", text)):
            return text[found.end() :]
        return text

    def _strike(self, element: Any) -> None:
        """Leave out what was struck out under tracked changes, the notes that it refers to with it."""
        if any(True for _ in element.iter(W + "delText", W + "t", W + "footnoteReference", W + "endnoteReference")):
            self._around.deletions += 1
        for kind in ("footnote", "endnote"):
            for reference in element.iter(f"{W}{kind}Reference"):
                self._around.struck.add((kind, reference.get(W + "id") or ""))

    def _end_section(self) -> None:
        if self._to.note is None:
            for counting in self._around.counting.values():
                counting.end_section()

    def _table(self, table: Any, depth: int) -> None:
        rows = [row for row in _children(table, "tr") if not _is_struck_row(row)]
        if self._to.in_cell or self._to.note is not None or _is_layout(rows):
            for row in rows:
                for cell in _children(row, "tc"):
                    self.read(cell, depth + 2)
            return
        self._settle_raised()
        self._to.table([_columns(row) for row in rows], lambda cell: self._cell(cell, depth + 2))

    def _cell(self, cell: Any, depth: int) -> None:
        self.read(cell, depth)
        self._settle_raised()

    def _ruby(self, element: Any) -> None:
        """The words, and how they are said in parentheses."""
        for name, opening, closing in (("rubyBase", "", ""), ("rt", " (", ")")):
            for part in element.iter(W + name):
                self._add(opening)
                self._inline(part, 0)
                self._add(closing)

    def _describe(self, element: Any) -> None:
        """Keep what is said of the pictures in a drawing."""
        for one in element.iter(_DRAWN + "docPr", _SHAPE):
            self._to.describe_picture(one.get("descr") or one.get("alt") or "")


def _chosen(alternate: Any) -> Any:
    """Of alternate content (part 3, 9.3) the first choice that is made of what a reader knows, else the fallback."""
    choices = list(alternate.iterchildren(_CHOICES + "Choice"))
    fallback = alternate.find(_CHOICES + "Fallback")
    for choice in choices:
        if next(choice.iter(W + "t", W + "txbxContent"), None) is not None:
            return choice
    return fallback if fallback is not None else (choices[0] if choices else ())


def _children(element: Any, name: str) -> list[Any]:
    """The rows or cells of a table, also those wrapped into content controls or tracked insertions."""
    found: list[Any] = []
    for child in element:
        own = local_name(child)
        if own == name:
            found.append(child)
        elif own in _THROUGH:
            found += _children(child, name)
    return found


def _columns(row: Any) -> list[Any | None]:
    """The cells of a row by column (part 1, 17.4.17 and 17.4.15); one that continues a cell above (17.4.84) stands there itself."""
    before = row.find(f"{W}trPr/{W}gridBefore")
    found: list[Any | None] = [None] * _span(before)
    for cell in _children(row, "tc"):
        found += [cell, *[None] * (_span(cell.find(f"{W}tcPr/{W}gridSpan")) - 1)]
    return found


def _span(element: Any) -> int:
    text = (element.get(W + "val") or "") if element is not None else ""
    return min(_MOST_COLUMNS, int(text)) if text.isdecimal() and len(text) < 6 else 0


def _is_struck_row(row: Any) -> bool:
    properties = row.find(W + "trPr")
    return properties is not None and properties.find(W + "del") is not None


def _is_layout(rows: list[Any]) -> bool:
    """Whether a table only puts paragraphs beside each other."""
    widest = 0
    for row in rows:
        cells = _children(row, "tc")
        widest = max(widest, len(cells))
        for cell in cells:
            if (
                cell.find(".//" + W + "tbl") is not None
                or sum(len(text.text or "") for text in cell.iter(W + "t")) > _LONGEST_CELL
            ):
                return True
    return widest < 2


def _address_of(instruction: str) -> str:
    """The address of a field's instruction; empty when it is no link to the outside."""
    found = _ADDRESS_FIELD.match(instruction)
    if not found:
        return ""
    address = (found[1] or found[2] or "").strip()
    return f"{address}#{found[3]}" if address and found[3] and "#" not in address else address


def _symbol(element: Any) -> str:
    """The character of a symbol font; those that such fonts keep in the private area stand for the ones below."""
    try:
        code = int(element.get(W + "char") or "", 16)
    except ValueError:
        return ""
    code = code - 0xF000 if code in _PRIVATE else code
    return chr(code) if 0x20 <= code < 0xD800 else ""
