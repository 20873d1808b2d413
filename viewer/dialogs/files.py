"""Choosing files and folders, in dialogs that leave no trace.

Native dialogs write what was chosen into the system's lists of recent files; Qt's own writes the last place into its settings
unless those are sent to nowhere first.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSettings, Qt, QUrl
from PySide6.QtWidgets import QFileDialog, QWidget

from viewer.say.words import say

WINDOW_TITLE = "Ibid"


def send_settings_nowhere() -> None:
    """Whatever Qt would remember of itself on this computer goes into the null device; call it before the first widget."""
    nowhere = str(Path(os.devnull) / "ibid")
    for format_ in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
        for scope in (QSettings.Scope.UserScope, QSettings.Scope.SystemScope):
            QSettings.setPath(format_, scope, nowhere)


def choose_files(parent: QWidget, *, chosen: Callable[[list[Path]], None], label: str, filters: list[str]) -> QFileDialog:
    """Ask for files to read; ``chosen`` gets at least one, and nothing is called if the person thinks better of it."""
    dialog = _dialog(parent, label)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.setNameFilters(filters)
    dialog.filesSelected.connect(lambda names: chosen([Path(name) for name in names]))
    dialog.open()
    return dialog


def choose_folder(parent: QWidget, *, chosen: Callable[[Path], None], label: str) -> QFileDialog:
    """Ask for a folder: an archive, or a place for one."""
    dialog = _dialog(parent, label)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.fileSelected.connect(lambda name: chosen(Path(name)))
    dialog.open()
    return dialog


def choose_place(parent: QWidget, *, chosen: Callable[[Path], None], label: str, filters: list[str]) -> QFileDialog:
    """Ask for a file to write; one that is there already is asked about. The name gets the ending of the kind that was chosen."""
    dialog = _dialog(parent, label)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setNameFilters(filters)

    def follow(kind: str) -> None:
        dialog.setDefaultSuffix(kind.rpartition("*.")[2].rstrip(")"))

    dialog.filterSelected.connect(follow)
    follow(filters[0])
    dialog.setLabelText(QFileDialog.DialogLabel.Accept, label)
    dialog.fileSelected.connect(lambda name: chosen(Path(name)))
    dialog.open()
    return dialog


def _dialog(parent: QWidget, label: str) -> QFileDialog:
    dialog = QFileDialog(parent, WINDOW_TITLE, str(Path.home()))
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setOption(QFileDialog.Option.DontUseCustomDirectoryIcons)
    dialog.setSidebarUrls([QUrl.fromLocalFile(str(place)) for place in _places()])
    dialog.setLabelText(QFileDialog.DialogLabel.Accept, label)
    dialog.setLabelText(QFileDialog.DialogLabel.Reject, say("button-cancel"))
    dialog.setLabelText(QFileDialog.DialogLabel.LookIn, say("files-look-in"))
    dialog.setLabelText(QFileDialog.DialogLabel.FileName, say("files-name"))
    dialog.setLabelText(QFileDialog.DialogLabel.FileType, say("files-type"))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return dialog


def _places() -> list[Path]:
    """Home, and where removable disks are found on Linux."""
    return [place for place in (Path.home(), Path("/media"), Path("/run/media"), Path("/mnt")) if place.is_dir()]
