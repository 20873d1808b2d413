"""What is known of how a capture was made, in plain words: for the line under a source, and for the sheet of evidence.

Nothing here is a promise: it is said what was fetched, when, by what and from where, and what that does not prove. Every string is plain
text; what comes from the archive is made fit to be shown.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime

import msgspec

from archive.model.replay import CapturePart
from archive.model.source import Capture, Source, Way
from viewer.look.plain import plain, plain_address
from viewer.say.words import say_date, say_size

SHORT_DIGITS = 8


class Fact(msgspec.Struct, frozen=True):
    """What is said under one heading, line by line."""

    heading: str
    lines: tuple[str, ...]


def page_of(parts: Sequence[CapturePart]) -> CapturePart | None:
    """The part of a capture that is its page; None where it has no part (see :func:`archive.model.source.page_of`)."""
    frozen = next((part for part in parts if part.is_frozen), None)
    stayed = next((part for part in parts if not part.leads_to), None)
    return frozen or stayed or (parts[-1] if parts else None)


def redirects_of(parts: Sequence[CapturePart]) -> tuple[CapturePart, ...]:
    """The parts that led to the page, in order."""
    page = page_of(parts)
    before = parts[: parts.index(page)] if page in parts else ()
    return tuple(part for part in before if part.leads_to)


def agreeing(source: Source, capture: Capture) -> tuple[Capture, ...]:
    """The other captures of a source that are independent of this one and the same: made in another way or on another day, byte for byte one text."""
    if capture.document is None:
        return ()
    return tuple(
        other
        for other in source.captures
        if other.capture != capture.capture
        and other.document == capture.document
        and (other.way is not capture.way or other.taken_at.date() != capture.taken_at.date())
    )


def way_in_words(capture: Capture, say: Callable[..., str]) -> str:
    """By which step a capture came to be, as the rest of a sentence."""
    copy = capture.evidence.copy
    if capture.way is Way.COPY:
        return say("capture-way-copy", keeper=plain(copy.keeper) if copy is not None else "?")
    return say(f"capture-way-{capture.way}")


def worth_in_words(capture: Capture, say: Callable[..., str]) -> str:
    """What a capture is worth, in a few words: a person's, with Ibid's own beside them, or Ibid's alone."""
    said = say(f"source-pane-verdict-{capture.verdict.replace('_', '-')}")
    if capture.judged is None:
        return said
    return say("capture-judged-short", judged=say(f"source-pane-verdict-{capture.judged.replace('_', '-')}"), said=said)


def moment_in_words(moment: datetime, say: Callable[..., str]) -> str:
    """When it was saved, to the minute."""
    moment = moment.astimezone(UTC)
    return say("capture-taken", date=say_date(moment), time=f"{moment:%H:%M}")


def in_short(capture: Capture, parts: Sequence[CapturePart], say: Callable[..., str]) -> tuple[str, ...]:
    """The two lines under a source: when, how and what it was judged; from where, after what, in which letters, what is missing."""
    first = [moment_in_words(capture.taken_at, say), way_in_words(capture, say), worth_in_words(capture, say)]
    second = [say("capture-from", address=plain_address(capture.final_address))]
    redirects, page = redirects_of(parts), page_of(parts)
    if redirects:
        second.append(say("capture-redirects", count=len(redirects)))
    if page is not None and page.charset:
        second.append(plain(page.charset))
    return " · ".join(first), " · ".join(second)


def in_full(
    source: Source, capture: Capture, parts: Sequence[CapturePart], say: Callable[..., str], *, meant_on: str | None = None
) -> tuple[Fact, ...]:
    """Everything that is known, for the sheet of evidence.

    Args:
        source: whose capture it is.
        capture: the one that is asked about.
        parts: what it consists of.
        say: gives the sentence of a name.
        meant_on: the date whose state of the page a note means (ISO 8601), for a copy.
    """
    page, redirects = page_of(parts), redirects_of(parts)
    missing = len(capture.evidence.missing)
    what = [
        say("evidence-what-words", parts=max(0, len(parts) - len(redirects) - 1), size=say_size(capture.size_bytes)),
        *([say("evidence-missing-words", count=missing)] if missing else []),
        say("evidence-verdict", verdict=worth_in_words(capture, say)),
    ]
    how = [say("evidence-how-words", way=way_in_words(capture, say))]
    if capture.evidence.program:
        how.append(say("evidence-program", program=plain(capture.evidence.program)))
    if (words := capture.evidence.words) is not None:
        how += [say("evidence-first-step", count=words.first), say("evidence-second-step", count=words.second)]
    digests = [say("evidence-digest-capture", digest=capture.capture)]
    if page is not None:
        digests.append(say("evidence-digest-page", digest=page.digest))
    facts = [
        Fact(say("evidence-what"), tuple(what)),
        Fact(say("evidence-when"), (moment_in_words(capture.taken_at, say) + ".",)),
        Fact(say("evidence-how"), tuple(how)),
        Fact(say("evidence-from-where"), _way_there(capture, redirects, page, say)),
        *_of_copy(capture, say, meant_on),
        Fact(say("evidence-certificate"), _certificates(capture, say)),
    ]
    if page is not None and page.charset:
        facts.append(Fact(say("evidence-charset"), (say("evidence-charset-words", charset=plain(page.charset)),)))
    agree = [
        say("evidence-agrees", date=say_date(other.taken_at), way=way_in_words(other, say)) for other in agreeing(source, capture)
    ]
    facts.append(Fact(say("evidence-agree"), tuple(agree) or (say("evidence-agrees-none"),)))
    facts.append(Fact(say("evidence-digest"), tuple(digests)))
    return tuple(facts)


def _way_there(
    capture: Capture, redirects: Sequence[CapturePart], page: CapturePart | None, say: Callable[..., str]
) -> tuple[str, ...]:
    return (
        say("evidence-asked", address=plain_address(capture.address)),
        *(say("evidence-sent-on", status=str(part.status), address=plain_address(part.leads_to)) for part in redirects),
        say(
            "evidence-answered", status=str(page.status if page else capture.status), address=plain_address(capture.final_address)
        ),
    )


def _of_copy(capture: Capture, say: Callable[..., str], meant_on: str | None) -> tuple[Fact, ...]:
    copy = capture.evidence.copy
    if copy is None:
        return ()
    lines = [
        say("evidence-copy-words", keeper=plain(copy.keeper), date=say_date(copy.kept_at)),
        say("capture-from", address=plain_address(copy.address)),
    ]
    if (own := capture.evidence.own_answer) is not None:
        status = str(own.facts.get("status", ""))
        lines.append(say("evidence-own-answer", what=own.error or str(own.verdict or "other"), status=plain(status)))
    meant = _day(meant_on)
    if meant is not None:
        days = (copy.kept_at.date() - meant).days
        name = "evidence-copy-same-day" if not days else "evidence-copy-after" if days > 0 else "evidence-copy-before"
        lines.append(say(name, days=abs(days), date=say_date(meant_on)) if days else say(name))
    return (Fact(say("evidence-copy"), tuple(lines)),)


def _certificates(capture: Capture, say: Callable[..., str]) -> tuple[str, ...]:
    said = tuple(
        say(
            "evidence-certificate-words",
            host=plain(one.host),
            subject=plain(one.subject),
            issuer=plain(one.issuer),
            until=say_date(one.valid_until),
            digest=one.digest,
            **{"from": say_date(one.valid_from)},
        )
        for one in capture.evidence.certificates
    )
    return said or (say("evidence-certificate-none"),)


def _day(stated: str | None) -> date | None:
    try:
        return date.fromisoformat(stated or "")
    except ValueError:
        return None
