r"""RTF (specification 1.9.1) to blocks, with its notes.

A note stands in the text where its marker does (``{\super\chftn{\footnote ...}}``), so the pairing is exact. Letters come as bytes of
the code page of their font (``\'e0`` in ``\fcharset204`` is ``а``) or as ``\u1072?``. Left out: pictures, running heads, annotations,
hidden text, and what was struck out under tracked changes.
"""

from __future__ import annotations

import re

import msgspec

from archive.errors import DamagedFile
from archive.formats.block_text import BlockText, settle_targets
from archive.formats.numerals import numeral
from archive.formats.rtf_words import CHARACTERS, NUMERALS, SKIPPED, THROUGH, TOKEN, code_page, code_page_of_charset
from archive.model.document import Emphasis, Format, PassageKind, Problem
from archive.model.reading import Block, Reading, StatedProperties

_HEADING = re.compile(r"(?:heading|заголовок|загаловак) (\d)", re.IGNORECASE)
_ADDRESS_FIELD = re.compile(r'\s*HYPERLINK\s+(?:"([^"]*)"|(?!\\)(\S+))', re.IGNORECASE)
_NUMBER_STYLE = re.compile(r"(a?ftn)n(ar|alc|auc|rlc|ruc|chi)")
_ENDNOTE_SOON = re.compile(rb"\s*(?:\\[a-z]+-?\d* ?){0,3}?\\ftnalt\b")
_NAMED = (
    (re.compile("caption|названи. объект|подпис|подпіс", re.IGNORECASE), PassageKind.CAPTION),
    (re.compile("quot|цитат|цытат|block text", re.IGNORECASE), PassageKind.QUOTATION),
)
_LONGEST_RAISED = 16
_LONGEST_MARK = 10
_DEEPEST = 2000
_TABLES_OF_NAMES = {"fonttbl", "stylesheet"}
_INFORMATION = {"title", "author", "keywords"}


class _Look(msgspec.Struct, frozen=True):
    """How characters look; ``is_struck`` says that they were deleted under tracked changes."""

    is_bold: bool = False
    is_italic: bool = False
    is_raised: bool = False
    is_hidden: bool = False
    is_struck: bool = False


class _Group(msgspec.Struct):
    """What holds inside a pair of braces. ``goes_to`` is where its text goes: ``text``, ``nowhere`` or the name of a destination."""

    goes_to: str = "text"
    look: _Look = _Look()
    font: int = -1
    fallback_letters: int = 1
    ends: str = ""


class _Writer(msgspec.Struct):
    """One story: the body, or one note."""

    writing: BlockText
    blocks: list[Block]
    note: tuple[str, str] | None = None
    style: int = 0
    outline: int = 9
    lead: str = ""
    list_level: int = 0
    in_table: bool = False
    before_cell: str = ""
    raised: str = ""


def read_rtf(data: bytes) -> Reading:
    """The blocks of an RTF in reading order, its notes behind them, and what its information group states.

    Problems: ``deletions-left-out`` and ``comments-left-out`` with their count.

    Raises:
        DamagedFile: braces are nested as no program nests them.
    """
    walk = _Walk(data)
    walk.read()
    problems = [
        Problem(code, str(count))
        for code, count in (("deletions-left-out", walk.deletions), ("comments-left-out", walk.comments))
        if count
    ]
    return Reading(
        format=Format.RTF,
        blocks=settle_targets(walk.finish()),
        stated=walk.stated(),
        encoding=walk.encoding,
        problems=tuple(problems),
    )


class _Walk:
    """Goes through the tokens once and makes blocks."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.encoding = "cp1252"
        self.deletions = self.comments = 0
        self._group = _Group()
        self._groups: list[_Group] = []
        self._writer = _Writer(BlockText(), [])
        self._writers: list[_Writer] = []
        self._notes: dict[str, list[Block]] = {"ftn": [], "aftn": []}
        self._counts = {"ftn": 0, "aftn": 0}
        self._number_styles = {"ftn": "decimal", "aftn": "decimal"}
        self._is_numbered = False
        self._letters = bytearray()
        self._skip_letters = 0
        self._high = 0
        self._font_pages: dict[int, str] = {}
        self._styles: dict[int, str] = {}
        self._gathered = ""
        self._style_number = 0
        self._information: dict[str, str] = {}
        self._instructions: list[str] = []
        self._is_skippable = False
        self._was_struck = False

    def read(self) -> None:
        """Read the file to its end, or to the end of its outermost group."""
        at, size = 0, len(self._data)
        while at < size and (token := TOKEN.match(self._data, at)):
            at = token.end()
            kind = token.lastgroup
            if kind == "number":
                kind = "word"
            if kind == "text":
                self._take_letters(token["text"])
            elif kind == "byte":
                self._take_letters(bytes([int(token["byte"], 16)]))
            elif kind == "group":
                self._open() if token["group"] == b"{" else self._close()
            elif kind == "word":
                word, number = token["word"].decode("ascii"), token["number"]
                if word == "bin":
                    at += max(0, int(number or 0))
                else:
                    self._word(word, int(number) if number is not None else None, at)
            elif kind == "sign":
                self._sign(token["sign"])

    def finish(self) -> list[Block]:
        """The blocks of the body, then those of the notes: at the foot first, at the end last."""
        while self._groups:
            self._close()
        self._settle()
        self._flush()
        return [*self._writer.blocks, *self._notes["ftn"], *self._notes["aftn"]]

    def stated(self) -> StatedProperties:
        """What the information group states."""
        topics = tuple(part.strip() for part in re.split(r"[;,]", self._information.get("keywords", "")) if part.strip())
        authors = tuple(part.strip() for part in self._information.get("author", "").split(";") if part.strip())
        return StatedProperties(title=self._information.get("title") or None, authors=authors, topics=topics[:50])

    # groups

    def _open(self) -> None:
        self._settle()
        if len(self._groups) > _DEEPEST:
            raise DamagedFile(format=Format.RTF)
        self._groups.append(self._group)
        self._group = msgspec.structs.replace(self._group, ends="")
        self._is_skippable = False

    def _close(self) -> None:
        self._settle()
        ended = self._group
        if self._groups:
            self._group = self._groups.pop()
        match ended.ends:
            case "note":
                self._settle_raised()
                self._flush()
                note, self._writer = self._writer, self._writers.pop()
                assert note.note is not None
                self._notes[note.note[1].split("-", 1)[0]] += note.blocks
            case "link":
                self._settle_raised()
                self._writer.writing.close_link()
            case "field":
                self._instructions.pop()
            case "listtext":
                self._writer.lead, self._gathered = self._gathered, ""
            case "title" | "author" | "keywords" as name:
                self._information[name], self._gathered = " ".join(self._gathered.split())[:500], ""
            case "stylesheet" if self._gathered.strip():
                self._styles[self._style_number], self._gathered = self._gathered.strip(" ;"), ""
        if self._group.goes_to == "stylesheet":
            if self._gathered.strip():
                self._styles[self._style_number] = self._gathered.strip(" ;")
            self._gathered, self._style_number = "", 0

    def _destination(self, word: str, at: int) -> bool:
        """Whether the word begins a destination; if so, the rest of the group goes there."""
        group = self._group
        is_skippable, self._is_skippable = self._is_skippable, False
        if group.goes_to == "nowhere" and word != "ud":
            return True
        if word in SKIPPED or word in {"upr", "info", "annotation"}:
            self.comments += word == "annotation"
            group.goes_to = "info" if word == "info" else "nowhere"
        elif word in _TABLES_OF_NAMES:
            group.goes_to = word
        elif word in _INFORMATION and group.goes_to == "info":
            group.goes_to = group.ends = word
            self._gathered = ""
        elif word in {"listtext", "pntext"}:
            group.goes_to, group.ends, self._gathered = "listtext", "listtext", ""
        elif word == "field":
            self._instructions.append("")
            group.ends = "field"
        elif word == "fldinst" and self._instructions:
            group.goes_to = "fldinst"
        elif word == "fldrslt" and self._instructions:
            self._open_link(group)
        elif word == "footnote" and group.goes_to == "text":
            self._open_note(at)
        elif word == "ud":
            group.goes_to = "text"
        elif word in THROUGH:
            pass
        elif is_skippable:
            group.goes_to = "nowhere"
        else:
            return False
        return True

    def _resume_text(self) -> None:
        """A paragraph ends where only names may stand: the group of these was never closed, so what follows is text."""
        for group in (self._group, *self._groups):
            if group.goes_to in _TABLES_OF_NAMES:
                group.goes_to, group.ends = "text", ""
        self._gathered = ""

    def _open_link(self, group: _Group) -> None:
        found = _ADDRESS_FIELD.match(self._instructions[-1])
        address = (found[1] or found[2] or "").strip() if found else ""
        if address and group.goes_to == "text":
            self._settle_raised()
            self._writer.writing.open_link(address)
            group.ends = "link"

    def _open_note(self, at: int) -> None:
        """Set the marker, and let the rest of the group be the note."""
        kind = "aftn" if _ENDNOTE_SOON.match(self._data, at, at + 200) else "ftn"
        writer = self._writer
        mark = writer.raised.strip()
        if self._is_numbered or not mark or len(mark) > _LONGEST_MARK:
            self._settle_raised()
            self._counts[kind] += 1
            mark = numeral(self._counts[kind], self._number_styles[kind])
        writer.raised, self._is_numbered = "", False
        if writer.note is not None:  # a note in a note is the text of that note
            self._group.ends = ""
            return
        target = f"{kind}-{len(self._notes['ftn'])}-{len(self._notes['aftn'])}-{self._counts[kind]}-{at}"
        self._before_text()
        writer.writing.mark(mark, target=target)
        self._writers.append(writer)
        self._writer = _Writer(BlockText(), [], note=(mark, target))
        self._group.ends, self._group.look = "note", _Look()

    # words

    def _word(self, word: str, number: int | None, at: int) -> None:
        if word == "u":
            self._unicode(number or 0)
            return
        self._settle()
        if word == "par" and self._group.goes_to in _TABLES_OF_NAMES:
            self._resume_text()
        if self._destination(word, at):
            return
        group = self._group
        if word in CHARACTERS:
            self._add(CHARACTERS[word])
        elif word == "uc":
            group.fallback_letters = max(0, min(10, number or 0))
        elif word == "f":
            group.font = number or 0
        elif word in {"fcharset", "cpg"} and group.goes_to == "fonttbl":
            page = code_page_of_charset(number or 0) if word == "fcharset" else code_page(number or 0)
            if page:
                self._font_pages[group.font] = page
        elif word in {"ansicpg", "mac", "pc", "pca"}:
            known = {"mac": "mac-roman", "pc": "cp437", "pca": "cp850"}
            self.encoding = known.get(word) or code_page(number or 0) or self.encoding
        elif word == "s" and group.goes_to == "stylesheet":
            self._style_number = number or 0
        elif group.goes_to == "text":
            self._format(word, number)

    def _format(self, word: str, number: int | None) -> None:
        """A word that says how text looks or where a paragraph ends."""
        group, writer = self._group, self._writer
        is_on = number != 0
        match word:
            case "par" | "sect" | "page" | "softpage":
                if word == "par" or not writer.writing.is_empty:
                    self._end_paragraph()
            case "cell" | "row":
                self._end_cell(is_row=word == "row")
            case "nestcell" | "nestrow":
                self._settle_raised()
                writer.writing.separate()
            case "pard":
                writer.style, writer.outline, writer.list_level, writer.in_table = 0, 9, 0, False
            case "intbl":
                writer.in_table = True
            case "s":
                writer.style = number or 0
            case "outlinelevel":
                writer.outline = number or 0
            case "ilvl":
                writer.list_level = max(0, min(8, number or 0))
            case "line" | "lbr":
                self._settle_raised()
                (writer.writing.separate() if writer.in_table else writer.writing.break_line())
            case "chftn":
                if writer.note is None:
                    self._settle_raised()
                    self._is_numbered = True
            case "plain":
                group.look = _Look()
            case "b" | "i" | "v" | "deleted":
                name = {"b": "is_bold", "i": "is_italic", "v": "is_hidden", "deleted": "is_struck"}[word]
                group.look = msgspec.structs.replace(group.look, **{name: is_on})
            case "super" | "up" | "nosupersub" | "sub" | "dn":
                is_raised = (word == "super" and is_on) or (word == "up" and (6 if number is None else number) >= 3)
                group.look = msgspec.structs.replace(group.look, is_raised=is_raised)
            case "ftnstart" | "aftnstart":
                self._counts[word.removesuffix("start")] = max(0, (number or 1) - 1)
            case _:
                if style := _NUMBER_STYLE.fullmatch(word):
                    self._number_styles[style[1]] = NUMERALS[style[2]]

    def _sign(self, sign: bytes) -> None:
        letter = sign.decode("latin-1")
        if letter == "*":
            self._is_skippable = True
        elif letter in "\\{}":
            self._take_letters(sign)
        elif letter in "\r\n":
            self._settle()
            self._format("par", None)
        elif letter in CHARACTERS:
            self._settle()
            self._add(CHARACTERS[letter])

    # letters

    def _unicode(self, number: int) -> None:
        self._settle(keeps_half=True)
        code = number & 0xFFFF
        self._skip_letters = self._group.fallback_letters
        if 0xD800 <= code < 0xDC00:
            self._high = code
        elif 0xDC00 <= code < 0xE000:
            if self._high:
                self._add(chr(0x10000 + ((self._high - 0xD800) << 10) + (code - 0xDC00)))
            self._high = 0
        elif code:
            self._add(chr(code - 0xF000 if 0xF020 <= code < 0xF100 else code))

    def _take_letters(self, letters: bytes) -> None:
        if self._skip_letters:
            skipped = min(self._skip_letters, len(letters))
            self._skip_letters -= skipped
            letters = letters[skipped:]
        self._letters += letters

    def _settle(self, *, keeps_half: bool = False) -> None:
        """Turn the bytes that have come into letters."""
        self._skip_letters = 0
        if not keeps_half:
            self._high = 0
        if self._letters:
            page = self._font_pages.get(self._group.font, self.encoding)
            text = self._letters.decode(page, "replace")
            self._letters.clear()
            self._add(text)

    def _add(self, text: str) -> None:
        group, writer = self._group, self._writer
        if group.goes_to != "text":
            if group.goes_to == "fldinst":
                self._instructions[-1] += text
            elif group.goes_to in {"listtext", "stylesheet", *_INFORMATION}:
                self._gathered += text
            return
        look = group.look
        if look.is_struck and not self._was_struck and text.strip():
            self.deletions += 1
        self._was_struck = look.is_struck
        if look.is_hidden or look.is_struck:
            return
        if look.is_raised and len(writer.raised) + len(text) <= _LONGEST_RAISED:
            writer.raised += text
            return
        self._settle_raised()
        if not text.strip():
            writer.writing.add(text)
            return
        if writer.note is not None and not writer.blocks and writer.writing.is_empty:
            own = writer.note[0]  # a mark of the author's choice stands before the note again, as text
            text = text.lstrip().removeprefix(own).lstrip() if own and not own.isalnum() else text
        self._before_text()
        styles = [style for style, holds in ((Emphasis.BOLD, look.is_bold), (Emphasis.ITALIC, look.is_italic)) if holds]
        for style in styles:
            writer.writing.open_style(style)
        writer.writing.add(text)
        for style in reversed(styles):
            writer.writing.close_style(style)

    def _settle_raised(self) -> None:
        writer = self._writer
        raised, writer.raised = writer.raised, ""
        if not raised.strip():
            writer.writing.add(raised)
            return
        self._before_text()
        if writer.note is not None and writer.writing.is_empty and not writer.blocks and raised.strip() == writer.note[0]:
            return
        writer.writing.raise_text(raised)

    def _before_text(self) -> None:
        """Write what stands before the first words of a cell or a list item."""
        writer = self._writer
        if writer.in_table:
            if writer.before_cell:
                writer.writing.add_exactly(writer.before_cell)
                writer.before_cell = ""
        elif writer.before_cell:
            self._flush()
        if writer.writing.is_empty and writer.lead and writer.note is None and any(map(str.isalnum, writer.lead)):
            writer.writing.add_exactly(f"{writer.lead.strip()} ")

    # blocks

    def _end_paragraph(self) -> None:
        self._settle_raised()
        writer = self._writer
        if writer.in_table:
            writer.writing.separate()
        elif not writer.before_cell:
            self._flush()

    def _end_cell(self, *, is_row: bool) -> None:
        self._settle_raised()
        writer = self._writer
        writer.in_table = True
        if is_row:
            writer.before_cell = "\n"
            return
        if writer.before_cell:
            writer.writing.add_exactly(writer.before_cell)
        writer.before_cell = "\t"

    def _flush(self) -> None:
        writer = self._writer
        writing, writer.writing = writer.writing, BlockText()
        label, target = writer.note or (None, "")
        kind, level = self._kind(writer)
        block = writing.finish(kind, level=level, note_label=label, note_target=target)
        if block is not None:
            writer.blocks.append(block)
        writer.lead = writer.before_cell = ""

    def _kind(self, writer: _Writer) -> tuple[PassageKind, int]:
        if writer.note is not None:
            return PassageKind.NOTE, 0
        if writer.before_cell:
            return PassageKind.TABLE, 0
        name = self._styles.get(writer.style, "") if writer.style else ""
        if heading := _HEADING.match(name):
            return PassageKind.HEADING, max(1, min(6, int(heading[1])))
        if name.lower() in {"title", "название", "назва"}:
            return PassageKind.HEADING, 1
        if 0 <= writer.outline < 9:
            return PassageKind.HEADING, min(6, writer.outline + 1)
        if named := next((kind for words, kind in _NAMED if words.search(name)), None):
            return named, 0
        return (PassageKind.LIST_ITEM, writer.list_level + 1) if writer.lead else (PassageKind.PARAGRAPH, 0)
