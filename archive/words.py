"""One catalogue of sentences for the window and the terminal: ``resources/words/<language>/*.ftl`` (Project Fluent).

A sentence that a language lacks is said in English; one that is nowhere is a bug and raises. Facts are put in as they are:
whoever shows the sentence shows it as plain text.
"""

from __future__ import annotations

import functools
import re
import warnings
from datetime import date

from fluent.runtime import FluentBundle, FluentResource
from fluent.runtime.types import FluentNone

from archive.settings import RESOURCES

LANGUAGES = ("en", "ru", "be")
_chosen = ["en"]
# One sentence of a file: its name at the beginning of a line, then whatever is indented, closes a choice or is empty.
_ENTRY = re.compile(r"^(?P<name>[a-zA-Z][\w-]*) *=.*(?:\n(?:[ \t}].*)?)*", re.MULTILINE)
_MENTIONED = re.compile(r"\{ *([a-zA-Z][\w-]*) *\}")


def choose_language(code: str) -> str:
    """Say everything in this language from now on.

    Args:
        code: a language tag such as ``be``, ``ru_RU`` or ``en-GB``; one that Ibid does not speak means English.

    Returns:
        The language chosen: one of LANGUAGES.
    """
    language = code.replace("_", "-").split("-")[0].lower()
    _chosen[0] = language if language in LANGUAGES else "en"
    return _chosen[0]


def chosen_language() -> str:
    """The language in which everything is said."""
    return _chosen[0]


def say(identifier: str, **facts: object) -> str:
    """The sentence of this name in the chosen language.

    Args:
        identifier: its name in the catalogue; ``name.attribute`` for an attribute.
        facts: the values that it mentions. Numbers choose the plural; dates and text go in as they are.

    Raises:
        KeyError: no language has it, or it mentions a value that was not given (a bug).
    """
    for language in (_chosen[0], "en"):
        sentence = _format(_catalogue(language), identifier, {name: _plain(value) for name, value in facts.items()})
        if sentence is not None:
            return sentence
    raise KeyError(identifier)


def knows(identifier: str, *, language: str) -> bool:
    """Whether this language has a sentence of this name."""
    return identifier in _catalogue(language).names


def identifiers(language: str) -> frozenset[str]:
    """The names of all sentences that this language has."""
    return _catalogue(language).names


def say_date(iso: str) -> str:
    """A date of ISO 8601, of whatever precision, as people write it in the chosen language; other text comes back as it is."""
    parts = iso[:10].split("-")
    try:
        numbers = [int(part) for part in parts]
        date(*([*numbers, 1, 1])[:3])
    except (ValueError, TypeError):
        return iso
    if len(numbers) == 1:
        return parts[0]
    name = "date-month" if len(numbers) == 2 else "date-day"
    return say(name, year=parts[0], month=numbers[1], day=numbers[2] if len(numbers) > 2 else 0)


def _plain(value: object) -> object:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else str(value)


def _format(catalogue: _Catalogue, identifier: str, facts: dict[str, object]) -> str | None:
    name, _, attribute = identifier.partition(".")
    bundle = catalogue.message(name)
    if bundle is None:
        return None
    message = bundle.get_message(name)
    pattern = message.attributes.get(attribute) if attribute else message.value
    if pattern is None:
        return None
    text, errors = bundle.format_pattern(pattern, facts)
    if errors or isinstance(text, FluentNone):
        raise KeyError(f"{identifier}: {errors}")
    return str(text)


class _Catalogue:
    """The sentences of one language. Parsing all of them takes a fifth of a second, so each is parsed when it is first said."""

    def __init__(self, language: str) -> None:
        self._bundle = FluentBundle([language], use_isolating=False)
        self._unparsed: dict[str, str] = {}
        for catalogue in sorted((RESOURCES / "words" / language).glob("*.ftl")):
            for entry in _ENTRY.finditer(catalogue.read_text(encoding="utf-8")):
                self._unparsed[entry["name"]] = entry[0]
        self.names = frozenset(self._unparsed)

    def message(self, name: str) -> FluentBundle | None:
        """The bundle, in which this sentence now stands parsed; None if the language has no such sentence."""
        source = self._unparsed.pop(name, None)
        if source is not None:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # WORKAROUND: babel, which fluent.runtime loads, warns of unrelated locales
                self._bundle.add_resource(FluentResource(source))
            for mentioned in _MENTIONED.findall(source):
                self.message(mentioned)
        return self._bundle if self._bundle.has_message(name) else None


@functools.cache
def _catalogue(language: str) -> _Catalogue:
    return _Catalogue(language)
