"""The program with its window."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from archive import machine, words

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from archive.api import Doors
    from archive.model.source import Loader
    from viewer.wiring import Ibid

_DISTRIBUTION = "ibid-archive"


def main(
    archives: list[Path],
    *,
    language: str | None = None,
    theme: str = "light",
    sample: Path | None = None,
    loaders: Sequence[Loader] = (),
) -> int:
    """Open the window on these archives and stay until it is closed.

    The process gives up the network for good before anything else is loaded.

    Args:
        archives: folders to open, in order; none for the start page.
        language: ``en``, ``ru`` or ``be``; None for the system's.
        theme: ``light``, ``sepia`` or ``dark``.
        sample: where the sample archive stands or is built; None for the place of this user's data.
        loaders: processes that go outside, started before this one gives up the network; without them nothing of saving sources is there.

    Returns:
        The exit code; 1 where there is no screen.
    """
    if not machine.has_screen():
        words.choose_language(language or os.environ.get("LANG", "en"))
        sys.stderr.write(words.say("window-no-screen") + "\n")
        return 1
    is_sealed = machine.seal_no_internet()
    machine.no_core_dumps()
    machine.private_umask()
    app = make_application()
    program = make_program(app, language=language, theme=theme, sample=sample, is_sealed=is_sealed, loaders=loaders)
    program.show()
    for path in archives:
        program.opening.open(path)
    if os.environ.get("IBID_LEAVE_AFTER_FIRST_PAINT"):  # tests/benchmarks/first_window.py
        program.leave_after_first_paint()
    code = app.exec()
    forget_clipboard()
    if not program.close():
        sys.stderr.flush()
        os._exit(code)  # a keeper that hangs must not keep a closed window's process alive
    return code


def make_application() -> QApplication:
    """Qt's application, set up to leave nothing of itself on this computer."""
    os.environ["MESA_SHADER_CACHE_DISABLE"] = "true"
    os.environ["QT_DISABLE_SHADER_DISK_CACHE"] = "1"
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QApplication

    from viewer.dialogs.files import WINDOW_TITLE, send_settings_nowhere

    QApplication.setAttribute(Qt.ApplicationAttribute.AA_DisableShaderDiskCache)
    send_settings_nowhere()
    app = QApplication([WINDOW_TITLE])
    app.setApplicationDisplayName(WINDOW_TITLE)
    app.setQuitOnLastWindowClosed(True)
    return app


def forget_clipboard() -> None:
    """Take what was copied here off the clipboard: it goes with the program in any case, and the browser engine, if it was loaded, crashes when that happens last."""
    from PySide6.QtGui import QGuiApplication

    clipboard = QGuiApplication.clipboard()
    # A screen that nobody sees has a clipboard of this process alone, and does not say that it owns it.
    if clipboard.ownsClipboard() or QGuiApplication.platformName() == "offscreen":
        clipboard.clear()


def make_program(
    app: QApplication,
    *,
    language: str | None = None,
    theme: str = "light",
    sample: Path | None = None,
    is_sealed: bool = False,
    desk: Sequence[Path] | None = None,
    loaders: Sequence[Loader] = (),
) -> Ibid:
    """Everything behind the window, made and joined, with nothing open yet.

    Args:
        app: Qt's application.
        language: as for :func:`main`.
        theme: as for :func:`main`.
        sample: as for :func:`main`.
        is_sealed: whether the system keeps this process off the network.
        desk: where a private desk may lie; None for the place of this user's data.
        loaders: as for :func:`main`.
    """
    from PySide6.QtCore import QLocale

    from viewer.models.preferences import Preferences
    from viewer.say.crash import catch_faults
    from viewer.wiring import Ibid

    preferences = Preferences(language=words.choose_language(language or QLocale.system().name()), theme=theme)
    program = Ibid(
        app,
        doors=through_keepers,
        sample=sample or sample_place(),
        version=_version(),
        preferences=preferences,
        is_sealed=is_sealed,
        desk_places=[desk_place()] if desk is None else desk,
        loaders=loaders,
    )
    catch_faults(program.say_fault)
    return program


def through_keepers() -> Doors:
    """The doors that give every archive a process of its own; heavy to load, so call it in a thread."""
    from archive.keeper import THROUGH_KEEPERS

    return THROUGH_KEEPERS


def sample_place() -> Path:
    """Where the sample archive stands for this user."""
    import platformdirs

    return Path(platformdirs.user_data_dir("ibid", appauthor=False)) / "sample.ibid"


def desk_place() -> Path:
    """Where the private desk of this user may lie, if the person wants one on this computer."""
    import platformdirs

    return Path(platformdirs.user_data_dir("ibid", appauthor=False)) / "Ibid.desk"


def _version() -> str:
    try:
        return version(_DISTRIBUTION)
    except PackageNotFoundError:
        return ""
