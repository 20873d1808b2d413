"""From words to rectangles on pages and back, without Qt.

The archive knows in which rectangle of which page a line of a passage stands; the drawing process knows where each letter of a page
stands. Together they say where any words of a passage are, to the letter. Where the letters are not known (yet), or are not the passage's
(a scan, a text layer that was mended), a line's characters are taken to be equally wide.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence

from archive.model.drawing import Letters
from archive.model.geometry import Placed
from archive.model.locator import Locator

Edges = tuple[float, float, float, float]
"""Left, top, right, bottom in points, origin top left."""


class PageLetters:
    """The letters of one page, to be picked with the pointer."""

    def __init__(self, letters: Letters) -> None:
        flat = array("f", letters.edges[: 16 * len(letters.text)])
        self.edges: list[Edges] = list(zip(flat[0::4], flat[1::4], flat[2::4], flat[3::4], strict=True))
        self.text = letters.text[: len(self.edges)]
        self._shown = [at for at, (x0, _, x1, _) in enumerate(self.edges) if x1 > x0]

    def near(self, x: float, y: float) -> int | None:
        """The place between letters that is nearest to a point: that of a letter, or behind it; None on a page without any."""
        best, place = None, None
        for at in self._shown:
            x0, y0, x1, y1 = self.edges[at]
            aside, above = max(x0 - x, 0.0, x - x1), max(y0 - y, 0.0, y - y1)
            distance = above * above * 9 + aside * aside
            if best is None or distance < best:
                best, place = distance, at + (x > (x0 + x1) / 2)
        return place

    def on(self, x: float, y: float) -> int | None:
        """The letter that a point lies on."""
        return next((at for at in self._shown if _is_on(self.edges[at], x, y)), None)

    def word(self, at: int) -> tuple[int, int]:
        """The first letter of the word around a letter, and the place behind its last."""
        start = end = at
        while start > 0 and self.text[start - 1].isalnum():
            start -= 1
        while end < len(self.text) and self.text[end].isalnum():
            end += 1
        return start, max(end, at + 1)

    def boxes(self, start: int, end: int) -> list[Edges]:
        """The rectangles around the letters from ``start`` to ``end``, one for each stretch of a line."""
        return list(_in_lines(self.edges[at] for at in range(max(0, start), min(end, len(self.edges)))))

    def inside(self, box: Edges) -> list[int]:
        """The letters whose middle lies in a rectangle, in the order of the file."""
        left, top, right, bottom = box
        return [
            at
            for at in self._shown
            if left - 1 <= (self.edges[at][0] + self.edges[at][2]) / 2 <= right + 1
            and top <= (self.edges[at][1] + self.edges[at][3]) / 2 <= bottom
        ]


class PagePlaces:
    """Where the words of one document stand.

    Args:
        document: its identifier, for locators.
        texts: the text of each passage.
        placed: what the archive knows of their places.
    """

    def __init__(self, document: str, texts: Sequence[str], placed: Sequence[Placed]) -> None:
        self._document, self._texts = document, texts
        self._of_passage: dict[int, list[Placed]] = defaultdict(list)
        self._of_page: dict[int, list[Placed]] = defaultdict(list)
        self.markers: dict[int, list[Placed]] = defaultdict(list)
        for one in placed:
            if one.marker is not None:
                self.markers[one.spot.page].append(one)
            elif one.passage < len(texts):
                self._of_passage[one.passage].append(one)
                self._of_page[one.spot.page].append(one)
        self._letters: dict[int, PageLetters] = {}

    def know(self, page: int, letters: Letters) -> None:
        """These are the letters of a page; where it shows none, those of its passages stand in."""
        own = PageLetters(letters)
        self._letters[page] = own if any(x1 > x0 for x0, _, x1, _ in own.edges) else PageLetters(self._spelt(page))

    def letters(self, page: int) -> PageLetters | None:
        """The letters of a page, None while they are not known."""
        return self._letters.get(page)

    def boxes(self, locator: Locator) -> list[tuple[int, Edges]]:
        """The pages and rectangles that the words of a place cover, in reading order; the line it stands on, where it has no words."""
        found: list[tuple[int, Edges]] = []
        for one in self._of_passage.get(locator.passage, ()):
            start, end = max(locator.start, one.start), min(locator.end, one.end)
            if start < end:
                found += [(one.spot.page, box) for box in self._within(one, start, end)]
        if not found and (lines := self._of_passage.get(locator.passage)):
            at = bisect_right([line.start for line in lines], locator.start) - 1
            line = lines[max(0, at)]
            found = [(line.spot.page, _edges(line))]
        return found

    def place_near(self, page: int, y: float) -> Locator | None:
        """The words that stand first at this height of a page or below it, on it or on a later one; None where none do."""
        for number in sorted(number for number in self._of_page if number >= page):
            lines = [one for one in self._of_page[number] if number > page or one.spot.box.y1 > y + 1]
            if lines:
                first = min(lines, key=lambda one: (one.spot.box.y0, one.spot.box.x0))
                return Locator(self._document, first.passage, first.start, first.start)
        return None

    def character_at(self, page: int, x: float, y: float) -> tuple[int, int] | None:
        """The passage and the character at a point of a page, None where no words stand."""
        for one in self._of_page.get(page, ()):
            if not _is_on(_edges(one), x, y):
                continue
            for at in range(one.start, one.end):
                if any(_is_on(box, x, y) for box in self._within(one, at, at + 1)):
                    return one.passage, at
        return None

    def _within(self, line: Placed, start: int, end: int) -> list[Edges]:
        """The rectangles of characters of a line."""
        left, top, right, bottom = _edges(line)
        step = (right - left) / max(1, line.end - line.start)
        rough = (left + step * (start - line.start), top, left + step * (end - line.start), bottom)
        letters = self._letters.get(line.spot.page)
        if letters is None:
            return [rough]
        own = letters.inside((left, top, right, bottom))
        places = _matched(self._texts[line.passage][line.start : line.end], [letters.text[at] for at in own])
        if places is None:
            return [rough]
        wanted = [places[at] for at in range(start - line.start, end - line.start) if places[at] is not None]
        return list(_in_lines(letters.edges[own[at]] for at in wanted)) if wanted else [rough]

    def _spelt(self, page: int) -> Letters:
        """The passages' own characters as letters of a page that has none of its own, each line's equally wide."""
        text, edges = [], array("f")
        for line in self._of_page.get(page, ()):
            left, top, right, bottom = _edges(line)
            step = (right - left) / max(1, line.end - line.start)
            for place, letter in enumerate(self._texts[line.passage][line.start : line.end]):
                text.append(letter)
                edges.extend((left + step * place, top, left + step * (place + 1), bottom))
            text.append("\n" if line.end >= len(self._texts[line.passage]) else " ")
            edges.extend((0.0, 0.0, 0.0, 0.0))
        return Letters("".join(text), edges.tobytes())


def _matched(words: str, letters: Sequence[str]) -> list[int | None] | None:
    """For each character of the words the letter that shows it (None for a space); None where they are not these letters.

    Letters between them that are none of the words, as markers are, are passed over.
    """
    shown = [at for at, letter in enumerate(letters) if not letter.isspace()]
    joined = "".join(letters[at] for at in shown)
    bare = "".join(words.split())
    begin = joined.find(bare)
    found: list[int | None] = []
    ahead = max(0, begin)
    for sign in words:
        if sign.isspace():
            found.append(None)
            continue
        at = joined.find(sign, ahead)
        if at < 0:
            return None
        found.append(shown[at])
        ahead = at + 1
    return found


def _in_lines(boxes: Iterator[Edges]) -> Iterator[Edges]:
    """Neighbouring rectangles of one line as one; those without width left out."""
    held: Edges | None = None
    for box in boxes:
        if box[2] <= box[0]:
            continue
        if held is not None:
            height = min(held[3] - held[1], box[3] - box[1])
            overlaps = min(held[3], box[3]) - max(held[1], box[1]) > 0.5 * height
            if overlaps and -height <= box[0] - held[2] <= 1.5 * height:
                held = (min(held[0], box[0]), min(held[1], box[1]), max(held[2], box[2]), max(held[3], box[3]))
                continue
            yield held
        held = box
    if held is not None:
        yield held


def _edges(one: Placed) -> Edges:
    box = one.spot.box
    return box.x0, box.y0, box.x1, box.y1


def _is_on(box: Edges, x: float, y: float) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]
