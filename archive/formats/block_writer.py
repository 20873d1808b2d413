"""The blocks of one story of an office file (its body, or one note), written one after the other.

Word and OpenDocument name everything differently, but what is written is the same. A table is one block: its rows are lines, its cells stand
between tabs, and a column that a merged cell covers is empty, so that what stands below each other stays below each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from archive.formats.block_text import BlockText
from archive.formats.pictures import said_of_picture
from archive.model.document import Emphasis, PassageKind
from archive.model.reading import Block


class BlockWriter:
    """Writes one story.

    ``text`` is the block that is being written and ``kind`` what it will be, with its level; both begin anew with every block.

    Args:
        note: label and target, where the story is a note.
    """

    def __init__(self, note: tuple[str, str] | None = None) -> None:
        self.blocks: list[Block] = []
        self.note = note
        self.text = BlockText()
        self.kind: tuple[PassageKind, int] = (PassageKind.PARAGRAPH, 0)
        self.in_cell = False
        self._pictures: list[str] = []

    def end(self) -> None:
        """End the block; what is said of the pictures in it follows."""
        writing, self.text = self.text, BlockText()
        label, target = self.note or (None, "")
        kind, level = (PassageKind.NOTE, 0) if self.note else self.kind
        block = writing.finish(kind, level=level, note_label=label, note_target=target)
        self.kind = (PassageKind.PARAGRAPH, 0)
        if block is not None:
            self.blocks.append(block)
        if not self.in_cell:
            self.blocks += [Block(kind=PassageKind.CAPTION, text=text) for text in self._pictures]
            self._pictures = []

    def lead(self, label: str) -> None:
        """Write the label of a list item or heading before its text."""
        self.text.add(label)
        if self.in_cell:
            self.text.separate()
        else:
            self.text.add_exactly(" ")

    def break_line(self) -> None:
        """A line end that the file's maker wanted; in a cell it is a space."""
        if self.in_cell:
            self.text.separate()
        else:
            self.text.break_line()

    @contextmanager
    def emphasised(self, *, is_bold: bool, is_italic: bool) -> Iterator[None]:
        """What is written inside stands out."""
        styles = [style for style, holds in ((Emphasis.BOLD, is_bold), (Emphasis.ITALIC, is_italic)) if holds]
        for style in styles:
            self.text.open_style(style)
        yield
        for style in reversed(styles):
            self.text.close_style(style)

    def describe_picture(self, description: str | None) -> None:
        """Keep what is said of a picture until the block or the table that it stands in ends; notes have no captions."""
        text = said_of_picture(description)
        if text and self.note is None and text not in self._pictures:
            self._pictures.append(text)

    def table(self, rows: Sequence[Sequence[Any | None]], read: Callable[[Any], None]) -> None:
        """Write a table.

        Args:
            rows: the cells of every row by column, None where a merged cell covers the column.
            read: writes what stands in a cell.
        """
        if not self.text.is_empty:
            self.end()
        self.in_cell = True
        for place, row in enumerate(rows):
            if place:
                self.text.add_exactly("\n")
            for column, cell in enumerate(row):
                if column:
                    self.text.add_exactly("\t")
                if cell is not None:
                    read(cell)
        self.in_cell = False
        self.kind = (PassageKind.TABLE, 0)
        self.end()
