"""What a note quotes of its source, and whether those words stand in a text.

    found       the words stand there as they are, white space aside
    nearly      they do when case, punctuation, quotation marks, hyphens and ё are not told apart, or four of five stand there in their order, close together
    not found   neither

Of several things that a note quotes (words, a title) one that stands there is enough. Where words were left out ("... [the] ..."), every piece is looked
for. Words in another script than the text are a translation, and nothing is said of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

from archive.model.footnote import Note
from archive.model.source import Quoted

_QUOTED = re.compile(r"“([^“”]+)”|„([^„“”]+)[“”]|«([^«»]+)»|\"([^\"]+)\"")
_SHORTEST = 8
_LEFT_OUT = re.compile(r"\[[^\]]{0,80}\]|\(?(?:…|\.\s?\.\s?\.)\)?")
_BEHIND_QUOTE = 4
_MOST_WORDS = 60
_FEWEST_FOR_NEARLY = 5
_OF_TEN_IN_ORDER = 8
_MOST_PLACES = 60
_WORD = re.compile(r"\w+")
_JOINED = re.compile("(?<=\\w)['\u2019\u2018\u02bc`\u00ad\u200b-\u200d\u2060](?=\\w)|[\u00ad\u200b-\u200d\u2060]")
_SCRIPTS = (re.compile("[A-Za-z\u00c0-\u024f]"), re.compile("[\u0400-\u052f]"))
_FOREIGN = 0.1
_WORTH = (Quoted.NOT_FOUND, Quoted.NEARLY, Quoted.FOUND)


def quotes_of(note: Note, *, of: Collection[str] = ()) -> tuple[str, ...]:
    """The words that a note puts in quotation marks, then the titles it cites; longest first, each once, none shorter than 8 signs.

    What its report puts in quotation marks just before the marker counts too.

    Args:
        note: of a document.
        of: the addresses of one source. Where the note cites several places, only what it says of this one counts; empty for all.
    """
    about = [citation for citation in note.citations if not of or citation.address in of]
    is_alone = not of or {citation.address for citation in note.citations if citation.address} <= set(of)
    texts = [note.text] if is_alone else [citation.text for citation in about]
    quoted = [words for text in texts for words, _ in _in_marks(text)]
    if is_alone:
        quoted += [words for words, behind in _in_marks(note.before) if behind <= _BEHIND_QUOTE]
    titles = [citation.title.strip() for citation in about if citation.title]
    return tuple(
        sorted({words for words in (*quoted, *titles) if len(words) >= _SHORTEST}, key=lambda words: (-len(words), words))
    )


def how_quoted(text: str, quotes: Sequence[str]) -> Quoted | None:
    """How well a text holds what is quoted: the best of ``quotes``; None where nothing is quoted that could stand in it.

    Args:
        text: the whole text, its title included.
        quotes: from :func:`quotes_of`.
    """
    scripts = _scripts_of(text)
    sought = [quote for quote in quotes if scripts[max(range(len(_SCRIPTS)), key=_scripts_of(quote).__getitem__)] >= _FOREIGN]
    if not sought:
        return None
    as_it_is = " ".join(text.split())
    if any(all(" ".join(piece.split()) in as_it_is for piece in _pieces(quote)) for quote in sought):
        return Quoted.FOUND
    words = _words(text)
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, word in enumerate(words):
        places[word].append(place)
    folded = f" {' '.join(words)} "
    if any(all(_is_near(_words(piece), words, folded, places) for piece in _pieces(quote)) for quote in sought):
        return Quoted.NEARLY
    return Quoted.NOT_FOUND


def least(judged: Iterable[Quoted | None]) -> Quoted | None:
    """The least of what was found for several notes; None where none quotes anything."""
    return min((one for one in judged if one is not None), key=_WORTH.index, default=None)


def _in_marks(text: str) -> Iterator[tuple[str, int]]:
    """Words in quotation marks, and how many signs of the text stand behind them."""
    for found in _QUOTED.finditer(text):
        yield "".join(found.groups(default="")).strip(" .,;:"), len(text) - found.end()


def _pieces(quote: str) -> list[str]:
    """What is quoted without gap; all of it where every piece would be too short to say anything."""
    pieces = [piece.strip(" .,;:") for piece in _LEFT_OUT.split(quote)]
    return [piece for piece in pieces if len(piece) >= _SHORTEST] or [quote]


def _words(text: str) -> list[str]:
    """The words as they are compared: small letters, ё as е, without apostrophes and what cannot be seen."""
    return _WORD.findall(_JOINED.sub("", unicodedata.normalize("NFKC", text)).lower().replace("ё", "е"))


def _is_near(sought: list[str], words: list[str], folded: str, places: dict[str, list[int]]) -> bool:
    """Whether the words stand in a text one after another, or four of five of them in order within a stretch half as long again."""
    if not sought or f" {' '.join(sought)} " in folded:
        return bool(sought)
    sought = sought[:_MOST_WORDS]
    count = len(sought)
    if count < _FEWEST_FOR_NEARLY:
        return False
    known = [at for at in range(count) if sought[at] in places]
    if 10 * len(known) < _OF_TEN_IN_ORDER * count:
        return False
    # One of any few rarest words must be among those that stand there, if four of five do.
    rarest = sorted(known, key=lambda at: len(places[sought[at]]))[: count // 5 + 2]
    for at in rarest:
        for place in places[sought[at]][:_MOST_PLACES]:
            start = max(0, place - at - count // 4)
            if 10 * _in_order(sought, words[start : start + count + count // 2]) >= _OF_TEN_IN_ORDER * count:
                return True
    return False


def _in_order(sought: Sequence[str], words: Sequence[str]) -> int:
    """How many words of ``sought`` stand in ``words`` in their order at the most (a longest common subsequence).

    All rows of the table at once in the bits of a number: H. Hyyrö, "Bit-parallel LCS-length computation revisited", 2004.
    """
    matches: defaultdict[str, int] = defaultdict(int)
    for at, word in enumerate(sought):
        matches[word] |= 1 << at
    whole = (1 << len(sought)) - 1
    column = whole
    for word in words:
        met = column & matches.get(word, 0)
        column = ((column + met) | (column - met)) & whole
    return len(sought) - column.bit_count()


def _scripts_of(text: str) -> list[float]:
    """How much of the letters of a text each script has, 0..1."""
    counts = [len(script.findall(text)) for script in _SCRIPTS]
    return [count / max(1, sum(counts)) for count in counts]
