r"""Markdown to blocks: CommonMark with tables, notes as ``[^1]`` and as PDF converters write them (``<sup>1</sup>``).

The grammar is markdown-it's; what is ours is the notes (the syntax of Pandoc and GitHub), bare addresses, and what
becomes of inline HTML. A link's text and target lose the backslashes that converters leave in addresses:
``[https://a.org/b\\_c](https://a.org/b_c)`` reads ``https://a.org/b_c``. No address is ever decoded or encoded.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from archive.formats.block_text import BlockText, marker_labels, settle_targets, without_escapes
from archive.formats.html import blocks_of_fragment
from archive.model.document import Emphasis, Format, PassageKind
from archive.model.reading import Block, RawMarker, Reading, StatedProperties
from archive.values import Language

_DEFINITION = re.compile(r"\[\^([^\]\s^]{1,80})\]:[ \t]*")
_REFERENCE = re.compile(r"\[\^([^\]\s^]{1,80})\]")
_INLINE_NOTE = "^["
_SCHEME = re.compile(r"(?:^|[^a-zA-Z0-9.+-])((?:https?|ftp))$", re.IGNORECASE)
_BARE_ADDRESS = re.compile(r"://[^\s<>\[\]`\"«»“”|]+")
_LONGEST_RAISED = 16
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)\b([^>]*)>", re.DOTALL)
_HREF = re.compile(r"""\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.{0,8000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FRONT_LINE = re.compile(r"^([A-Za-z_-]{2,30}):[ \t]*(.*)$")

_EMPHASIS_OF = {
    "em": Emphasis.ITALIC,
    "i": Emphasis.ITALIC,
    "cite": Emphasis.ITALIC,
    "strong": Emphasis.BOLD,
    "b": Emphasis.BOLD,
    "code": Emphasis.CODE,
    "kbd": Emphasis.CODE,
    "tt": Emphasis.CODE,
}


def read_markdown(text: str) -> Reading:
    """The blocks of a Markdown text in file order, definitions of notes where they stand, and what its front matter states.

    Every ``<sup>1</sup>`` and ``[^1]`` is a marker, also at the start of a paragraph; ``archive.footnotes`` decides what that means.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    stated, text = _front_matter(text)
    env: dict[str, Any] = {}
    tokens = _Grammar().parse(text, env)
    blocks = list(_Walk(tokens, env).blocks())
    return Reading(format=Format.MARKDOWN, blocks=settle_targets(_with_numbers(blocks, env)), stated=stated)


class _Grammar(MarkdownIt):
    """CommonMark with our three additions, and addresses left exactly as they stand."""

    def __init__(self) -> None:
        super().__init__("commonmark")
        self.enable(["table", "strikethrough"])
        self.block.ruler.before("reference", "note_definition", _note_definition, {"alt": ["paragraph", "reference"]})
        self.inline.ruler.before("link", "note_reference", _note_reference)
        self.inline.ruler.before("link", "inline_note", _inline_note)
        self.inline.ruler.before("autolink", "bare_address", _bare_address)
        self.inline.add_terminator_char(":")
        self.inline.add_terminator_char("^")

    def validateLink(self, url: str) -> bool:  # noqa: N802, ARG002 (markdown-it's name; nothing is opened, so nothing is refused)
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: N802 (markdown-it's name)
        return url

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802 (markdown-it's name)
        return without_escapes(link)


def _note_definition(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:  # noqa: FBT001 (markdown-it calls so)
    """``[^1]: text`` and what is indented below it."""
    if state.is_code_block(start_line):
        return False
    start = state.bMarks[start_line] + state.tShift[start_line]
    found = _DEFINITION.match(state.src, start, state.eMarks[start_line])
    if not found:
        return False
    if silent:
        return True
    label = found[1]
    state.env.setdefault("notes", set()).add(label)
    kept = (state.bMarks[start_line], state.tShift[start_line], state.sCount[start_line], state.parentType, state.blkIndent)
    opening = state.push("note_open", "", 1)
    opening.meta = {"label": label}
    state.bMarks[start_line] = found.end()
    state.tShift[start_line] = 0
    state.blkIndent += 4
    state.sCount[start_line] = state.blkIndent
    state.parentType = "note"
    state.md.block.tokenize(state, start_line, end_line)
    state.push("note_close", "", -1)
    state.bMarks[start_line], state.tShift[start_line], state.sCount[start_line], state.parentType, state.blkIndent = kept
    return True


def _note_reference(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 (markdown-it calls so)
    """``[^1]``, whether or not a definition stands anywhere: a marker without a note is reported, not hidden."""
    found = _REFERENCE.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        label = found[1]
        order: list[str] = state.env.setdefault("order", [])
        if label not in order:
            order.append(label)
        state.push("note_reference", "", 0).meta = {"label": label}
    state.pos = found.end()
    return True


def _inline_note(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 (markdown-it calls so)
    """Pandoc's ``^[the note itself]``."""
    if not state.src.startswith(_INLINE_NOTE, state.pos):
        return False
    end = state.md.helpers.parseLinkLabel(state, state.pos + 1)
    if end < 0:
        return False
    if not silent:
        body = state.src[state.pos + len(_INLINE_NOTE) : end]
        written: list[tuple[str, str]] = state.env.setdefault("inline_notes", [])
        label = f"inline note {len(written) + 1}"  # spaces cannot stand in a label that a person wrote
        written.append((label, body))
        state.env.setdefault("order", []).append(label)
        state.push("note_reference", "", 0).meta = {"label": label}
    state.pos = end + 1
    return True


def _bare_address(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 (markdown-it calls so)
    """An address without any markup: its underscores are no emphasis, its escapes no part of it."""
    found = _BARE_ADDRESS.match(state.src, state.pos, state.posMax)
    scheme = _SCHEME.search(state.src[max(0, state.pos - 8) : state.pos]) if found else None
    if not found or not scheme:
        return False
    rest = _until_bracket(found[0]).rstrip(".,;:!?*'’)")
    if len(rest) <= len("://"):
        return False
    if not silent:
        is_link = state.linkLevel == 0 and state.pending.endswith(scheme[1])
        address_text = without_escapes(scheme[1] + rest)
        if is_link:
            state.pending = state.pending[: -len(scheme[1])]
            state.push("link_open", "a", 1).attrs = {"href": address_text}
            state.push("text", "", 0).content = address_text
            state.push("link_close", "a", -1)
        else:
            state.append_pending(without_escapes(rest))
    state.pos += len(rest)
    return True


def _until_bracket(address: str) -> str:
    """Up to the closing parenthesis that was not opened inside: ``(see https://a.org/b_(c))``."""
    depth = 0
    for place, character in enumerate(address):
        depth += (character == "(") - (character == ")")
        if depth < 0:
            return address[:place]
    return address


class _Walk:
    """Goes through markdown-it's tokens once and makes blocks."""

    def __init__(self, tokens: Sequence[Token], env: dict[str, Any]) -> None:
        self._tokens = tokens
        self._env = env
        self._quotes = 0
        self._lists: list[int | None] = []  # the next number of each open list, None for bullets
        self._item_lead: str | None = None  # what the next paragraph of an item begins with; None when the item has begun
        self._note: str | None = None
        self._in_cell = False

    def blocks(self) -> Iterator[Block]:
        """The blocks in file order."""
        at = 0
        while at < len(self._tokens):
            token = self._tokens[at]
            kind = token.type
            if kind == "table_open":
                end = next(place for place in range(at, len(self._tokens)) if self._tokens[place].type == "table_close")
                block = self._table(self._tokens[at:end])
                at = end
                if block:
                    yield block
            elif kind == "inline":
                yield from self._inline_block(token, self._tokens[at - 1])
            elif kind in {"fence", "code_block"}:
                writing = BlockText(keeps_spaces=True)
                writing.add(token.content)
                yield from self._finished(writing, PassageKind.CODE)
            elif kind == "html_block":
                yield from self._html(token.content)
            elif kind == "hr":
                yield Block(kind=PassageKind.PARAGRAPH, text="", is_rule=True)
            else:
                self._enter_or_leave(token)
            at += 1
        for label, body in self._env.get("inline_notes", ()):
            self._note = label
            writing = BlockText()
            for token in _Grammar().parseInline(body, {}):
                self._write(writing, token.children or ())
            yield from self._finished(writing, PassageKind.NOTE)

    def _enter_or_leave(self, token: Token) -> None:
        match token.type:
            case "blockquote_open":
                self._quotes += 1
            case "blockquote_close":
                self._quotes -= 1
            case "bullet_list_open":
                self._lists.append(None)
            case "ordered_list_open":
                self._lists.append(int(token.attrGet("start") or 1))
            case "bullet_list_close" | "ordered_list_close":
                self._lists.pop()
                self._item_lead = None
            case "list_item_open":
                number = self._lists[-1]
                self._item_lead = "" if number is None else f"{number}{token.markup} "
                if number is not None:
                    self._lists[-1] = number + 1
            case "list_item_close":
                self._item_lead = None
            case "note_open":
                self._note = token.meta["label"]
            case "note_close":
                self._note = None

    def _inline_block(self, token: Token, opening: Token) -> Iterator[Block]:
        writing = BlockText()
        kind, level = PassageKind.PARAGRAPH, 0
        if self._note is not None:
            kind = PassageKind.NOTE
        elif opening.type == "heading_open":
            kind, level = PassageKind.HEADING, int(opening.tag[1])
        elif self._item_lead is not None:
            kind, level = PassageKind.LIST_ITEM, len(self._lists)
        elif self._quotes:
            kind = PassageKind.QUOTATION
        if self._item_lead is not None and kind is not PassageKind.HEADING:
            writing.add_exactly(self._item_lead)
            self._item_lead = None
        self._write(writing, token.children or ())
        yield from self._finished(writing, kind, level=level)

    def _table(self, tokens: Sequence[Token]) -> Block | None:
        writing = BlockText()
        is_first_row = is_first_cell = True
        for token in tokens:
            if token.type == "tr_open":
                if not is_first_row:
                    writing.add_exactly("\n")
                is_first_row, is_first_cell = False, True
            elif token.type in {"th_open", "td_open"}:
                if not is_first_cell:
                    writing.add_exactly("\t")
                is_first_cell = False
            elif token.type == "inline":
                self._in_cell = True
                self._write(writing, token.children or ())
                self._in_cell = False
        return writing.finish(PassageKind.TABLE)

    def _html(self, content: str) -> Iterator[Block]:
        for block in blocks_of_fragment(content):
            yield (
                block
                if self._note is None
                else msgspec.structs.replace(block, kind=PassageKind.NOTE, note_label=self._note, note_target=_target(self._note))
            )

    def _finished(self, writing: BlockText, kind: PassageKind, *, level: int = 0) -> Iterator[Block]:
        note = self._note
        block = writing.finish(kind, level=level, note_label=note, note_target=_target(note) if note is not None else "")
        if block is not None:
            yield block

    def _write(self, writing: BlockText, children: Sequence[Token]) -> None:
        """Put inline tokens into ``writing``; what stands between ``<sup>`` and ``</sup>`` is looked at whole."""
        at = 0
        while at < len(children):
            token = children[at]
            tag = _TAG.fullmatch(token.content) if token.type == "html_inline" else None
            if tag and tag[2].lower() == "sup" and not tag[1]:
                end = _closing(children, at, "sup")
                inside = children[at + 1 : end]
                raised, target = _plain(inside), _first_target(inside)
                if marker_labels(raised):
                    writing.raise_text(raised, target=target)
                else:
                    self._write(writing, inside)
                at = end
            elif token.type == "link_open" and (marked := _linked_marker(children, at)):
                end, raised, target = marked
                writing.raise_text(raised, target=target)
                at = end
            elif tag and tag[2].lower() == "br" and self._in_cell:
                writing.separate()
            elif tag:
                _write_tag(writing, tag)
            else:
                self._write_one(writing, token)
            at += 1

    def _write_one(self, writing: BlockText, token: Token) -> None:
        match token.type:
            case "text" | "text_special":
                writing.add(token.content)
            case "softbreak":
                writing.add(" ")
            case "hardbreak":
                writing.break_line()
            case "code_inline":
                writing.open_style(Emphasis.CODE)
                writing.add(token.content)
                writing.close_style(Emphasis.CODE)
            case "em_open" | "strong_open":
                writing.open_style(_EMPHASIS_OF[token.tag])
            case "em_close" | "strong_close":
                writing.close_style(_EMPHASIS_OF[token.tag])
            case "link_open":
                writing.open_link(str(token.attrGet("href") or ""))
            case "link_close":
                writing.close_link()
            case "image":
                writing.add(_plain(token.children or ()))
            case "note_reference":
                writing.mark(token.meta["label"], target=_target(token.meta["label"]))


def _write_tag(writing: BlockText, tag: re.Match[str]) -> None:
    """An inline HTML tag: emphasis, links and line ends mean something, the rest is dropped and its text stays."""
    name, is_closing = tag[2].lower(), bool(tag[1])
    if name == "br":
        writing.break_line()
    elif name == "a":
        href = _HREF.search(tag[3])
        if is_closing or not href:
            writing.close_link()
        else:
            writing.open_link(html.unescape(href[1] or href[2] or href[3] or ""))
    elif name in _EMPHASIS_OF:
        (writing.close_style if is_closing else writing.open_style)(_EMPHASIS_OF[name])


def _closing(children: Sequence[Token], at: int, name: str) -> int:
    """Where the tag opened at ``at`` is closed, ``at`` itself where that is nowhere near: a marker is short."""
    for place in range(at + 1, min(at + _LONGEST_RAISED, len(children))):
        tag = _TAG.fullmatch(children[place].content) if children[place].type == "html_inline" else None
        if tag and tag[1] and tag[2].lower() == name:
            return place
    return at


def _linked_marker(children: Sequence[Token], at: int) -> tuple[int, str, str] | None:
    """``[<sup>1</sup>](#n1)``: where it ends, its raised text and its target; None where the link is anything else."""
    href = str(children[at].attrGet("href") or "")
    end = next((place for place in range(at, len(children)) if children[place].type == "link_close"), len(children))
    inside = children[at + 1 : end]
    if not href.startswith("#") or len(inside) < 3 or not (opening := _TAG.fullmatch(inside[0].content)):
        return None
    raised = _plain(inside)
    if opening[2].lower() != "sup" or _closing(inside, 0, "sup") != len(inside) - 1 or not marker_labels(raised):
        return None
    return end, raised, href


def _first_target(children: Sequence[Token]) -> str:
    """The fragment that the first link among ``children`` leads to."""
    for token in children:
        href = str(token.attrGet("href") or "") if token.type == "link_open" else ""
        if token.type == "html_inline" and (found := _HREF.search(token.content)):
            href = found[1] or found[2] or found[3] or ""
        if href.startswith("#"):
            return href
    return ""


def _plain(children: Sequence[Token]) -> str:
    """The text of ``children`` without any markup."""
    parts = []
    for token in children:
        if token.type in {"text", "text_special", "code_inline"}:
            parts.append(token.content)
        elif token.type in {"softbreak", "hardbreak"}:
            parts.append(" ")
        elif token.children:
            parts.append(_plain(token.children))
    return "".join(parts)


def _target(label: str) -> str:
    """How a ``[^label]`` and its definition find each other; no address fragment begins so."""
    return f"^{label}"


def _with_numbers(blocks: Sequence[Block], env: dict[str, Any]) -> list[Block]:
    """The blocks, with every note numbered by first mention where labels are words that nobody would print."""
    order: list[str] = list(env.get("order", ()))
    order += sorted(set(env.get("notes", ())) - set(order))
    if all(marker_labels(label) == [label] for label in order):
        return list(blocks)
    number_of = {_target(label): str(number) for number, label in enumerate(order, 1)}
    return [
        msgspec.structs.replace(
            block,
            note_label=number_of.get(block.note_target, block.note_label),
            markers=tuple(
                RawMarker(number_of.get(marker.target, marker.label), marker.at, marker.target) for marker in block.markers
            ),
        )
        for block in blocks
    ]


def _front_matter(text: str) -> tuple[StatedProperties, str]:
    """What a YAML block at the very top states (its plain ``key: value`` lines and simple lists), and the text below it."""
    found = _FRONT_MATTER.match(text)
    if not found:
        return StatedProperties(), text
    facts: dict[str, list[str]] = {}
    key = ""
    for line in found[1].split("\n"):
        if pair := _FRONT_LINE.match(line):
            key = pair[1].lower()
            value = pair[2].strip()
            inner = value[1:-1].split(",") if value.startswith("[") and value.endswith("]") else [value]
            facts[key] = [part for each in inner if (part := each.strip().strip("'\""))]
        elif key and (item := re.match(r"\s*-\s+(.+)", line)):
            facts[key].append(item[1].strip().strip("'\""))
    if not facts:
        return StatedProperties(), text

    def first(*names: str) -> str | None:
        return next((facts[name][0] for name in names if facts.get(name)), None)

    language = (first("lang", "language") or "")[:2].lower()
    return (
        StatedProperties(
            title=first("title"),
            authors=tuple(facts.get("author", facts.get("authors", ()))),
            publisher=first("publisher"),
            published_on=first("date"),
            language=Language(language) if language in set(Language) else None,
            topics=tuple(facts.get("keywords", facts.get("tags", ()))),
        ),
        text[found.end() :],
    )
