"""What others saved, on its way into an archive: the pages of web archives, the articles of ZIM files.

The file is read in a process of its own (:mod:`archive.formats.large_file`), which whoever asks holds open; the archive gets one page or article at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from archive.api import FrontDesk
from archive.errors import DamagedFile, FileTooLarge, InputError, ReaderGaveUp
from archive.model.document import Arrival, Problem
from archive.model.saved import Container, PageFault, PageOutcome, PagesReport, SavedPage, WebArchiveFacts, ZimFacts
from archive.progress import Job

if TYPE_CHECKING:
    from archive.formats.large_file import LargeFile


def container_of(file: Path) -> Container | None:
    """What holds many things of the web: a web archive or a ZIM file; None for anything that is one document.

    Raises:
        PartOfFile, UnreadableFile: see :func:`archive.formats.large_file.container_of`.
    """
    from archive.formats.large_file import container_of as look  # here and below: a window that opens needs none of it

    return look(file)


def bring_in_pages(
    desk: FrontDesk, file: Path, *, name: str = "", job: Job, told: Callable[[PageOutcome | PageFault], None]
) -> PagesReport:
    """Bring in what a web archive (WARC, ARC, WACZ) holds: its pages as captures, and a document that lists them.

    A process of its own reads the file from where it stands; the desk alone writes. A page that cannot be read does not stop the others.

    Args:
        desk: the archive.
        file: where the web archive stands.
        name: what the list of pages is called after, where the file has no title of its own; the file's name without this.
        job: a step while the file is looked through, and one per page. When cancelled, what came in so far stays, each page whole.
        told: called with what became of each page, in order.

    Raises:
        DamagedFile, ReaderGaveUp, UnreadableFile: it is no web archive or cannot be read; nothing was changed.
        MachineError: the disk or the archive would not take a page; what came in so far is whole.
    """
    counts = dict.fromkeys(("new", "already", "failed", "others"), 0)
    from archive.formats.large_file import LargeFile
    from archive.intake import page_list

    with LargeFile(Container.WEB_ARCHIVE, file) as opened:
        facts = opened.survey(job)
        titles: dict[str, str] = {}
        for number, saved in enumerate(_saved_pages(opened, facts, job)):
            outcome = saved if isinstance(saved, PageFault) else desk.keep_saved(saved)
            counts[_count_of(outcome, is_page=number < facts.pages)] += 1
            if isinstance(outcome, PageOutcome):
                titles.setdefault(outcome.address, outcome.title)
            told(outcome)
    lists: list[Arrival] = []
    for text in page_list.page_lists(facts, titles, name=name or file.name):
        job.step(facts.pages, facts.pages)
        lists.append(desk.bring_in(text, name="pages.md"))
    problems = facts.problems if facts.pages or any(counts.values()) else (*facts.problems, Problem("web-archive-no-pages"))
    return PagesReport(**counts, lists=tuple(lists), problems=problems)


def _saved_pages(opened: LargeFile, facts: WebArchiveFacts, job: Job) -> Iterator[SavedPage | PageFault]:
    number = 0
    while True:
        job.step(min(number, facts.pages), facts.pages)
        try:
            saved = opened.page(number)
        except (DamagedFile, FileTooLarge) as error:
            yield PageFault(code=error.code(), facts=error.facts)
        else:
            if saved is None:
                return
            yield saved
        number += 1


def _count_of(outcome: PageOutcome | PageFault, *, is_page: bool) -> str:
    if isinstance(outcome, PageFault):
        return "failed"
    if outcome.is_already_here:
        return "already"
    return "new" if is_page else "others"


def bring_in_articles(
    desk: FrontDesk, opened: LargeFile, names: Sequence[str], *, job: Job, told: Callable[[str, Arrival | InputError], None]
) -> None:
    """Bring articles of a ZIM file in, one after the other; one that cannot be read does not stop the others.

    Args:
        desk: the archive.
        opened: the ZIM file, its articles listed.
        names: numbers (``#12``), paths or titles.
        job: a step per article. When cancelled, what came in so far stays.
        told: called with each name and what became of it.
    """
    for done, name in enumerate(names):
        job.step(done, len(names), name)
        try:
            told(name, desk.bring_in_article(opened.article(name)))
        except ReaderGaveUp:
            raise
        except InputError as error:
            told(name, error)
    job.step(len(names), len(names))


def open_zim(file: Path, *, job: Job) -> tuple[LargeFile, ZimFacts]:
    """A ZIM file, checked and its articles listed; close it when done.

    Raises:
        DamagedFile, ReaderGaveUp, UnreadableFile, Cancelled: it is closed again.
    """
    from archive.formats.large_file import LargeFile

    opened = LargeFile(Container.ZIM, file)
    try:
        return opened, opened.list_articles(job)
    except BaseException:
        opened.close()
        raise
