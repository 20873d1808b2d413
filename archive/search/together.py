"""One answer from the answers of several archives."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from archive.model.hit import MOST_SPELLINGS, Answer, Facet, FacetName, Facets, FacetValue, Hit, Offer, Question, Spelling
from archive.search.ordering import facet_values, hit_key


def merge_answers(question: Question, answers: Sequence[Answer]) -> Answer:
    """One ranked list over several archives; a document that stands in several is one hit, of the archive where it ranks best.

    Args:
        question: as it was asked, with the ``offset`` and ``limit`` of the list wanted.
        answers: one per archive, in the order of the library, each to the question with ``offset`` 0 and ``limit`` enlarged by the offset.

    Returns:
        Hits by score, equal ones in the order of the archives. ``count`` is exact where no document beyond the hits given can stand in two
        archives; the spellings of all archives together. ``duration_ms`` is the longest, since archives answer side by side.
    """
    if not answers:
        return Answer(question=question.text, written="", count=0, is_exact=True, duration_ms=0.0)
    placed = [replace(hit, archive=number) for number, answer in enumerate(answers) for hit in answer.hits]
    best: dict[str, Hit] = {}
    standing: dict[str, set[int]] = {}
    for hit in sorted(placed, key=lambda each: hit_key(each, question.order)):
        best.setdefault(hit.document, hit)
        standing.setdefault(hit.document, set()).add(hit.archive)
    counted = [answer.count for answer in answers if answer.count]
    whole = all(len(answer.hits) == answer.count for answer in answers)
    spellings: dict[tuple[str, str], int] = {}
    for offered in (each for answer in answers for each in answer.spellings):
        spellings[offered.text, offered.word] = spellings.get((offered.text, offered.word), 0) + offered.count
    offers: dict[str, int] = {}
    for offer in (each for answer in answers for each in answer.offers):
        offers[offer.text] = offers.get(offer.text, 0) + offer.count
    ordered = sorted(spellings.items(), key=lambda pair: (-pair[1], pair[0]))
    return Answer(
        question=question.text,
        written=answers[0].written,
        understood=answers[0].understood,
        count=sum(counted) - (len(placed) - len(best)),
        is_exact=all(answer.is_exact for answer in answers) and (whole or len(counted) <= 1),
        duration_ms=max(answer.duration_ms for answer in answers),
        hits=tuple(
            replace(hit, archives=tuple(sorted(standing[hit.document])))
            for hit in list(best.values())[question.offset : question.offset + question.limit]
        ),
        spellings=tuple(Spelling(text, count, word) for (text, word), count in ordered[:MOST_SPELLINGS]),
        offers=tuple(Offer(text, count) for text, count in offers.items()),
    )


def merge_facets(counted: Sequence[Facets]) -> Facets:
    """The facets of several archives as one.

    Args:
        counted: one per archive; no document is counted in two of them.
    """
    counts: dict[FacetName, dict[str, int]] = {name: {} for name in FacetName}
    for facet in (facet for each in counted for facet in each.facets):
        for found in facet.values:
            counts[facet.name][found.value] = counts[facet.name].get(found.value, 0) + found.count
    return Facets(
        count=sum(each.count for each in counted),
        is_exact=all(each.is_exact for each in counted),
        duration_ms=max((each.duration_ms for each in counted), default=0.0),
        facets=tuple(
            Facet(name, facet_values(name, [FacetValue(value, count) for value, count in values.items()]))
            for name, values in counts.items()
            if values
        ),
    )
