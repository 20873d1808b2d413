"""The verb that reads text from pictures of pages: ocr."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from archive.errors import NoTesseract, PasswordWanted
from archive.terminal import Terminal, read_passphrase
from archive.verbs.bringing import FilePasswordFile
from archive.verbs.shared import Archive, Json, PassphraseFile, app, open_desk, seal
from archive.words import say


@app.command("ocr")
def recognise(
    archive: Archive,
    document: Annotated[str, typer.Argument(metavar="DOCUMENT", help="The beginning of its identifier.")],
    *,
    language: Annotated[
        list[str] | None,
        typer.Option(
            help="A language as Tesseract names it (rus, bel, eng); may be given again. All that are installed without this."
        ),
    ] = None,
    passphrase_file: PassphraseFile = None,
    file_password_file: FilePasswordFile = None,
    json: Json = False,
) -> int:
    """Read the text of a scanned PDF with Tesseract, so that it can be searched."""
    seal()
    terminal = Terminal(as_json=json)
    with open_desk(archive, passphrase_file) as desk, terminal.progress(say("terminal-recognising")) as job:
        wanted = tuple(language or desk.recognition_languages())
        if not wanted:
            raise NoTesseract
        try:
            found = desk.recognise(document, languages=wanted, job=job)
        except PasswordWanted:
            if file_password_file is None and (json or not sys.stdin.isatty()):
                raise
            password = read_passphrase(file_password_file, question=say("terminal-file-password", name=document))
            found = desk.recognise(document, languages=wanted, password=password, job=job)
    how = found.recognised
    assert how is not None
    told = {"engine": how.engine, "languages": list(how.languages), "confidence": how.confidence}
    terminal.tell(
        {"document": found.document, "passages": found.passages, "notes": found.notes, "recognised": told},
        say("terminal-recognised", title=found.description.title, passages=found.passages, sure=round(100 * how.confidence)),
    )
    return 0
