"""Printing a page: on a printer that the system knows, or into a PDF, after saying that paper and file are readable by anyone."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from viewer.dialogs.writing import WritingSheet
from viewer.look.label import set_text, text_label
from viewer.say.words import say


class PrintSheet(WritingSheet):
    """Asks where to.

    Args:
        host: the window.
        about: what is printed.
        printers: the names of the printers that the system knows.

    Signals:
        printer_chosen: the name of a printer.
    """

    printer_chosen = Signal(str)

    def __init__(self, host: QWidget, *, about: str, printers: list[str]) -> None:
        super().__init__(host, words="print", about=about, kinds=["PDF (*.pdf)"])
        self._printers = QComboBox(self)
        self._printers.addItems(printers)
        self._printers.setAccessibleName(say("print-printer"))
        self._print = self.add_button(say("print-on-printer"))
        self._print.clicked.connect(lambda: self.printer_chosen.emit(self._printers.currentText()))
        if printers:
            self.body.addWidget(text_label(say("print-printer"), kind="hint", parent=self))
            self.body.addWidget(self._printers)
        else:
            self._printers.hide()
            self._print.hide()

    def print_on(self, name: str, make: Callable[[object, Callable[[bool], None]], None]) -> None:
        """Print on this printer.

        Args:
            name: as the system knows it.
            make: prints on a QPrinter and says whether it was printed.
        """
        from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

        printer = QPrinter(QPrinterInfo.printerInfo(name), QPrinter.PrinterMode.HighResolution)
        self._print.setEnabled(False)

        def done(is_printed: bool) -> None:  # noqa: FBT001 - a signal
            self._print.setEnabled(True)
            set_text(self._told, say("print-printed" if is_printed else "print-failed", name=printer.printerName()))

        make(printer, done)


def printers() -> list[str]:
    """The names of the printers that the system knows."""
    from PySide6.QtPrintSupport import QPrinterInfo

    return QPrinterInfo.availablePrinterNames()
