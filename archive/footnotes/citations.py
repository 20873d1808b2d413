"""Citations: what a note points at.

A note is read in parts, cut at ``;`` and at ends of sentences outside quotation marks, brackets and addresses. A new citation
begins where a part brings a second address, and at ``;`` where a part brings a title, an address or an *ibid.* of its own.
A note that only explains cites nothing.

What a part may bring, and what is made of it::

    https://a.org/x, www.a.org, doi:10.1/2     an address; the target of a link wins over the words it covers
    “...” «...» "..." or italics               the title
    ibid., idem, там же, тамсама, там жа       the citation before this one, its address inherited
    supra note 12, см. сноску 4, гл. зноску 4  the citation of that note (the one with the most words in common)
    Smith, op. cit.; указ. соч.                the last citation that begins with the same name

``ibid_of`` names the citation that is repeated, which may repeat another: a chain that :func:`archive.model.footnote.repeats` follows. Address
and title are those at its beginning. One *ibid.* that brings an address of its own stands for itself.

Beside them stand, where the part says so: ``pages`` (``pp. 5–7``, ``para. 3``, ``с. 12``, ``арт. 5``), the day of access (a date behind
*accessed*, *дата обращения*, *дата звароту* and the like) and the date of the work: the first other date outside title and address, else a
lone year between commas or in brackets.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import msgspec

from archive.address import find_addresses, normalise
from archive.dates import find_dates
from archive.errors import AddressRefused
from archive.footnotes.bodies import Body
from archive.footnotes.markers import plain_label
from archive.model.document import Emphasis, Link
from archive.model.footnote import Citation
from archive.model.reading import Block

_QUOTED = re.compile(
    '“([^“”]{2,400})”|«((?:[^«»]|«[^«»]*»){2,400})»|„([^„“”]{2,400})[“”]|"([^"]{2,400})"|‘([^‘’]{6,400})’(?!\\w)'
)
_SEE = (
    r"(?:(?:see|cf\.?|compare|see also|quoted in|cited in|см\.?|смотри|ср\.?|гл\.?|глядзі|параўн\.?|див\.?|v[ée]ase|cfr\.?)"
    r"\s+(?:also|e\.g\.,?|также|таксама|також|тж\.)?[,:]?\s*)?"
)
_SAME = re.compile(
    _SEE
    + r"(?:ibid(?:em)?\b|ib[íi]d(?:em)?\b|idem\b|id\.(?=\s|$|,)|там\s+же\b|тамсама\b|там\s+жа\b|там\s+само\b|той\s+жа\b|та\s+сама\b)",
    re.IGNORECASE,
)
_SUPRA = re.compile(
    r"(?:supra|above|infra|выше|вышэй|вище)?[,\s]*(?:\(?(?:foot)?notes?|fn\.?|nn?\.|сноск[аиуе]\w*|прим(?:ечани[еюя]|\.)|зноск[аіу]\w*|зносцы|заўваг[аіу]"
    r"|виноск[аиу]\w*|приміт\w*|nota(?:\s+al\s+pie)?)\s*(?:supra\s*)?(?:№|no\.?|n[.º°])?\s*(?P<label>\d{1,4}|[*†‡]{1,3})"
    r"(?P<after>\s*(?:,\s*)?(?:supra|above|выше|вышэй|вище)\b)?",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(
    r"supra|above|выше|вышэй|вище|^\W*" + _SEE + r"\W*(?:foot)?(?:note|сноск|прим|зноск|зносц|заўваг|виноск|приміт|nota)",
    re.IGNORECASE,
)
_WORK = re.compile(
    r"\b(?:op\.?\s?cit|loc\.?\s?cit|указ(?:анное|\.)\s?соч|цит(?:ированное|\.)\s?соч|цыт(?:аваная|\.)\s?(?:праца|тв)|згаданая\s+праца|назв(?:ана|\.)\s?праця)",
    re.IGNORECASE,
)
_OF_POINTS_BACK = (
    "supra", "above", "выше", "вышэй", "вище", "note", "сноск", "прим", "зноск", "зносц", "заўваг", "виноск", "приміт", "nota",
)  # fmt: skip
_OF_WORK = ("cit", "соч", "цыт", "праца", "праця")
"""One of these stands in all that the patterns above find; most texts have none, and to look for plain words takes a tenth of the time."""
_REFERENCE = re.compile(
    r"\b[A-Z]{1,4}/[A-Z0-9./]+/\d+|\b[A-Z]{3}\s\d{2}/\d+/\d{4}|\bISBN[\s:]*[\d\-Xx]{10,17}|(?:\bv\.|\bvs\.)\s+[A-Z]|№\s*\d"
)
_END = re.compile(r"[.!?…][\"”»’)\]]*\s+(?=[\"“«„(\[]?[A-ZА-ЯЁІЎЄЇ])|;\s*")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:\w|pp|para|paras|no|nos|vol|ed|eds|art|cf|см|стр|гл|г|ст|п|пп|ч|т|др|vs|p\.m|ibid|ib[íi]d|id|op|cit)\.$",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"\([^()]{0,400}\)|\[[^\[\]]{0,200}\]")
_AFTER_ADDRESS = re.compile(r"[)\]>}»”\"']*[.,]?")
_WORDS = re.compile(r"[^\W\d_]{3,}")
_EDGE = " \t\n\u00a0,;:"
_NUMBERS = r"[0-9]+[a-z]?(?:\s?[-–—]\s?[0-9]+[a-z]?)?"
_PAGES = re.compile(
    r"(?<![\w./])(?:pp?\.|pages?|paras?\.?|paragraphs?|arts?\.|articles?|chapters?|ch\.|párrs?\.|стр\.|стар\.|сс?\.|пп?\.|пункты?|пар\.|абз\.|ст\.|арт\.|гл\.|§§?|(?<=\bat\s)(?=\d))"
    rf"\s*{_NUMBERS}(?:\s?(?:,|and|и|і|та)\s?{_NUMBERS}(?![\w/.]*\d{{3}}))*",
    re.IGNORECASE,
)
_ACCESSED = re.compile(
    r"(?:last\s+)?(?:accessed|retrieved|visited|viewed|consulted|checked)(?:\s+on|:)?|(?:дата|апошняя\s+дата)\s+(?:обращения|доступа|звароту|звярот[ау]|доступу|звернення|прагляду|просмотра)\s*[:—–-]?"
    r"|(?:просмотрено|прагледжана|переглянуто|доступ(?:на|ны)?|проверено|праверана)\s*[:—–-]?|consultado(?:\s+el)?",
    re.IGNORECASE,
)
_FAR = 24
_LONE_YEAR = re.compile(r"(?:(?<=[,(]\s)|(?<=[,(]))((?:19|20)\d\d)(?=\s?(?:[,);.:]|$|г\.|года|р\.|року|год))")


class _Place(msgspec.Struct, frozen=True):
    """An address in a note: from ``start`` to ``end``; ``label`` is the words that a link covers where they are no address."""

    start: int
    end: int
    address: str
    label: str = ""


class _Part(msgspec.Struct, frozen=True):
    """A stretch of a note that makes one citation."""

    start: int
    end: int
    address: str | None
    label: str = ""


class _Stretch(msgspec.Struct, frozen=True):
    """A stretch of a note between two cuts: the sign that opened it and what it brings."""

    start: int
    end: int
    sign: str
    place: _Place | None
    is_back: bool
    is_named: bool


def cite(notes: Sequence[Body]) -> list[tuple[Citation, ...]]:
    """The citations of every note, in the order of the notes; ``n`` counts on over all of them.

    Args:
        notes: all notes of one document in order; a citation's ``note`` is the index here.
    """
    known: list[Citation] = []
    cited: list[tuple[Citation, ...]] = []
    labels = [plain_label(note.label) for note in notes]
    for at, note in enumerate(notes):
        own: list[Citation] = []
        for part in _parts(note.block):
            text = note.block.text[part.start : part.end].strip(_EDGE)
            published_on, accessed_on = _dates(text)
            citation = Citation(
                n=len(known),
                note=at,
                text=text,
                address=part.address,
                title=_title(note.block, part),
                pages=_pages(text),
                published_on=published_on,
                accessed_on=accessed_on,
            )
            if part.address is None:
                citation = _resolve(citation, known, labels)
            known.append(citation)
            own.append(citation)
        cited.append(tuple(own))
    return cited


def _places(block: Block) -> list[_Place]:
    """The addresses of a note in order, each once; a link's target wins over the address that is written under it."""
    links = _links(block)
    written = find_addresses(block.text)
    found: list[_Place] = []
    for link in links:
        under = [one for one in written if one[0] < link.end and link.start < one[1]]
        if under and any(_is_longer(one, link) for one in under):
            continue  # a program that links only the first line of a broken address; the text has all of it
        end = max([link.end, *(one[1] for one in under)])
        found.append(msgspec.structs.replace(link, end=end, label="" if under else block.text[link.start : link.end]))
    for start, end, address in written:
        if not any(start < place.end and place.start < end for place in found):
            found.append(_Place(start, end, address))
    found.sort(key=lambda place: place.start)
    once: dict[str, _Place] = {}
    for place in found:
        once.setdefault(place.address, place)
    return list(once.values())


def _links(block: Block) -> list[_Place]:
    """The links that lead to web addresses, neighbours with one target put together."""
    found: list[_Place] = []
    for link in sorted(block.links, key=lambda one: one.start):
        address = _address_of(link)
        if address is None:
            continue
        if found and found[-1].address == address and link.start - found[-1].end <= 2:
            found[-1] = msgspec.structs.replace(found[-1], end=link.end)
        else:
            found.append(_Place(link.start, link.end, address))
    return found


def _address_of(link: Link) -> str | None:
    try:
        return normalise(link.address_text)
    except AddressRefused:
        return None


def _is_longer(written: tuple[int, int, str], link: _Place) -> bool:
    """Whether the written address goes on where the link's ends, on both accounts."""
    _, end, address = written
    return end > link.end + 1 and address != link.address and address.startswith(link.address.rstrip("/"))


def _parts(block: Block) -> list[_Part]:
    """The stretches of a note that make a citation each, in order."""
    parts: list[_Stretch] = []
    for stretch in _stretches(block):
        if parts and not _begins_anew(parts[-1], stretch):
            last = parts[-1]
            parts[-1] = msgspec.structs.replace(
                last,
                end=stretch.end,
                place=last.place or stretch.place,
                is_back=last.is_back or stretch.is_back,
                is_named=last.is_named or stretch.is_named,
            )
        else:
            parts.append(stretch)
    return [
        _Part(one.start, one.end, one.place.address if one.place else None, one.place.label if one.place else "")
        for one in parts
        if one.place or one.is_back or one.is_named
    ]


def _begins_anew(last: _Stretch, stretch: _Stretch) -> bool:
    if stretch.place is not None and last.place is not None:
        return True
    leads = stretch.place is not None or stretch.is_back
    if stretch.sign == ";":
        if last.is_named and last.place is None and not last.is_back and stretch.place is not None:
            return stretch.is_back or stretch.is_named
        return (leads or stretch.is_named) and (last.place is not None or last.is_back or last.is_named)
    return leads and (last.place is not None or last.is_back)


def _stretches(block: Block) -> list[_Stretch]:
    """The note cut at its signs and behind each of its addresses but the last of a stretch."""
    text = block.text
    places = _places(block)
    cuts = _cuts(text, places)
    for earlier, later in pairwise(places):
        if not any(earlier.end <= at <= later.start for at, _ in cuts):
            after = _AFTER_ADDRESS.match(text, earlier.end)
            cuts.append((after.end() if after else earlier.end, ""))
    found: list[_Stretch] = []
    start, before = 0, ""
    for end, sign in [*sorted(cuts), (len(text), "")]:
        stretch = text[start:end]
        place = next((one for one in places if start <= one.start < end), None)
        is_named = _REFERENCE.search(stretch) is not None or _title(block, _Part(start, end, None)) is not None
        if stretch.strip(_EDGE):
            found.append(_Stretch(start, end, before, place, _points_back(stretch), is_named))
        start, before = end, sign
    return found


def _cuts(text: str, places: Sequence[_Place]) -> list[tuple[int, str]]:
    """Where parts may begin: behind ``;`` and ends of sentences that stand in no quotation, bracket or address."""
    closed = [(place.start, place.end) for place in places]
    closed += [match.span() for pattern in (_QUOTED, _BRACKETED) for match in pattern.finditer(text)]
    found = []
    for match in _END.finditer(text):
        is_inside = any(start < match.start() < end - 1 for start, end in closed)
        if is_inside or (match[0][0] == "." and _ABBREVIATION.search(text[: match.start() + 1])):
            continue
        found.append((match.end(), match[0].strip()[:1]))
    return found


def _points_back(stretch: str) -> bool:
    stretch = stretch.lstrip(" (—–-,;")
    if _SAME.match(stretch):
        return True
    plain = stretch.casefold()
    if any(map(plain.__contains__, _OF_POINTS_BACK)) and _SUPRA.search(stretch) and _POINTS_BACK.search(stretch):
        return True
    return any(map(plain.__contains__, _OF_WORK)) and _WORK.search(stretch) is not None


def _title(block: Block, part: _Part) -> str | None:
    """The title that a part gives: in quotation marks, else in italics, else the words that its link covers."""
    end = part.end
    for match in _QUOTED.finditer(block.text, part.start, end):
        words = next(group for group in match.groups() if group).strip(" ,.;")
        if _WORDS.search(words) and not find_addresses(words):
            return words
    for style in block.styles:
        if style.emphasis is Emphasis.ITALIC and part.start <= style.start and style.end <= end:
            words = block.text[style.start : style.end].strip(' ,.;“”«»"')
            if len(_WORDS.findall(words)) > 1 and not _points_back(words) and not find_addresses(words):
                return words
    label = part.label.strip(' ,.;“”«»"')
    return label if len(_WORDS.findall(label)) > 1 else None


def _resolve(citation: Citation, known: Sequence[Citation], labels: Sequence[str]) -> Citation:
    """The citation with what it repeats, if it says that it repeats something that was cited before."""
    text = citation.text.lstrip(" (—–-,;")
    earlier: Citation | None = None
    supra = _SUPRA.search(text) if _POINTS_BACK.search(text) else None
    if supra is not None:
        note = _note_before(plain_label(supra["label"]), citation.note, labels)
        of_note = [one for one in known if one.note == note]
        earlier = max(of_note, key=lambda one: (_alike(text, one.text), -one.n), default=None)
    elif _SAME.match(text):
        earlier = known[-1] if known else None
    elif _WORK.search(text):
        names = _names(_WORK.split(text)[0])
        earlier = next((one for one in reversed(known) if names and one.ibid_of is None and names & _names(one.text[:120])), None)
    if earlier is None:
        return citation
    return msgspec.structs.replace(citation, ibid_of=earlier.n, address=earlier.address, title=citation.title or earlier.title)


def _pages(text: str) -> str | None:
    """Where in the work, as it is printed, outside titles and addresses; spaces made one."""
    match = _PAGES.search(_plain_part(text))
    return " ".join(match[0].split()) if match else None


def _dates(text: str) -> tuple[str | None, str | None]:
    """The date of the work and the day of access, as ISO 8601, each None where none is given."""
    plain = _plain_part(text)
    found = find_dates(plain)
    seen = _ACCESSED.search(plain) if found else None
    accessed = next((one for one in found if seen and seen.end() <= one[0] <= seen.end() + _FAR), None)
    published = next((one[2] for one in found if one is not accessed), None)
    if published is None and (year := _LONE_YEAR.search(plain)):
        published = year[1]
    return published, accessed[2] if accessed else None


def _plain_part(text: str) -> str:
    """The text with titles in quotation marks and addresses blanked, every other character where it was."""
    whole = list(text)
    closed = [(start, end) for start, end, _ in find_addresses(text)] + [match.span() for match in _QUOTED.finditer(text)]
    for start, end in closed:
        whole[start:end] = "\x00" * (end - start)
    return "".join(whole)


def _note_before(label: str, note: int, labels: Sequence[str]) -> int | None:
    return next((at for at in range(note - 1, -1, -1) if labels[at] == label), None)


def _alike(text: str, other: str) -> int:
    return len(_names(text) & _names(other))


def _names(text: str) -> set[str]:
    return {word.casefold() for word in _WORDS.findall(text) if word[0].isupper()}
