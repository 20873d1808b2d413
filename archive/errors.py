"""What can go wrong, sorted by whose fault it is, because that decides what a person can do.

An error carries facts, never sentences: the sentence for ``EmptyFile`` stands in ``resources/words/<language>/errors.ftl``
under ``error-empty-file``, with the facts as its variables. Facts are short plain values; a fact never holds document text,
a query, a passphrase or a key. The tree:

    IbidError
        InputError      the file or the words given
        OutsideError    the network, a source
        MachineError    disk full, archive busy, archive too new
        ArchiveError    damaged, locked, wrong passphrase, foreign

``Cancelled`` (see :mod:`archive.progress`) is not an error. Anything else that is raised is a bug.
"""

from __future__ import annotations

import re
from typing import ClassVar

Fact = str | int | float | bool


class IbidError(Exception):
    """The root: a fault that a person can be told about.

    Args:
        facts: the values that the sentence needs, by name; ``wanted_facts`` lists which.

    Raises:
        TypeError: a wanted fact is missing or an unknown one is given (a bug of the caller).
    """

    wanted_facts: ClassVar[tuple[str, ...]] = ()

    def __init__(self, **facts: Fact) -> None:
        if set(facts) != set(self.wanted_facts):
            raise TypeError(f"{type(self).__name__} wants the facts {self.wanted_facts}, got {tuple(facts)}")
        super().__init__(self.code())
        self.facts = facts

    @classmethod
    def code(cls) -> str:
        """The stable name of this error in words, JSON and on the pipe: ``EmptyFile`` gives ``empty-file``."""
        return re.sub(r"(?<!^)(?=[A-Z])", "-", cls.__name__).lower()


class InputError(IbidError):
    """The file or the words given are the reason; the archive is as it was."""


class EmptyFile(InputError):
    """The file holds no bytes, or no text."""


class UnknownFormat(InputError):
    """The bytes are of no format that Ibid reads; ``looks_like`` is a short name such as ``executable`` or ``data``."""

    wanted_facts = ("looks_like",)


class DamagedFile(InputError):
    """The bytes begin like ``format`` but cannot be read to the end."""

    wanted_facts = ("format",)


class PasswordWanted(InputError):
    """The file is encrypted by its maker; Ibid can open ``pdf`` and ``zip`` with the password, other formats not."""

    wanted_facts = ("format",)


OPENED_WITH_PASSWORD = frozenset({"pdf", "zip"})
"""The formats of PasswordWanted that Ibid can open when it is given the password."""


class PasswordWrong(InputError):
    """The password given does not open the file."""

    wanted_facts = ("format",)


class CorrectionLost(InputError):
    """What a correction puts right is not there any more; the document is as it was."""


class NothingToCorrect(InputError):
    """The document is the text of a source, whose notes lead nowhere, or nothing was corrected that could be taken back."""


class FileTooLarge(InputError):
    """The file is over the limit, both in bytes."""

    wanted_facts = ("size_bytes", "limit_bytes")


class SeveralDocuments(InputError):
    """The file is a ZIP of several documents; Ibid brings in one document at a time."""

    wanted_facts = ("count",)


class PartOfFile(InputError):
    """The file is one of several parts of a ZIM file; only the parts joined can be read."""


class ArticlesWanted(InputError):
    """The file holds many articles, and none was chosen."""


class ArticleNotFound(InputError):
    """The file holds no article of this title or path."""


class NotInFile(InputError):
    """The file holds no answer of this address."""

    wanted_facts = ("address",)


class UnreadableFile(InputError):
    """The operating system would not give the file; ``reason`` is ``missing``, ``permission``, ``folder``, ``link``, ``special``, ``changed`` or ``io``."""

    wanted_facts = ("reason",)


class ReaderGaveUp(InputError):
    """The reader process ended before it had an answer; ``limit`` is ``time``, ``memory`` or ``crash``."""

    wanted_facts = ("limit",)


class AddressRefused(InputError):
    """The text is no web address Ibid would ever open; ``reason`` is a short name from :mod:`archive.address`."""

    wanted_facts = ("reason",)


class ProxyUnreadable(InputError):
    """The text names no SOCKS proxy."""


class DocumentNotFound(InputError):
    """No document of the archive has an identifier that begins so."""

    wanted_facts = ("document",)


class DocumentAmbiguous(InputError):
    """Several documents have identifiers that begin so."""

    wanted_facts = ("document", "count")


class CollectionNotFound(InputError):
    """The archive has no collection of this name."""


class CollectionUnnamed(InputError):
    """The name of a collection is empty, longer than a line, or holds characters that cannot be seen."""


class QuestionUnnamed(InputError):
    """The name of a saved question is empty, longer than a line, or holds characters that cannot be seen."""


class SourceNotFound(InputError):
    """No note of the archive cites this address."""

    wanted_facts = ("address",)


class CaptureNotFound(InputError):
    """No capture of the archive has a name that begins so, or ``count`` have."""

    wanted_facts = ("capture", "count")


class HostsUnreadable(InputError):
    """The list of hosts has a line that is no host, or says of it what Ibid does not know; ``line`` counts from 1."""

    wanted_facts = ("line",)


class TargetExists(InputError):
    """Something stands already where the new archive should go; it is left as it is."""


class TargetInside(InputError):
    """The new archive would stand inside the one it is made from."""


class NothingToShare(InputError):
    """The selection holds no document."""


class EmptyPassphrase(InputError):
    """A passphrase was asked for and none was given."""


class OutsideError(IbidError):
    """The network or a source is the reason; the archive is as it was."""


class HostNotFound(OutsideError):
    """The name of the host has no address."""

    wanted_facts = ("host",)


class HostUnreachable(OutsideError):
    """The host did not take, or dropped, the connection; ``reason`` is ``refused``, ``dropped``, ``tls``, ``protocol``, ``dns`` or ``proxy``.

    ``dns`` says that nobody could be asked for the host's address: offline, as a rule. ``proxy`` says that the SOCKS proxy, which ``host`` is, does not serve.
    """

    wanted_facts = ("host", "reason")


class TookTooLong(OutsideError):
    """The source did not finish within the time allowed."""

    wanted_facts = ("host", "limit_s")


class AnswerTooLarge(OutsideError):
    """The source sent more than is allowed."""

    wanted_facts = ("host", "limit_bytes")


class TooManyRedirects(OutsideError):
    """The source sent us on more often than is allowed."""

    wanted_facts = ("host", "limit")


class PartsMissing(OutsideError):
    """The page came, but of what it needs to look as it looks ``count`` things did not, and some of them matter."""

    wanted_facts = ("host", "count")


class NotServed(OutsideError):
    """The source answered that it would not or could not serve the page; ``status`` is the HTTP status."""

    wanted_facts = ("host", "status")


class RequestRefused(OutsideError):
    """Ibid's own policy refused to ask; ``reason`` is a short name from :mod:`archive.capture.policy`."""

    wanted_facts = ("host", "reason")


class PageBroke(OutsideError):
    """The embedded browser could not build the page; ``reason`` is ``crash``, ``hung`` or ``no_page`` (what came is no page of HTML)."""

    wanted_facts = ("host", "reason")


class MachineError(IbidError):
    """This computer is the reason; the archive is as it was before."""


class DiskFull(MachineError):
    """There is no room left where the archive stands."""


class ArchiveBusy(MachineError):
    """Another program holds the archive."""


class NotWritable(MachineError):
    """The place does not take changes (a read-only stick, missing permission)."""


class ReportNotWritten(MachineError):
    """The place that was named for a report does not take it."""


class ArchiveTooNew(MachineError):
    """The archive was written by a newer Ibid; both are major*1000+minor."""

    wanted_facts = ("found", "understood")


class NoTesseract(MachineError):
    """The program that reads text from pictures is not installed where Ibid looks for it."""


class NoTesseractLanguage(MachineError):
    """Tesseract is installed, but not for this language (a name of its own, such as ``bel``)."""

    wanted_facts = ("language",)


class BrowserUnavailable(MachineError):
    """The embedded browser is not started: ``reason`` is ``root`` or ``sandbox`` (its sandbox does not hold here) or ``missing``."""

    wanted_facts = ("reason",)


class ProcessLost(MachineError):
    """A process of ours ended unasked; ``process`` is ``keeper``, ``reader``, ``fetcher`` or ``browser``."""

    wanted_facts = ("process",)


class ArchiveError(IbidError):
    """The archive itself is the reason."""


class ArchiveNotFound(ArchiveError):
    """Nothing stands there."""


class NotAnArchive(ArchiveError):
    """What stands there is not an archive of Ibid's."""


class VolumeClosed(ArchiveError):
    """The document stands in a volume that is full and closed, and never changes again."""


class ArchiveDamaged(ArchiveError):
    """A volume or the key file cannot be read whole; ``where`` is a file name inside the archive, never a path."""

    wanted_facts = ("where",)


class ArchiveLocked(ArchiveError):
    """The archive is locked and no passphrase was given."""


class WrongPassphrase(ArchiveError):
    """The passphrase does not open the archive (or the key file was changed: the two cannot be told apart)."""


class ForeignArchive(ArchiveError):
    """The file is a database, but its tables are not those of the format."""

    wanted_facts = ("where",)


def all_errors(root: type[IbidError] = IbidError) -> list[type[IbidError]]:
    """Every error that can be raised, the five sorts left out, in the order of this file."""
    found: list[type[IbidError]] = []
    for child in root.__subclasses__():
        grandchildren = all_errors(child)
        found.extend(grandchildren or [child])
    return found


def from_code(code: str, facts: dict[str, Fact]) -> IbidError:
    """The error that ``code`` names, as it came over a pipe.

    Raises:
        ValueError: no error has this code or the facts do not fit it.
    """
    for kind in all_errors():
        if kind.code() == code and set(kind.wanted_facts) == set(facts):
            return kind(**facts)
    raise ValueError("no such error")
