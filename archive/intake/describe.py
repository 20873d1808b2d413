"""What a document states of itself: title, publisher, reference number, date, topics, authors, language.

Only what stands there is said. The rules, each on the first passages unless it says otherwise:

* title: the heading of the highest level that is not a line such as *PUBLIC STATEMENT* or *Introduction*; without headings the
  first short line that is no date, credit, number or quotation; the file's own metadata where the text confirms it or has nothing.
* publisher: the metadata; a known publisher in a line that names the kind of document; the owner of a reference number;
  a press release or statement whose first paragraph begins with a known publisher (they speak of themselves in the third person).
* reference: Amnesty index, United Nations symbol, OSCE number, ISBN, DOI.
* date: the first short line that is or holds a date, in en, ru, be, uk or figures; day before month in ``24.01.2025``.
* address and versions in other languages: the metadata; short lines that name a language and lead somewhere.
* topics: the metadata, a line that begins with *Tags:* and the like, and lines of capitals parted by tabs at the very end.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

from archive.dates import read_date
from archive.intake.versions import stated_address, stated_versions
from archive.model.document import Description, Format, Passage, PassageKind
from archive.model.reading import Reading
from archive.search.languages import guess
from archive.values import Language

# Hints only: a name that is not here can still be stated by the metadata. The first spelling is the one that is shown.
PUBLISHERS: tuple[tuple[str, ...], ...] = (
    ("Amnesty International", "Международная амнистия", "Міжнародная амністыя", "Міжнародна амністія", "Amnesty"),
    ("Human Rights Watch", "Хьюман Райтс Вотч"),
    (
        "Human Rights Center Viasna",
        "Human Rights Centre Viasna",
        "Viasna",
        "Правозащитный центр «Весна»",
        "Праваабарончы цэнтр «Вясна»",
    ),
    ("OHCHR", "Office of the United Nations High Commissioner for Human Rights", "UN Human Rights Office", "УВКПЧ", "УВКПЛ"),
    ("United Nations Human Rights Council", "Human Rights Council", "Совет по правам человека", "Савет па правах чалавека"),
    ("United Nations", "Организация Объединённых Наций", "Организация Объединенных Наций", "Арганізацыя Аб'яднаных Нацый"),
    ("OSCE/ODIHR", "OSCE Office for Democratic Institutions and Human Rights", "ODIHR", "БДИПЧ ОБСЕ", "БДІПЧ АБСЕ"),
    ("OSCE", "ОБСЕ", "АБСЕ"),
    ("Council of Europe", "Совет Европы", "Рада Еўропы"),
    ("Belarusian Association of Journalists", "BAJ", "Белорусская ассоциация журналистов", "Беларуская асацыяцыя журналістаў"),
    ("Belarusian Helsinki Committee", "Белорусский Хельсинкский комитет", "Беларускі Хельсінкскі Камітэт"),
    ("International Federation for Human Rights", "FIDH"),
    ("World Organisation Against Torture", "OMCT"),
    ("Reporters Without Borders", "Репортёры без границ", "Репортеры без границ", "Рэпарцёры без межаў"),
    ("Committee to Protect Journalists", "Комитет защиты журналистов"),
    ("Frontline Defenders", "Front Line Defenders"),
    ("OVD-Info", "ОВД-Инфо"),
    ("Memorial", "Правозащитный центр «Мемориал»", "Мемориал"),
    (
        "Inter-American Court of Human Rights",
        "Corte Interamericana de Derechos Humanos",
        "Corte Interamericana de Direitos Humanos",
    ),
    ("European Court of Human Rights", "Европейский суд по правам человека", "Еўрапейскі суд па правах чалавека"),
    ("PEN Belarus", "Белорусский ПЕН", "Беларускі ПЭН"),
    ("Lawtrend", "Лоутренд"),
    ("Radio Free Europe/Radio Liberty", "Радио Свобода", "Радыё Свабода"),
)

_PUBLISHER_OF = {name.casefold(): order for order, names in reversed([*enumerate(PUBLISHERS)]) for name in names}
_PUBLISHER_NAMES = re.compile(
    rf"(?<!\w)(?:{'|'.join(re.escape(name) for name in sorted(_PUBLISHER_OF, key=len, reverse=True))})(?!\w)", re.IGNORECASE
)

_KINDS = (
    r"public statement|joint statement|statement|press release|media release|news release|news|report|annual report|briefing(?: paper)?"
    r"|urgent action|open letter|submission|research|policy brief|fact ?sheet|judgment|publication|feature|blog|press"
    r"|заявление|совместное заявление|публичное заявление|пресс-релиз|доклад|отч[её]т|новости|новость|обзор|открытое письмо|брифинг|публикация"
    r"|заява|сумесная заява|публічная заява|прэс-рэліз|даклад|справаздача|навіны|навіна|агляд|адкрыты ліст|публікацыя"
    r"|прес-реліз|доповідь|звіт|новини|новина|огляд|відкритий лист"
)
_KIND_LINE = re.compile(rf"(?:{_KINDS})(?:\s*[/|·•,]\s*(?:{_KINDS}))*", re.IGNORECASE)
_SECTION = re.compile(
    r"(?:\d+[.)]?\s*)?(?:introduction|summary|executive summary|abstract|foreword|preface|acknowledge?ments|contents|table of contents"
    r"|background|conclusions?|recommendations|notes|references|appendix|annex|glossary|methodology"
    r"|введение|резюме|аннотация|предисловие|содержание|оглавление|заключение|рекомендации|примечания|приложение"
    r"|уводзіны|рэзюмэ|анатацыя|прадмова|змест|высновы|рэкамендацыі|заўвагі|дадатак|вступ|зміст|передмова|висновки)",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"(?:©|\(c\)\s|ⓒ|photo(?:graph)?s?\b(?:\s+by|\s*:|\s+credit)|image\s*(?:by|:|credit)|picture\s*:|фото\s*[:©]|фота\s*[:©]|иллюстрация\s*:|ілюстрацыя\s*:)"
    r"|(?:/(?:AFP|AP|Reuters|EPA|TASS)\b|\bvia\s+Getty\b|\bGetty Images\W*$)",
    re.IGNORECASE,
)
_OF_CREDIT = (
    "©", "(c)", "ⓒ", "photo", "image", "picture", "фото", "фота", "иллюстрация", "ілюстрацыя", "/afp", "/ap", "/reuters", "/epa", "/tass", "getty",
)  # fmt: skip
"""One of these stands in every credit; most lines have none, and to look for plain words takes a tenth of the time that the pattern takes."""
_TAGS = re.compile(
    r"(?:tags?|topics?|keywords?|key words|themes|теги|тэги|темы|ключевые слова|метки|тэгі|тэмы|ключавыя словы|теми|ключові слова)\s*:\s*(.+)",
    re.IGNORECASE | re.DOTALL,
)
_BYLINE = re.compile(r"(?:by|authors?\s*:|written by|авторы?\s*:|автор\s*[—–-]|аўтары?\s*:|автори?\s*:)\s+(.+)", re.IGNORECASE)
_BETWEEN_AUTHORS = re.compile(r",|;|\sand\s|\sи\s|\sі\s|\sта\s|&")
_PERSON = re.compile(r"[^\W\d_a-zа-яёіўєї][\w'’\-]+(?:\s+[^\W\d_a-zа-яёіўєї][\w'’.\-]*){1,3}")
_REFERENCES = (  # each with what stands in all that it finds
    ("Amnesty International", "/", re.compile(r"\b[A-Z]{3}\s\d{2}/\d{3,5}/\d{4}\b")),
    (
        "United Nations",
        "/",
        re.compile(
            r"\b(?:A|E|S|CCPR|CAT|CERD|CEDAW|CRC|CRPD|CED|CMW|HRI)/(?:[A-Z0-9.\-]+/)*[A-Z0-9.\-]*\d\b(?:/(?:Add|Corr|Rev)\.\d+)?"
        ),
    ),
    ("OSCE/ODIHR", "ODIHR.", re.compile(r"\bODIHR\.[A-Z]{3}/\d+/\d{2}\b")),
    (None, "ISBN", re.compile(r"\bISBN(?:-1[03])?:?\s*(?:97[89][\s-]?)?\d(?:[\s-]?[\dXx]){8,11}\b")),
    (None, "10.", re.compile(r"\b10\.\d{4,9}/[^\s\"<>]*[^\s\"<>.,;)]")),
)
_OPEN_END = re.compile(r"[\w)?»”\"]$")
_JUNK_TITLE = re.compile(
    r"microsoft word|untitled|без названия|без назвы|\.(?:docx?|pdf|indd|qxd|odt|rtf|html?)\W*$|^\W*$|^[\w\-]+_[\w\-]+$|^\d+$",
    re.IGNORECASE,
)

_FIRST = 25
_SHORT_LINE = 160
_LONGEST_TITLE = 300
_LONGEST_TOPIC = 60
_ENOUGH_TEXT = 60
_LAST = 12


def describe(reading: Reading, passages: Sequence[Passage]) -> tuple[Description, tuple[Passage, ...]]:
    """The description of a document, and its passages with what the description taught about them.

    Credits of photographs and the block of topics become captions (they stay, so they are found), lines that stand as headings
    in plain text become headings, and every passage gets its language.

    Args:
        reading: what the reader said of the file.
        passages: all passages in order, notes included, as composed.

    Returns:
        the description, and as many passages as came, in the same order with the same text.
    """
    better = [_without_credit(passage) for passage in passages]
    topics, better = _topics(reading, better)
    if reading.format is Format.TEXT:
        better = _with_headings(better)
    title, better = _title(reading, better)
    reference, owner = _reference(better)
    guesses = [guess(passage.text) for passage in better]
    language = _main_language(reading, better, guesses)
    description = Description(
        title=title,
        language=language,
        publisher=reading.stated.publisher or _publisher(better, title) or owner,
        reference=reference or reading.stated.reference,
        published_on=_published_on(reading, better),
        authors=reading.stated.authors or _authors(better),
        topics=topics,
        address=stated_address(reading.stated),
        versions=stated_versions(reading.stated, better, own=language),
    )
    return description, tuple(
        _with_language(passage, guessed, language) for passage, guessed in zip(better, guesses, strict=True)
    )


def _body(passages: Iterable[Passage]) -> list[Passage]:
    return [passage for passage in passages if passage.kind is not PassageKind.NOTE]


def _first(passages: Sequence[Passage]) -> list[Passage]:
    return _body(passages)[:_FIRST]


def _is_credit(text: str) -> bool:
    return len(text) <= _SHORT_LINE and any(map(text.casefold().__contains__, _OF_CREDIT)) and _CREDIT.search(text) is not None


def _without_credit(passage: Passage) -> Passage:
    if passage.kind in {PassageKind.PARAGRAPH, PassageKind.HEADING} and _is_credit(passage.text):
        return msgspec.structs.replace(passage, kind=PassageKind.CAPTION, level=0)
    return passage


def _topics(reading: Reading, passages: Sequence[Passage]) -> tuple[tuple[str, ...], list[Passage]]:
    found = list(reading.stated.topics)
    better = list(passages)
    places = [at for at, passage in enumerate(passages) if passage.kind is not PassageKind.NOTE]
    for at in places:
        tags = _TAGS.match(passages[at].text) if len(passages[at].text) <= 600 else None
        if tags:
            found += re.split(r"\s*[,;|\t\n]\s*", tags[1].strip(" ."))
            better[at] = msgspec.structs.replace(passages[at], kind=PassageKind.CAPTION, level=0)
    tail: list[tuple[int, list[str]]] = []
    for at in reversed(places[-_LAST:]):
        parts = _capital_parts(passages[at].text)
        if not parts:
            break
        tail.append((at, parts))
    if sum(len(parts) for _, parts in tail) >= 2 and len(tail) < len(places):
        for at, parts in reversed(tail):
            found += parts
            better[at] = msgspec.structs.replace(passages[at], kind=PassageKind.CAPTION, level=0)
    once: dict[str, str] = {}
    for topic in found:
        name = topic.strip()
        if name and len(name) <= _LONGEST_TOPIC:
            once.setdefault(name.casefold(), name)
    return tuple(once.values()), better


def _capital_parts(text: str) -> list[str]:
    """The topics in a passage that holds nothing else: parts between tabs or line ends, in capitals throughout."""
    parts = [part.strip() for part in re.split(r"[\t\n|•]+|\s{3,}", text) if part.strip()]
    fits = all(
        part == part.upper() and any(letter.isalpha() for letter in part) and len(part) <= _LONGEST_TOPIC for part in parts
    )
    return parts if fits and not any(part.endswith((".", "!", "?")) for part in parts) else []


def _with_headings(passages: Sequence[Passage]) -> list[Passage]:
    """Plain text: a short line between long paragraphs that ends no sentence is a heading."""
    better = list(passages)
    for at, passage in enumerate(passages):
        after = passages[at + 1] if at + 1 < len(passages) else None
        if (
            at
            and passage.kind is PassageKind.PARAGRAPH
            and after is not None
            and after.kind is PassageKind.PARAGRAPH
            and len(after.text) > 2 * len(passage.text)
            and _stands_as_heading(passage.text)
            and any(len(earlier.text) > _SHORT_LINE for earlier in passages[:at])
        ):
            better[at] = msgspec.structs.replace(passage, kind=PassageKind.HEADING, level=2)
    return better


def _stands_as_heading(text: str) -> bool:
    return (
        3 <= len(text) <= 90
        and text[0].isupper()
        and "\n" not in text
        and "\t" not in text
        and _OPEN_END.search(text) is not None
        and read_date(text) is None
        and not _is_credit(text)
    )


def _title(reading: Reading, passages: Sequence[Passage]) -> tuple[str, list[Passage]]:
    stated = (reading.stated.title or "").strip()
    if _JUNK_TITLE.search(stated) or len(stated) > _LONGEST_TITLE:
        stated = ""
    first = _first(passages)
    headings = [one for one in first if one.kind is PassageKind.HEADING and _may_be_title(one.text, one)]
    if headings:
        best = min(headings, key=lambda one: one.level)
        text = " ".join(best.text.split())
        if (
            stated
            and reading.format is Format.PDF
            and _plain(stated) != _plain(text)
            and _plain(stated) in _plain(" ".join(one.text for one in first))
        ):
            return stated, list(passages)
        first_long = next((one.n for one in first if len(one.text) > 2 * _SHORT_LINE), len(passages))
        if reading.format is not Format.TEXT or best.n < first_long:
            return text, list(passages)
    if stated:
        return stated, list(passages)
    for passage in first:
        if passage.kind is PassageKind.PARAGRAPH and len(passage.text) > _SHORT_LINE * 2:
            break
        if passage.kind is PassageKind.PARAGRAPH and _may_be_title(passage.text, passage) and len(passage.text.split()) >= 2:
            better = list(passages)
            better[passage.n] = msgspec.structs.replace(passage, kind=PassageKind.HEADING, level=1)
            return " ".join(passage.text.split()), better
    named = [one for one in first if one.kind is PassageKind.HEADING and _is_kind_line(" ".join(one.text.split()))]
    return (" ".join(min(named, key=lambda one: one.level).text.split()) if named else ""), list(passages)


def _may_be_title(text: str, passage: Passage) -> bool:
    line = " ".join(text.split())
    return (
        3 <= len(line) <= _LONGEST_TITLE
        and any(letter.isalpha() for letter in line)
        and not _is_kind_line(line)
        and not _SECTION.fullmatch(line.strip(" :."))
        and not _is_credit(line)
        and not _is_only_date(line)
        and not (len(line) < 60 and any(sign in line and pattern.search(line) for _, sign, pattern in _REFERENCES))
        and not _BYLINE.fullmatch(line)
        and not re.fullmatch(r"\(.*\)|[^\s]+:", line)
        and (passage.kind is PassageKind.HEADING or not (re.search(r"[.;,:]$", line) or line[0] in '“«"„'))
    )


def _is_kind_line(line: str) -> bool:
    """Whether a line only says what kind of document this is, with or without its publisher's name."""
    if any(map(line.casefold().__contains__, _PUBLISHER_OF)):
        line = _PUBLISHER_NAMES.sub(" ", line)
    rest = line.strip(" \t-–—|/·•:,.")
    return not rest or _KIND_LINE.fullmatch(" ".join(rest.split())) is not None


def _is_only_date(line: str) -> bool:
    return read_date(line) is not None and len(re.sub(r"[\W\d]+", "", line)) <= 20


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text).strip().casefold()


def _publisher(passages: Sequence[Passage], title: str) -> str | None:
    first = _first(passages)
    is_release = False
    for passage in [*first, *_body(passages)[-_LAST:]]:
        line = " ".join(passage.text.split())
        if len(line) > _SHORT_LINE * 3 or line == title:
            continue
        kinds = [part for part in re.split(r"\t+|\s{3,}", passage.text) if _KIND_LINE.fullmatch(part.strip())]
        is_release = is_release or bool(kinds)
        if _is_kind_line(line):
            is_release = True
            name = _known_publisher(line)
            if name:
                return name
    if is_release:
        lead = next((one for one in first if one.kind is PassageKind.PARAGRAPH and len(one.text) > 120), None)
        return _known_publisher(lead.text, at_start=True) if lead else None
    return None


def _known_publisher(text: str, *, at_start: bool = False) -> str | None:
    """The publisher of PUBLISHERS that stands in ``text``, the earliest of that list where several do."""
    found = [match for match in _PUBLISHER_NAMES.finditer(text) if not at_start or match.start() == 0]
    order = min((_PUBLISHER_OF[match[0].casefold()] for match in found), default=None)
    return None if order is None else PUBLISHERS[order][0]


def _reference(passages: Sequence[Passage]) -> tuple[str | None, str | None]:
    body = _body(passages)
    for passage in [*body[:_FIRST], *body[-_LAST:]]:
        for owner, sign, pattern in _REFERENCES:
            match = pattern.search(passage.text) if sign in passage.text else None
            if match and (
                len(passage.text) <= _SHORT_LINE
                or re.search(r"index|document|symbol", passage.text[: match.start()][-25:], re.IGNORECASE)
            ):
                return " ".join(match[0].split()), owner
    return None, None


def _published_on(reading: Reading, passages: Sequence[Passage]) -> str | None:
    stated = reading.stated.published_on
    stated_day = read_date(stated) if stated else None
    if stated and stated_day is None and re.fullmatch(r"(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2]))?", stated):
        stated_day = stated
    if stated_day and reading.format is not Format.PDF:
        return stated_day
    for passage in _first(passages):
        if len(passage.text) <= _SHORT_LINE:
            found = read_date(passage.text)
            if found:
                return found
    return stated_day


def _authors(passages: Sequence[Passage]) -> tuple[str, ...]:
    for passage in _first(passages):
        match = _BYLINE.fullmatch(" ".join(passage.text.split())) if len(passage.text) <= _SHORT_LINE else None
        if match:
            names = [name.strip(" .") for name in _BETWEEN_AUTHORS.split(match[1])]
            if all(_PERSON.fullmatch(name) for name in names):
                return tuple(names)
    return ()


def _main_language(reading: Reading, passages: Sequence[Passage], guesses: Sequence[Language]) -> Language:
    """The language of most letters; UNKNOWN counts too, but only where there is enough text to be sure of it."""
    weights: Counter[Language] = Counter()
    for passage, language in zip(passages, guesses, strict=True):
        is_body = passage.kind is not PassageKind.NOTE
        if is_body and (language is not Language.UNKNOWN or len(passage.text) >= _ENOUGH_TEXT):
            weights[language] += len(passage.text)
    main = weights.most_common(1)[0][0] if weights else Language.UNKNOWN
    return main if main is not Language.UNKNOWN else reading.stated.language or Language.UNKNOWN


def _with_language(passage: Passage, language: Language, main: Language) -> Passage:
    """The passage with its language as guessed; a short one that could be of several has the document's."""
    is_short = len(passage.text) < _ENOUGH_TEXT
    if is_short and language is Language.UNKNOWN and _is_cyrillic(passage.text) == (main is not Language.ENGLISH):
        language = main
    return msgspec.structs.replace(passage, language=language)


def _is_cyrillic(text: str) -> bool:
    if text.isascii():
        return False
    return sum("Ѐ" <= letter <= "ӿ" for letter in text) * 2 > sum(letter.isalpha() for letter in text)
