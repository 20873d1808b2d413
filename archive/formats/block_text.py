"""The text of one block while it is being read: spaces folded, markers, links and styles kept at their offsets.

Both marked-up formats (Markdown, HTML) write into a :class:`BlockText` and take a :class:`~archive.model.reading.Block` out.
Offsets are code points of the text as it will be, so whoever writes never has to move them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from archive.model.document import Emphasis, Link, PassageKind, Style
from archive.model.reading import Block, RawMarker

_SPACES = re.compile(r"[ \t\n\r\f\v\u2028\u2029]+")
_FOLDED = " \t\n\r\f\v\u2028\u2029"
_UNWANTED = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\u00ad\ufeff]")
_LABEL = re.compile(r"\d{1,4}[a-zа-я]?|[*†‡§¶#]{1,4}|[ivxlc]{1,7}|[A-Za-zА-Яа-яІіЎў]")
_BETWEEN = re.compile(r"[,;\s]+")
_RANGE = re.compile(r"(\d{1,4})[-\u2013](\d{1,4})")
_LONGEST_RANGE = 20
_UNIT = re.compile(r"(?:^|[\d\s(/])(?:[kcdm]?m|[кдсм]?м)$")
_POWER = re.compile(r"[×x·]\s?10$")
_RAISED = {"1": "¹", "2": "²", "3": "³"}
_ADDRESS_START = re.compile(r"(?:https?|ftp)://|www\.", re.IGNORECASE)
_ESCAPED = re.compile(r"\\+(?=[!-/:-@\[-`{-~])")


def without_escapes(address_text: str) -> str:
    r"""The address without the backslashes that converters leave before punctuation: ``a\_b`` and ``a\\_b`` give ``a_b``."""
    return _ESCAPED.sub("", address_text)


def marker_labels(raised_text: str) -> list[str]:
    """The labels of the markers that raised text stands for, in order; empty when it is no marker.

    Valid: ``1``, ``[12]``, ``(3)``, ``1, 2``, ``4-6`` (three markers), ``*``, ``†``, ``iv``, ``a``. Not valid: ``th``, ``nd``, ``2+``, ``TM``.
    """
    found: list[str] = []
    for part in _BETWEEN.split(raised_text.strip()):
        label = part.strip("[]()")
        if not label:
            continue
        if span := _RANGE.fullmatch(label):
            first, last = int(span[1]), int(span[2])
            if not first < last <= first + _LONGEST_RANGE:
                return []
            found += [str(number) for number in range(first, last + 1)]
        elif _LABEL.fullmatch(label):
            found.append(label)
        else:
            return []
    return found


class BlockText:
    """Gathers the text of one block.

    Args:
        keeps_spaces: leave spaces and line ends as they are (code).
    """

    def __init__(self, *, keeps_spaces: bool = False) -> None:
        self.keeps_spaces = keeps_spaces
        self._parts: list[str] = []
        self._length = 0
        self._last = ""
        self._is_apart = False
        self._markers: list[RawMarker] = []
        self._links: list[Link] = []
        self._styles: list[Style] = []
        self._open_styles: list[tuple[Emphasis, int]] = []
        self._open_link: tuple[str, int, int] | None = None

    @property
    def is_empty(self) -> bool:
        """Whether neither text nor a marker has come yet."""
        return not self._length and not self._markers

    @property
    def is_untouched(self) -> bool:
        """Whether nothing has come yet, and nothing was begun."""
        return not (self._length or self._markers or self._open_styles or self._is_apart or self._open_link)

    def add(self, text: str) -> None:
        """Put ``text`` at the end, runs of white space folded into one space, invisible characters dropped."""
        if not self.keeps_spaces and not text.strip(_FOLDED):
            if text and self._length and self._last not in " \n\t":
                self._put(" ")
            return
        is_printable = text.isprintable()
        if not is_printable:
            text = _UNWANTED.sub("", text)
        if not self.keeps_spaces:
            if not is_printable or "  " in text:
                text = _SPACES.sub(" ", text)
            if not self._length or self._last in " \n\t":
                text = text.lstrip(" ")
        self._put(text)

    def add_exactly(self, text: str) -> None:
        """Put ``text`` at the end as it is (a tab between cells, a line end)."""
        self._put(text)

    def separate(self) -> None:
        """A space before what comes next on this line; none where nothing comes, or one stands there."""
        self._is_apart = True

    def break_line(self) -> None:
        """A line end that the file's maker wanted."""
        if self._length:
            self._put("\n")

    def raise_text(self, text: str, *, target: str = "") -> None:
        """Take raised text: a marker where it is one, else text (``km2`` gets a raised two, ``19th`` stays)."""
        labels = marker_labels(text)
        before = "".join(self._parts[-3:])[-12:]
        if (
            labels
            and labels[0] in _RAISED
            and len(labels) == 1
            and not target
            and (_UNIT.search(before) or _POWER.search(before))
        ):
            self._put(_RAISED[labels[0]])
        elif labels:
            for label in labels:
                self.mark(label, target=target)
        else:
            self.add(text)

    def mark(self, label: str, *, target: str = "") -> None:
        """Set a marker here; it takes no room."""
        self._markers.append(RawMarker(label, self._length, target))

    def open_style(self, emphasis: Emphasis) -> None:
        """From here on the text stands out."""
        self._settle_apart()
        self._open_styles.append((emphasis, self._length))

    def close_style(self, emphasis: Emphasis) -> None:
        """The newest open style of this emphasis ends here; nothing happens where none is open."""
        for place in range(len(self._open_styles) - 1, -1, -1):
            if self._open_styles[place][0] is emphasis:
                _, start = self._open_styles.pop(place)
                self._styles.append(Style(start, self._length, emphasis))
                return

    def open_link(self, address_text: str) -> None:
        """From here on the text leads to ``address_text``; an open link ends first."""
        self.close_link()
        self._settle_apart()
        self._open_link = (without_escapes(address_text.strip()), self._length, len(self._parts))

    def close_link(self) -> None:
        """The open link ends here; where its text is an address too, escapes are taken out of that as well."""
        if self._open_link is None:
            return
        address_text, start, first_part = self._open_link
        self._open_link = None
        shown = "".join(self._parts[first_part:])
        if "\\" in shown and _ADDRESS_START.match(shown) and not self.keeps_spaces:
            shown = without_escapes(shown)
            del self._parts[first_part:]
            self._length = start
            self._put(shown)
        if address_text and self._length > start:
            self._links.append(Link(start, self._length, address_text))

    def finish(self, kind: PassageKind, *, level: int = 0, note_label: str | None = None, note_target: str = "") -> Block | None:
        """The block, or None when it holds neither text nor a marker. Ends what is still open."""
        self.close_link()
        for emphasis, _ in list(self._open_styles):
            self.close_style(emphasis)
        whole = "".join(self._parts)
        text = whole.strip("\n") if self.keeps_spaces else whole.rstrip()
        cut = len(whole) - len(whole.lstrip("\n")) if self.keeps_spaces else 0
        if not text.strip() and not self._markers:
            return None

        def within(at: int) -> int:
            return min(max(at - cut, 0), len(text))

        links = tuple(Link(within(link.start), within(link.end), link.address_text) for link in self._links)
        styles = sorted(
            (Style(within(style.start), within(style.end), style.emphasis) for style in self._styles),
            key=lambda style: (style.start, style.end),
        )
        return Block(
            kind=kind,
            text=text,
            level=level,
            markers=tuple(RawMarker(marker.label, within(marker.at), marker.target) for marker in self._markers),
            links=tuple(link for link in links if link.start < link.end),
            styles=() if kind is PassageKind.HEADING else tuple(style for style in styles if style.start < style.end),
            note_label=note_label,
            note_target=note_target,
        )

    def _settle_apart(self) -> None:
        if self._is_apart:
            self._is_apart = False
            self.add(" ")

    def _put(self, text: str) -> None:
        if text:
            if self._is_apart:
                self._is_apart = False
                text = f" {text}" if self._length and self._last not in " \n\t" and text[0] not in " \n\t" else text
            self._parts.append(text)
            self._length += len(text)
            self._last = text[-1]


def settle_targets(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The blocks, with the target taken off every marker that no note answers to, and off every note that no marker means."""
    kept = list(blocks)
    wanted = {marker.target for block in kept for marker in block.markers if marker.target}
    given = {block.note_target for block in kept if block.note_target}
    joined = wanted & given
    if joined == wanted | given:
        return tuple(kept)
    return tuple(
        msgspec.structs.replace(
            block,
            note_target=block.note_target if block.note_target in joined else "",
            markers=tuple(
                marker if not marker.target or marker.target in joined else RawMarker(marker.label, marker.at)
                for marker in block.markers
            ),
        )
        for block in kept
    )
