"""HTML to blocks: what a person would read on the page, in order, with its notes.

Read by libxml2 as HTML, never as XML: there are no entities to expand, no network, and nesting is bounded. Scripts, styles,
navigation, forms and hidden elements are left out. With ``is_main_text_only`` trafilatura says which text is the page's own, and
of our blocks those are kept that it found, so that links, markers and notes stay.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urljoin

import msgspec

from archive.errors import EmptyFile
from archive.formats.block_text import BlockText, marker_labels, settle_targets
from archive.formats.html_asides import add_asides
from archive.formats.html_lists import Lists, described_kind, word_level
from archive.formats.html_main_text import main_blocks
from archive.formats.html_notes import Joined, Notes, find_notes, is_back_link, is_back_part, is_worded
from archive.formats.html_shadows import open_shadows
from archive.formats.html_stated import base_address, read_stated
from archive.formats.html_tables import columns, is_layout, own_rows, strays
from archive.formats.html_tree import parse
from archive.formats.pictures import said_of_picture, without_echoes
from archive.model.document import Emphasis, Format, Link, PassageKind, Style
from archive.model.reading import Block, RawMarker, Reading

_CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_XML_CHARSET = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{2,40})")
_CHARSET_BYTES = 8192
_UNSEEN = re.compile("^[\x00-\x20]+|[\t\n\r]")  # what browsers drop before they look at the scheme (URL standard, 4.4)
_NO_ADDRESS = ("javascript:", "data:", "about:", "vbscript:", "file:")
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_LEADING_LABEL = "[\\s^↑\\]\\[.):]+$|[\\s\\[(^↑]*{label}[\\s\\]).:]*(?:[\\s\u00a0]+|$)|[\\s\\[(]*{label}[\\]).:]+|[\\s^↑\\]\\[]*[.):]?\\s+(?=\\S)|[\\s^↑\\]\\[]+(?=\\S)"
_LABEL_SIGN = "\ue000"
"""Stands for the label of a note in the pattern and in the text that is tried: a pattern for each label would be compiled for each note."""
_LEADING = re.compile(_LEADING_LABEL.format(label=_LABEL_SIGN))
_LEADING_UNLABELLED = re.compile(_LEADING_LABEL.format(label=""))

_HEADS_NOTES = re.compile(  # also where it is set as a paragraph of bold words
    r"\W*(?:(?:foot|end)?notes|примечани[яе]|сноски|зноскі|заўвагі|примітки|виноски)\W*", re.IGNORECASE
)
_LOWEST = 6
_DROPPED = frozenset((
    "script", "style", "nav", "noscript", "template", "iframe", "object", "embed", "svg", "canvas", "video", "audio", "button", "select",
    "input", "textarea", "datalist", "head", "map", "frameset", "applet", "dialog", "menu", "annotation", "annotation-xml",
))  # fmt: skip
_DROPPED_ROLES = {"navigation", "search", "menu", "menubar", "toolbar", "dialog", "alertdialog", "tablist", "doc-pagebreak"}
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "div", "dl", "dt", "fieldset", "figcaption",
    "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "html", "legend", "li", "listing", "main", "ol", "p", "pre", "xmp",
    "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "caption",
))  # fmt: skip
_LISTS = {"ul", "ol", "dl"}
_ITEMS = {"li", "dd"}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_KINDS = {
    "blockquote": (PassageKind.QUOTATION, 0), "figcaption": (PassageKind.CAPTION, 0), "caption": (PassageKind.CAPTION, 0),
    "pre": (PassageKind.CODE, 0), "listing": (PassageKind.CODE, 0), "xmp": (PassageKind.CODE, 0), "dt": (PassageKind.PARAGRAPH, 0),
}  # fmt: skip
_EMPHASIS = {
    "em": Emphasis.ITALIC, "i": Emphasis.ITALIC, "cite": Emphasis.ITALIC, "dfn": Emphasis.ITALIC, "var": Emphasis.ITALIC,
    "strong": Emphasis.BOLD, "b": Emphasis.BOLD, "code": Emphasis.CODE, "kbd": Emphasis.CODE, "samp": Emphasis.CODE, "tt": Emphasis.CODE,
}  # fmt: skip
_QUOTES = dict.fromkeys(("ru", "be", "uk"), ("«", "»"))
_DEEPEST = 200
_LITTLE_TEXT = 200


def read_html(text: str, *, is_main_text_only: bool = False, address: str = "") -> Reading:
    """The blocks of a page and what it states.

    Args:
        text: the page, decoded.
        is_main_text_only: leave out what stands around the page's own text; where next to nothing would be left, all of it is kept.
        address: where it was saved from, for links that only say where they lead from there; what the page says itself comes first.

    Raises:
        EmptyFile: nothing of it is text.
    """
    text = open_shadows(text)
    root = parse(text)
    stated = read_stated(root)
    blocks = _blocks(root, address)
    if is_main_text_only:
        blocks = main_blocks(text, blocks)
    return Reading(format=Format.HTML, blocks=blocks, stated=stated)


def blocks_of_fragment(text: str) -> tuple[Block, ...]:
    """The blocks of a piece of HTML inside another format; none where nothing of it is text."""
    try:
        return _blocks(parse(text))
    except EmptyFile:
        return ()


def blocks_of_tree(root: Any) -> tuple[Block, ...]:
    """The blocks of a page that is a tree already, elements named as in HTML."""
    return _blocks(root)


def declared_charset(data: bytes) -> str | None:
    """The encoding that a page names in its first 8 KiB (HTML standard, "prescan a byte stream", without its rarer cases)."""
    head = data[:_CHARSET_BYTES]
    found = _XML_CHARSET.search(head) or _CHARSET.search(head)
    return found[1].decode("ascii").lower() if found else None


def _blocks(root: Any, address: str = "") -> tuple[Block, ...]:
    kept = list(root.iter())  # lxml makes an object for an element again whenever it is met, unless somebody keeps it
    walk = _Walk(root, address)
    walk.visit(root, 0)
    walk.flush()
    del kept
    seen = sum(len(block.text) for block in walk.found)
    unseen = [element for element in root.iter("noscript") if sum(map(len, element.itertext())) > max(_LITTLE_TEXT, 4 * seen)]
    if seen < _LITTLE_TEXT and unseen:  # a page whose scripts show what it also holds for those who have none
        for element in unseen:
            element.tag = "div"
        return _blocks(root, address)
    return settle_targets(without_echoes(walk.found, walk.described))


class _Walk:
    """Goes through the elements once and makes blocks."""

    def __init__(self, root: Any, address: str) -> None:
        self.found: list[Block] = []
        self._address = base_address(root) or (address if address.startswith(("http://", "https://")) else "")
        self._notes: Notes = find_notes(root, own_addresses=(self._address, address))
        add_asides(root, self._notes)
        self._explaining = {text for holder, text in self._notes.asides.items() if text is not holder}
        self._writing = BlockText()
        self._kinds: list[tuple[PassageKind, int]] = [(PassageKind.PARAGRAPH, 0)]
        self._lists = Lists()
        self._pictures: list[str] = []
        self.described: set[int] = set()
        self._note: Joined | None = None
        self._waiting: list[tuple[Any, Joined]] = []
        self._is_note_begun = False
        self._is_link_open = False
        self._in_cell = False
        self._lead = ""
        self._is_item_begun = False

    def flush(self) -> None:
        """End the block that is being written; then come what is said of the pictures and the notes that stood inside it."""
        self._end_block()
        pictures, self._pictures = self._pictures, []
        for text in pictures:
            self.found.append(Block(kind=PassageKind.CAPTION, text=text))
            self.described.add(id(self.found[-1]))
        if self._waiting and self._note is None:
            waiting, self._waiting = self._waiting, []
            for element, note in waiting:
                self._enter_note(element, note, 0)

    def _start_block(self) -> None:
        """What comes next stands in a block of its own; most elements begin none, so what nobody has written to is kept."""
        is_code = self._kinds[-1][0] is PassageKind.CODE
        if not self._writing.is_untouched or self._writing.keeps_spaces is not is_code:
            self._writing = BlockText(keeps_spaces=is_code)

    def _end_block(self) -> None:
        (kind, level), writing = self._kinds[-1], self._writing
        self._start_block()
        if writing.is_empty:
            return
        label, target = self._note or (None, "")
        block = writing.finish(PassageKind.NOTE if self._note else kind, level=level, note_label=label, note_target=target)
        if block is None:
            return
        if kind is PassageKind.PARAGRAPH and self._note is None and _HEADS_NOTES.fullmatch(block.text) and not block.markers:
            block = msgspec.structs.replace(block, kind=PassageKind.HEADING, level=_LOWEST, styles=())
        if kind is PassageKind.LIST_ITEM and self._note is None:
            if self._is_item_begun:
                block = msgspec.structs.replace(block, kind=PassageKind.PARAGRAPH, level=0)
            self._is_item_begun = True
        if self._note and not self._is_note_begun:
            block = _without_label(block, self._note[0])
            if not block.text:
                return
            self._is_note_begun = True
        self.found.append(block)

    def visit(self, element: Any, depth: int) -> None:
        """Write the element and what is inside; its tail is the caller's."""
        is_marker = element in self._notes.markers
        tag = element.tag
        if not isinstance(tag, str) or (not is_marker and (tag in _DROPPED or is_back_part(element))):
            return
        body = self._notes.bodies.get(element)
        if depth > _DEEPEST:
            self._add(" ".join(element.itertext()))
        elif body is not None and self._note is None:
            if self._in_cell:
                self._waiting.append((element, body))
            else:
                self._enter_note(element, body, depth)
        elif is_marker:
            self._mark(element, depth)
        elif element in self._explaining or (self._note is None and _is_left_out(element)):
            return
        elif not self._in_cell and (tag in _BLOCKS or element.get("role") == "heading"):
            self._block(element, depth)
        else:
            self._inline(element, depth)

    def _mark(self, element: Any, depth: int) -> None:
        """Set a marker; inside a note it is one where it means another note."""
        label, target = self._notes.markers[element]
        aside = self._notes.asides.get(element)
        if self._note is not None and aside is not None:
            self._inside(element, depth)
        elif self._note is not None and target in {"", self._note[1]}:
            self._link(element, depth)
        else:
            self._begin()
            if aside is None and is_worded(element):
                self._inside(element, depth)
            self._writing.mark(label, target=target)
            if aside is not None:
                self._waiting.append((aside, (label, target)))

    def _inside(self, element: Any, depth: int) -> None:
        if self._note is not None and element in self._notes.starts:
            self.flush()
            self._note, self._is_note_begun = self._notes.starts[element], False
        self._add(element.text)
        for child in element:
            self.visit(child, depth + 1)
            self._add(child.tail)

    def _add(self, text: str | None) -> None:
        if text:
            if text.strip():
                self._begin()
            self._writing.add(text)

    def _begin(self) -> None:
        """Write the number of a list item before the first thing that stands in it."""
        if self._lead:
            self._writing.add_exactly(self._lead)
            self._lead = ""

    def _enter_note(self, element: Any, body: tuple[str, str], depth: int) -> None:
        self.flush()
        in_cell, self._in_cell = self._in_cell, False
        self._note, self._is_note_begun = body, False
        self._inside(element, depth)
        self.flush()
        self._note = None
        self._in_cell = in_cell

    def _block(self, element: Any, depth: int) -> None:
        self.flush()
        tag = element.tag
        if tag == "table" and not is_layout(element):
            self._table(element, depth)
            return
        if tag in _LISTS:
            self._lists.enter(element)
        self._kinds.append(self._kind_of(element))
        self._start_block()
        is_term = tag == "dt" and self._note is None
        if is_term:
            self._writing.open_style(Emphasis.BOLD)
        if self._kinds[-1][0] is PassageKind.LIST_ITEM and tag in _ITEMS:
            self._begin_item(element)
        self._inside(element, depth)
        self.flush()
        if tag in _ITEMS:
            self._lead, self._is_item_begun = "", True
        self._kinds.pop()
        self._start_block()
        if tag in _LISTS:
            self._lists.leave()

    def _kind_of(self, element: Any) -> tuple[PassageKind, int]:
        """What a block is; most are what they stand in."""
        tag = element.tag
        if tag == "li":
            return PassageKind.LIST_ITEM, max(1, self._lists.depth)
        if tag == "dd":
            return described_kind(element, self._lists.depth)
        if tag in _HEADINGS:
            return PassageKind.HEADING, _level(element.get("aria-level"), int(tag[1]))
        if element.get("role") == "heading":
            return PassageKind.HEADING, _level(element.get("aria-level"), 2)
        if tag == "p" and (level := word_level(element)):
            self._is_item_begun = False
            return PassageKind.LIST_ITEM, level
        return _KINDS.get(tag) or self._kinds[-1]

    def _begin_item(self, item: Any) -> None:
        self._lead, self._is_item_begun = "", False
        label = self._lists.next_label(item)
        if self._note is None:
            self._lead = label

    def _table(self, table: Any, depth: int) -> None:
        """Write a table as one block: rows are lines, cells stand between tabs; notes that it holds follow it."""
        for caption in table.iterchildren("caption"):
            self._block(caption, depth + 1)
        for stray in strays(table):
            self._add(stray) if isinstance(stray, str) else self.visit(stray, depth + 1)
        self.flush()
        self._kinds.append((PassageKind.TABLE, 0))
        self._in_cell = True
        rows = [row for row in own_rows(table) if not _is_left_out(row)]
        is_first_row = True
        for row, cells in zip(rows, columns(rows), strict=True):
            if not cells:
                continue
            if not is_first_row:
                self._writing.add_exactly("\n")
            is_first_row = False
            if row in self._notes.bodies:
                self._waiting.append((row, self._notes.bodies[row]))
                continue
            for place, cell in enumerate(cells):
                if place:
                    self._writing.add_exactly("\t")
                if cell is not None and cell in self._notes.bodies:
                    self._waiting.append((cell, self._notes.bodies[cell]))
                elif cell is not None:
                    self._inside(cell, depth + 2)
        self._in_cell = False
        self.flush()
        self._kinds.pop()

    def _inline(self, element: Any, depth: int) -> None:
        tag = element.tag
        if tag == "br":
            (self._writing.add_exactly("\n") if self._kinds[-1][0] is PassageKind.CODE else self._break())
        elif tag == "hr":
            self.flush()
            self.found.append(Block(kind=PassageKind.PARAGRAPH, text="", is_rule=True))
        elif tag == "wbr":
            pass
        elif tag == "a":
            self._link(element, depth)
        elif tag == "sup":
            self._raised(element, depth)
        elif tag in _EMPHASIS:
            self._begin()
            self._writing.open_style(_EMPHASIS[tag])
            self._inside(element, depth)
            self._writing.close_style(_EMPHASIS[tag])
        elif self._in_cell and tag in _BLOCKS:
            self._in_cell_block(element, depth)
        elif tag == "img":
            self._picture(element)
        elif tag == "q":
            self._quote(element, depth)
        elif tag == "rt" and (element.getprevious() is None or element.getprevious().tag != "rp"):
            self._add(" (")
            self._inside(element, depth)
            self._add(")")
        else:
            self._inside(element, depth)

    def _in_cell_block(self, element: Any, depth: int) -> None:
        """What elsewhere would be a block of its own is set apart by a space."""
        self._writing.separate()
        if element.tag in _LISTS:
            self._lists.enter(element)
        if element.tag in _ITEMS:
            self._begin_item(element)
        self._inside(element, depth)
        if element.tag in _LISTS:
            self._lists.leave()
        self._lead = ""
        self._writing.separate()

    def _picture(self, image: Any) -> None:
        text = said_of_picture(image.get("alt"))
        if text and self._note is None and not _is_left_out(image) and image.get("role") not in {"presentation", "none"}:
            self._pictures.append(text)

    def _quote(self, element: Any, depth: int) -> None:
        """Set the quotation marks that browsers set around a ``q``."""
        language = next((one.get("lang") for one in (element, *element.iterancestors()) if one.get("lang")), "")
        opening, closing = _QUOTES.get(language[:2].lower(), ("“", "”"))
        self._begin()
        self._writing.add(opening)
        self._inside(element, depth)
        self._writing.add(closing)

    def _break(self) -> None:
        if self._in_cell:
            self._writing.separate()
        else:
            self._writing.break_line()

    def _link(self, element: Any, depth: int) -> None:
        if self._note is not None and is_back_link(element, self._notes.backs):
            return
        address_text = self._absolute(element.get("href"))
        if not address_text or self._is_link_open:
            self._inside(element, depth)
            return
        self._begin()
        self._writing.open_link(address_text)
        self._is_link_open = True
        self._inside(element, depth)
        self._is_link_open = False
        self._writing.close_link()

    def _raised(self, element: Any, depth: int) -> None:
        links = [link for link in element.iter("a", "span") if link in self._notes.markers]
        if links and self._note is None:
            for link in links:
                self._mark(link, depth + 1)
            return
        text = "".join(element.itertext())
        if marker_labels(text) and not (self._note and (not self._is_note_begun or element.find(".//a") is not None)):
            self._writing.raise_text(text)
        else:
            self._inside(element, depth)

    def _absolute(self, href: str | None) -> str:
        """The address a link leads to; nothing for a place in this page or for what is no address."""
        href = _UNSEEN.sub("", (href or "").strip())
        if href.startswith(("http://", "https://")):
            return href
        if not href or href.startswith("#") or href.lower().startswith(_NO_ADDRESS):
            return ""
        try:
            return urljoin(self._address, href) if self._address else href
        except ValueError:
            return href


def _is_left_out(element: Any) -> bool:
    """Whether a person who opens the page does not see the element, or sees it as a part of the site and not of the text."""
    named = element.keys()
    return (
        "hidden" in named
        or ("aria-hidden" in named and element.get("aria-hidden") == "true")
        or ("role" in named and element.get("role") in _DROPPED_ROLES)
        or ("style" in named and _HIDDEN_STYLE.search(element.get("style")) is not None)
    )


def _level(text: str | None, otherwise: int) -> int:
    return max(1, min(_LOWEST, int(text))) if text and text.isdecimal() and len(text) < 4 else otherwise


def _leading(text: str, label: str) -> int:
    """How many characters at the front of a note are its own number and the signs around it."""
    if not label:
        found = _LEADING_UNLABELLED.match(text)
        return found.end() if found else 0
    place = text.find(label)
    found = _LEADING.match(text.replace(label, _LABEL_SIGN, 1))
    end = found.end() if found else 0
    return end + len(label) - len(_LABEL_SIGN) if 0 <= place < end else end


def _without_label(block: Block, label: str) -> Block:
    """A note's first block without its own number at the front."""
    cut = _leading(block.text, label)
    markers = block.markers
    if markers and markers[0].at <= cut and markers[0].label == label:
        markers = markers[1:]
    elif not cut:
        return block

    def moved(at: int) -> int:
        return max(0, at - cut)

    return msgspec.structs.replace(
        block,
        text=block.text[cut:],
        markers=tuple(RawMarker(marker.label, moved(marker.at), marker.target) for marker in markers),
        links=tuple(Link(moved(link.start), link.end - cut, link.address_text) for link in block.links if link.end > cut),
        styles=tuple(Style(moved(style.start), style.end - cut, style.emphasis) for style in block.styles if style.end > cut),
    )
