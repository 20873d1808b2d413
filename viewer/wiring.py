"""Every object of the window made, and every signal joined."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication

from archive import words
from archive.errors import IbidError
from archive.model.document import Role
from archive.model.hit import Answer, Question
from viewer.dialogs.about import AboutSheet, KeysSheet
from viewer.dialogs.asking_help import AskingHelpSheet
from viewer.dialogs.notice import NoticeSheet
from viewer.dialogs.preferences import PreferencesSheet
from viewer.look import style, themes
from viewer.models.capturing import Capturing
from viewer.models.intake import Intake
from viewer.models.library import Library, OpenArchive
from viewer.models.preferences import USUAL_PT, Preferences
from viewer.models.private_desk import PrivateDesk
from viewer.models.results import PAGE, ResultsModel
from viewer.models.sources import ShelfSource
from viewer.models.tasks import Tasks
from viewer.reader.reading_view import ReadingView
from viewer.say.notices import name_fault, say_error
from viewer.say.words import say
from viewer.search.results_view import ResultsView
from viewer.search.search_bar import SearchBar
from viewer.sources.source_pane import SourcePane
from viewer.sources.work_list import WorkList
from viewer.window.actions import Actions
from viewer.window.asking import Asking
from viewer.window.bringing import Bringing
from viewer.window.capturing import CapturingSources
from viewer.window.collecting import Collecting
from viewer.window.contents import Contents
from viewer.window.correcting import Correcting
from viewer.window.history import History, Place
from viewer.window.home_view import HomeView
from viewer.window.library_pane import LibraryPane
from viewer.window.looking_back import LookingBack
from viewer.window.main_window import MainWindow, Zones
from viewer.window.opening import Opening
from viewer.window.paging import Paging
from viewer.window.reading import Reading
from viewer.window.recognising import Recognising
from viewer.window.relating import Relating, Subject
from viewer.window.saving import Saving
from viewer.window.sharing import Sharing
from viewer.window.sourcing import Sourcing
from viewer.window.status_strip import StatusStrip
from viewer.window.tabling import Tabling
from viewer.window.top_bar import TopBar
from viewer.window.walking import Walking
from viewer.work.runner import TaskRunner

if TYPE_CHECKING:
    from archive.api import Doors
    from archive.model.source import Loader


class Ibid(QObject):
    """The program: what outlives a change of language (threads, archives, preferences, history), and the window, which does not.

    Args:
        app: Qt's application.
        doors: gives the doors through which archives are opened; called in a thread.
        sample: where the sample archive stands or is built.
        version: of the program, for the sheet about it.
        preferences: to begin with.
        is_sealed: whether the system keeps this program off the network.
        desk_places: where a private desk of this user may lie on this computer; one is made only when the person says so.
        loaders: what goes outside, the embedded browser second; none in a window that only reads.
    """

    def __init__(
        self,
        app: QApplication,
        *,
        doors: Callable[[], Doors],
        sample: Path,
        version: str,
        preferences: Preferences,
        is_sealed: bool,
        desk_places: Sequence[Path] = (),
        loaders: Sequence[Loader] = (),
    ) -> None:
        super().__init__()
        self._desk_places = tuple(desk_places)
        self._app, self._sample, self._version, self._is_sealed = app, sample, version, is_sealed
        self.preferences = preferences
        self.runner = TaskRunner(self)
        self.library = Library(self.runner, doors, self)
        self.private_desk = PrivateDesk(self.runner, doors, self)
        self.tasks = Tasks(self)
        self.intake = Intake(self.runner, self.tasks, self)
        self.work = Capturing(self.runner, self.tasks, loaders=loaders, parent=self)
        self.history = History()
        self._question = Question(text="")
        self._likes_pages: dict[str, bool] = {}
        words.choose_language(preferences.language)
        self.window = self._make_window()
        self.runner.unclaimed.connect(self.say_failure)
        self.intake.changed.connect(self._follow_intake)

    def show(self) -> None:
        """Show the window, with the cursor where a person begins."""
        self.window.show()
        self.window.enter_middle()

    def leave_after_first_paint(self) -> None:
        """Close the window as soon as it has been painted once; for measuring."""
        self.window.repaint()
        QTimer.singleShot(0, self.window.close)

    def close(self) -> bool:
        """Close every archive and leave every thread; whether all of them left in time."""
        self.tasks.stop_all()
        self.library.close_all()
        self.private_desk.close()
        self.paging.close()
        self.looking_back.close()
        return self.runner.close()

    def say_failure(self, error: Exception) -> None:
        """Say in a sheet what went wrong; nothing of the kind stops the window."""
        if not isinstance(error, IbidError):
            sys.stderr.write(f"ibid: {name_fault(error)}\n")
        self.window.open_sheet(NoticeSheet(self.window, title=say("notice-failed"), text=say_error(error)))

    def say_fault(self, text: str) -> None:
        """Say that something went wrong inside Ibid."""
        self.window.open_sheet(NoticeSheet(self.window, title=say("notice-failed"), text=text))

    def prefer(self, preferences: Preferences) -> None:
        """Put these preferences into effect; another language makes the window anew, at the same place."""
        before, self.preferences = self.preferences, preferences
        if preferences.language != before.language:
            words.choose_language(preferences.language)
            self._make_window_anew()
            return
        if preferences.theme != before.theme:
            self._put_on_theme()
        self._set_reading()

    def _make_window(self) -> MainWindow:
        theme = themes.theme(self.preferences.theme)
        style.apply(self._app, theme)
        self.actions = Actions(theme)
        self.model = ResultsModel(self)
        self.bar = SearchBar(theme)
        zones = Zones(
            top_bar=TopBar(self.bar, self.actions, theme),
            library=LibraryPane(self.library, theme),
            home=HomeView(self.library, self.actions),
            results=ResultsView(self.model, theme),
            reading=ReadingView(say, theme=theme),
            source=SourcePane(say, theme=theme),
            work=WorkList(self.work, theme),
            strip=StatusStrip(self.library, self.tasks, theme, is_sealed=self._is_sealed, can_fetch=self.work.can_fetch),
        )
        window = MainWindow(zones)
        window.addActions(self.actions.all())
        self.asking = Asking(self.runner, self.library, self.bar, zones.results, self.model, window)
        self.reading = Reading(self.runner, self.library, window)
        self.relating = Relating(self.runner, self.library, window)
        self.collecting = Collecting(self.runner, self.library, window, meant=lambda: self._archive)
        self.saving = Saving(self.private_desk, self.library, self.asking, window, places=self._desk_places)
        self.tabling = Tabling(self.runner, self.library, self.asking, window)
        self.walking = Walking(self.runner, self.asking, self.reading, window)
        self.correcting = Correcting(self.runner, self.library, self.reading, window)
        self.paging = Paging(self.runner, self.library, self.reading, window, likes=self._likes_pages)
        self.recognising = Recognising(self.runner, self.library, self.tasks, self.reading, window)
        self.opening = Opening(self.runner, self.library, self.tasks, window)
        self.bringing = Bringing(
            self.runner,
            self.library,
            self.intake,
            window,
            theme=lambda: themes.theme(self.preferences.theme),
            meant=lambda: self._archive,
        )
        self.sharing = Sharing(self.runner, self.library, self.tasks, window)
        self.sourcing = Sourcing(
            self.runner, self.library, self.tasks, window, theme=lambda: themes.theme(self.preferences.theme)
        )
        self.looking_back = LookingBack(self.runner, self.library, self.reading, window)
        self.capturing = CapturingSources(self.runner, self.library, self.work, self.reading, self.saving, window)
        self._join(window)
        self._join_related(window)
        self._join_actions(window)
        self._set_reading(window)
        self._follow(window)
        return window

    def _join(self, window: MainWindow) -> None:
        zones = window.zones
        for part in (self.asking, self.reading, self.paging, self.sourcing, self.looking_back, self.saving):
            part.failed.connect(self.say_failure)
        self.asking.answered.connect(self._take_answer)
        self.asking.likened.connect(self._take_likeness)
        zones.reading.correct_note_wanted.connect(self.correcting.correct_note)
        zones.reading.correct_marker_wanted.connect(self.correcting.correct_marker)
        self.correcting.corrected.connect(self.reading.look_again)
        self.reading.went.connect(self._go)
        self.paging.changed.connect(self._follow)
        self.opening.opened.connect(self._take_archive)
        self.opening.locked.connect(self._forget_all)
        self.bar.results_wanted.connect(self._go_down)
        self.bar.emptied.connect(self._leave_results)
        self.bar.help_wanted.connect(self._show_asking_help)
        zones.results.line_wanted.connect(self.bar.focus_here)
        zones.library.document_opened.connect(self._open_document)
        zones.library.source_opened.connect(self._open_listed_source)
        zones.library.sources_wanted.connect(self.reading.list_sources)
        zones.source.close_wanted.connect(self._hide_source)
        zones.source.document_wanted.connect(self._open_citing_report)
        zones.strip.stop_wanted.connect(self.tasks.stop_all)
        zones.strip.work_wanted.connect(lambda: self.capturing.show_run() or self.bringing.show())
        self.capturing.left.connect(lambda: self._return_to(self.history.here))
        self.bringing.document_wanted.connect(self._open_brought)
        zones.source.capture_wanted.connect(self.reading.show_capture)
        window.source_shown.connect(self.actions["sources"].setChecked)
        zones.reading.text_size_changed.connect(self._take_size)
        window.files_dropped.connect(self._take_files)
        window.sheet_changed.connect(self._follow)
        self.library.changed.connect(self._follow)
        self.library.changed.connect(zones.library.follow)

    def _join_related(self, window: MainWindow) -> None:
        zones, relating, collecting = window.zones, self.relating, self.collecting
        zones.results.menu_wanted.connect(relating.show_menu_of_hit)
        zones.library.menu_wanted.connect(relating.show_menu_of_shelf)
        zones.source.citing_wanted.connect(relating.list_citing)
        zones.source.attach_wanted.connect(lambda address: self.sourcing.choose_to_attach(self.reading.archive_beside, address))
        zones.source.compare_wanted.connect(lambda older, newer: self.sourcing.compare(self.reading.archive_beside, older, newer))
        self.sourcing.attached.connect(self.reading.look_at_source_again)
        self.looking_back.changed.connect(self._follow)
        relating.like_wanted.connect(self.asking.find_like)
        relating.collect_wanted.connect(collecting.ask_about)
        relating.opened.connect(self.reading.open)
        relating.failed.connect(self.say_failure)
        collecting.failed.connect(self.say_failure)
        collecting.question_wanted.connect(self.bar.ask)
        self.library.changed.connect(collecting.follow)
        self.library.changed.connect(self.saving.follow)
        self.actions["like"].triggered.connect(lambda: relating.find_like(self._subject, is_passage=False))
        self.actions["shares-sources"].triggered.connect(lambda: relating.list_sharing(self._subject))
        self.actions["collect"].triggered.connect(lambda: collecting.ask_about(self._subject))
        collecting.follow()

    @property
    def _subject(self) -> Subject:
        """What is being read."""
        read = self.reading.document
        assert read is not None  # the actions that ask for it are on only then
        here = self.window.zones.reading.current_position()
        return Subject(
            archive=read.archive,
            document=read.document.document,
            title=read.document.description.title,
            role=read.document.role,
            passage=here.passage if here is not None else None,
        )

    def _join_actions(self, window: MainWindow) -> None:
        contents = Contents(window.zones.reading)
        for name, act in {
            "search": self.bar.focus_here,
            "find": lambda: self.looking_back.find() or window.zones.reading.open_find(),
            "contents": contents.open,
            "find-next": self.walking.next,
            "find-previous": self.walking.previous,
            "next-result": lambda: window.zones.results.step(1),
            "previous-result": lambda: window.zones.results.step(-1),
            "back": lambda: self._return_to(self.history.back()),
            "forward": lambda: self._return_to(self.history.forward()),
            "open": self.opening.choose,
            "new": self.opening.ask_for_new,
            "sample": lambda: self.opening.open_sample(self._sample),
            "bring-in": self.bringing.choose,
            "bring-in-folder": self.bringing.choose_a_folder,
            "bring-in-list": self.bringing.show,
            "share": self._ask_to_share,
            "merge": self.sharing.choose_to_merge,
            "verify": lambda: self.sharing.ask_to_verify(self._archive),
            "export": lambda: self.sourcing.ask_to_export(self._archive),
            "next-zone": window.go_to_next_zone,
            "larger": lambda: self.looking_back.zoom(1) or self.paging.zoom(1) or self.prefer(self.preferences.resized(1)),
            "smaller": lambda: self.looking_back.zoom(-1) or self.paging.zoom(-1) or self.prefer(self.preferences.resized(-1)),
            "usual-size": self._show_usual_size,
            "look": self.looking_back.turn,
            "evidence": self.looking_back.show_evidence,
            "print": self.looking_back.ask_to_print,
            "theme": self._turn_theme,
            "preferences": self._ask_preferences,
            "keys": lambda: window.open_sheet(KeysSheet(window, keys=self.actions.keys())),
            "about": lambda: window.open_sheet(AboutSheet(window, version=self._version)),
            "work-list": lambda: self.capturing.show(self._archive),
            "lock": self.opening.lock_now,
            "quit": window.close,
        }.items():
            self.actions[name].triggered.connect(lambda _checked=False, act=act: act())
        self.actions["page"].triggered.connect(lambda is_on: self.paging.show_page(is_shown=is_on))
        self.actions["library"].toggled.connect(lambda is_on: window.show_library(is_shown=is_on))
        self.actions["sources"].toggled.connect(lambda is_on: window.show_source(is_shown=is_on))
        menu_key = QShortcut(QKeySequence("F10"), window)
        menu_key.activated.connect(window.zones.top_bar.open_menu)

    def _make_window_anew(self) -> None:
        self.paging.close()
        self.looking_back.close()
        old, geometry, state = self.window, self.window.geometry(), self.window.windowState()
        for follow in (self._follow, old.zones.library.follow, self.collecting.follow, self.saving.follow):
            self.library.changed.disconnect(follow)
        self.private_desk.changed.disconnect(self.saving.follow)
        self.window = self._make_window()
        self.window.setGeometry(geometry)
        self.window.setWindowState(state)
        self.bar.show_question(self._question.text)
        self._return_to(self.history.here)
        self.window.show()
        old.hide()
        old.deleteLater()

    def _put_on_theme(self) -> None:
        theme = themes.theme(self.preferences.theme)
        style.apply(self._app, theme)
        self.actions.set_theme(theme)
        for zone in ("top_bar", "library", "results", "reading", "source", "work", "strip"):
            getattr(self.window.zones, zone).set_theme(theme)

    def _set_reading(self, window: MainWindow | None = None) -> None:
        zones = (window or self.window).zones
        view = zones.reading
        view.set_text_size(self.preferences.text_pt)
        zones.source.set_text_size(self.preferences.text_pt)
        view.set_notes_shown(on_rest=self.preferences.has_note_cards, in_margin=self.preferences.has_margin_notes)

    def _show_usual_size(self) -> None:
        if not self.looking_back.zoom(0) and not self.paging.zoom(0):
            self.prefer(msgspec.structs.replace(self.preferences, text_pt=USUAL_PT))

    def _turn_theme(self) -> None:
        names = [theme.name for theme in themes.THEMES]
        following = names[(names.index(self.preferences.theme) + 1) % len(names)]
        self.prefer(msgspec.structs.replace(self.preferences, theme=following))

    def _ask_preferences(self) -> None:
        sheet = PreferencesSheet(self.window, preferences=self.preferences)
        sheet.wanted.connect(self.prefer)
        self.window.open_sheet(sheet)

    @property
    def _archive(self) -> int:
        """The archive that is meant: that of the document being read, else the first."""
        return self.reading.document.archive if self.reading.document is not None else 0

    def _ask_to_share(self) -> None:
        read = self.reading.document
        report = read.document if read is not None and read.document.role == Role.REPORT else None
        self.sharing.ask_to_share(
            self._archive,
            report=report.document if report else None,
            title=(report.description.title or report.document[:12]) if report else None,
        )

    def _take_archive(self, opened: OpenArchive) -> None:
        self.bar.focus_here()
        self.saving.look_for_desk(opened)
        if self.history.here == Place():
            self.window.show_home()

    def _take_files(self, paths: list[Path]) -> None:
        """Archives that were let fall are opened, files brought in."""
        archives = [path for path in paths if path.suffix == ".ibid" and path.is_dir()]
        for path in archives:
            self.opening.open(path)
        self.bringing.bring_in([path for path in paths if path not in archives])

    def _take_size(self, size_pt: float) -> None:
        self.preferences = msgspec.structs.replace(self.preferences, text_pt=size_pt)
        self.window.zones.source.set_text_size(size_pt)

    def _take_answer(self, answer: Answer) -> None:
        self._question = self.asking.question
        self.window.show_results()
        self._go(Place(question=answer.question, asked=self._question))

    def _take_likeness(self, place: Place) -> None:
        self._question = Question(text="")
        self.bar.show_question("")
        self.window.show_results()
        self._go(place)

    def _go(self, place: Place) -> None:
        self.history.go(place)
        self._follow()

    def _go_down(self) -> None:
        if self.window.shown is not self.window.zones.results and self._question.text:
            self._return_to(Place(question=self._question.text, asked=self._question))
        self.window.enter_middle()

    def _show_asking_help(self) -> None:
        sheet = AskingHelpSheet(self.window)
        sheet.example_chosen.connect(self.bar.ask)
        self.window.open_sheet(sheet)

    def _leave_results(self) -> None:
        self._question = Question(text="")
        if self.window.shown is self.window.zones.results:
            if self.reading.document is not None:
                self.window.show_reading()
            else:
                self.window.show_home()

    def _return_to(self, place: Place) -> None:
        if place.is_like:
            self.asking.find_like(place)
        elif place.document:
            self.reading.open(place, is_return=True)
        elif place.question:
            asked = place.asked or Question(text=place.question, limit=PAGE)
            if self.model.answer is None or self.model.answer.question != place.question or self.asking.question != asked:
                self.asking.ask_again(asked)
            self.window.show_results()
        else:
            self.window.show_home()
        self._follow()

    def _open_document(self, archive: int, document: str) -> None:
        self.reading.open(Place(archive=archive, document=document))

    def _open_listed_source(self, shelved: ShelfSource) -> None:
        self.reading.open_source(shelved.archive, shelved.source.address)

    def _open_brought(self, document: str) -> None:
        """Open a document that came in; the archive may have come in after the list of its reports was last asked for."""
        title = self.intake.archive
        named = next((n for n, each in enumerate(self.library.archives) if each.facts.title == title), self._archive)
        found = self.library.find_document(document)
        self.reading.open(Place(archive=named if found is None else found, document=document))

    def _follow_intake(self) -> None:
        self.actions["bring-in-list"].setEnabled(self.intake.is_known and not self.window.has_sheet)

    def _open_citing_report(self, document: str) -> None:
        found = self.library.find_document(document)
        self.reading.open(Place(archive=self._archive if found is None else found, document=document))

    def _hide_source(self) -> None:
        self.window.show_source(is_shown=False)
        self._follow()
        self.window.enter_middle()

    def _forget_all(self) -> None:
        self.intake.forget()
        self.capturing.forget()
        self.private_desk.close()
        self.history.forget()
        self._question = Question(text="")
        self.bar.show_question("")
        self.asking.forget()
        self.walking.forget()
        self.model.show(None)
        self._likes_pages.clear()
        self.paging.close()
        self.reading.forget()
        self.window.show_home()
        self._follow()

    def _follow(self, window: MainWindow | None = None) -> None:
        """Let actions and panes fit what is open now."""
        window = window or self.window
        self.actions.follow(
            has_archive=bool(self.library.archives),
            has_document=self.reading.document is not None,
            is_writable=bool(self.library.writable),
            is_asking=window.has_sheet,
            has_pages=self.paging.has_pages,
            has_capture=window.zones.source.capture is not None,
            has_look=window.zones.source.is_look_shown,
        )
        self.actions["page"].setChecked(window.zones.reading.is_page_shown)
        self.actions["bring-in-list"].setEnabled(self.intake.is_known and not window.has_sheet)
        self.actions["back"].setEnabled(self.history.can_go_back and not window.has_sheet)
        self.actions["forward"].setEnabled(self.history.can_go_forward and not window.has_sheet)
        window.show_library(is_shown=bool(self.library.archives) and self.actions["library"].isChecked())
        self.bar.setEnabled(bool(self.library.archives))
