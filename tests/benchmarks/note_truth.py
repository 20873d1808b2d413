"""What the notes of an office file are, read as simply as can be and without any code of Ibid's: the truth that it is measured against."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_UNSEEN = re.compile("[\u00ad\u200b\ufeff\x00-\x08]")


@dataclass(frozen=True)
class TrueNote:
    """One note: its text, the words of its paragraph before and after its marker, its kind, and whether its mark was typed."""

    text: str
    before: str
    after: str
    kind: str
    mark: str = ""


def folded(text: str) -> str:
    """The text with white space folded and invisible characters gone."""
    return " ".join(_UNSEEN.sub("", text).split())


def docx_notes(data: bytes) -> list[TrueNote]:
    """The notes that the text of a DOCX refers to, struck-out references left out."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        names = {name.lower(): name for name in file.namelist()}
        main = next((name for low, name in names.items() if re.fullmatch(r"word/document\d*\.xml", low)), None)
        main = main or next(name for low, name in names.items() if low.endswith("document.xml"))

        def part(name: str) -> ET.Element | None:
            found = names.get(name)
            text = (
                file.read(found).replace(b"http://purl.oclc.org/ooxml/wordprocessingml/main", _W[1:-1].encode()) if found else b""
            )
            return ET.fromstring(text) if text else None

        body = part(main.lower())
        assert body is not None
        notes: dict[tuple[str, str], ET.Element] = {}
        for kind in ("footnote", "endnote"):
            root = part(f"word/{kind}s.xml")
            for element in root.iter(_W + kind) if root is not None else ():
                notes[kind, element.get(_W + "id", "")] = element
    found: list[TrueNote] = []
    for paragraph in body.iter(_W + "p"):
        pieces = list(_docx_pieces(paragraph))
        for place, piece in enumerate(pieces):
            if isinstance(piece, str) or piece[:2] not in notes:
                continue
            kind, _, is_custom = piece
            text = folded(" ".join(_paragraph_text(one) for one in notes[piece[:2]].iter(_W + "p")))
            before = "".join(one for one in pieces[:place] if isinstance(one, str))
            after = "".join(one for one in pieces[place + 1 :] if isinstance(one, str))
            mark = _same_beginning(text, after.strip()) if is_custom else ""
            found.append(TrueNote(text[len(mark) :].strip(), folded(before), folded(after), kind, mark))
    return found


def _same_beginning(one: str, other: str) -> str:
    length = next(
        (place for place, (mine, theirs) in enumerate(zip(one, other, strict=False)) if mine != theirs), min(len(one), len(other))
    )
    return one[:length]


def _paragraph_text(paragraph: ET.Element) -> str:
    return "".join(piece for piece in _docx_pieces(paragraph) if isinstance(piece, str))


def _docx_pieces(element: ET.Element) -> Iterator[str | tuple[str, str, bool]]:
    for child in element:
        name = child.tag.rpartition("}")[2]
        if name in {"del", "moveFrom", "Fallback", "pPr", "rPr", "txbxContent", "instrText", "delText"}:
            continue
        if (
            name == "r"
            and (hidden := child.find(f"{_W}rPr/{_W}vanish")) is not None
            and hidden.get(_W + "val", "1") not in {"0", "false"}
        ):
            continue
        if name in {"footnoteReference", "endnoteReference"}:
            yield (
                name.removesuffix("Reference"),
                child.get(_W + "id", ""),
                child.get(_W + "customMarkFollows", "0") in {"1", "true", "on"},
            )
        elif name == "t":
            yield child.text or ""
        elif name in {"tab", "br", "cr", "ptab"} and element.tag == _W + "r":
            yield " "
        elif name == "noBreakHyphen":
            yield "\u2011"
        elif name == "sym":
            code = int(child.get(_W + "char", "20"), 16)
            yield chr(code - 0xF000 if code >= 0xF000 else code)
        else:
            yield from _docx_pieces(child)


def odt_notes(data: bytes) -> list[TrueNote]:
    """The notes of an ODT or flat ODT."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            data = file.read("content.xml")
    body = ET.fromstring(data).find(f"{_OFFICE}body/{_OFFICE}text")
    assert body is not None
    for parent in list(body.iter()):
        for child in [one for one in parent if one.tag in {_TEXT + "tracked-changes", _OFFICE + "annotation"}]:
            before = list(parent)[: list(parent).index(child)]
            if before:
                before[-1].tail = (before[-1].tail or "") + (child.tail or "")
            else:
                parent.text = (parent.text or "") + (child.tail or "")
            parent.remove(child)
    found: list[TrueNote] = []
    for paragraph in body.iter():
        if paragraph.tag not in {_TEXT + "p", _TEXT + "h"}:
            continue
        pieces = list(_odt_pieces(paragraph))
        for place, piece in enumerate(pieces):
            if isinstance(piece, str):
                continue
            note = piece.find(_TEXT + "note-body")
            inside = [one for one in note.iter() if one.tag in {_TEXT + "p", _TEXT + "h"}] if note is not None else []
            text = folded(" ".join("".join(part for part in _odt_pieces(one) if isinstance(part, str)) for one in inside))
            before = "".join(one for one in pieces[:place] if isinstance(one, str))
            after = "".join(one for one in pieces[place + 1 :] if isinstance(one, str))
            found.append(TrueNote(text, folded(before), folded(after), piece.get(_TEXT + "note-class", "footnote")))
    return found


def _odt_pieces(element: ET.Element) -> Iterator[str | ET.Element]:
    yield element.text or ""
    for child in element:
        name = child.tag.rpartition("}")[2]
        if name == "note":
            yield child
        elif name in {"s", "tab", "line-break"}:
            yield " "
        elif name not in {
            "annotation",
            "annotation-end",
            "frame",
            "custom-shape",
            "p",
            "h",
            "list",
            "table",
            "ruby-text",
            "hidden-text",
        }:
            yield from _odt_pieces(child)
        yield child.tail or ""


def markdown_notes(data: bytes) -> list[TrueNote]:
    """The notes that a Markdown text of Pandoc's defines in lines of their own, formatting gone; where their markers stand is not looked at."""
    found: list[TrueNote] = []
    text = data.decode("utf-8").replace("\r\n", "\n")
    for definition in re.finditer(r"^ {0,3}\[\^[^\]\s]+\]:[ \t]*(.+(?:\n(?!\s*\n|\[\^).+)*)", text, re.MULTILINE):
        plain = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", definition[1])
        plain = re.sub(r"(?<!\w)_([^_`]+)_(?!\w)", r"\1", re.sub(r"<(https?://[^>]*)>", r"\1", plain))
        plain = re.sub(r"\\(?=[^\w\s])", "", re.sub(r"(?<!\\)\*+|`", "", plain))
        found.append(TrueNote(folded(plain), "", "", "footnote"))
    return found
