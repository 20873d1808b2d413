"""No run of 12 bytes of any document's text stands in any file of a locked archive, open or closed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from archive.settings import StorageLimits
from archive.storage.folder import ArchiveFolder
from archive.storage.sources import add_capture

RUN = 12
WORDS = "Сведкі расказалі, што ў тую восень на плошчы стаяла больш за тысячу чалавек, і ніхто не разышоўся да ночы. "


def _runs(text: str) -> set[bytes]:
    found: set[bytes] = set()
    for encoding in ("utf-8", "utf-16-le", "cp1251"):
        encoded = text.encode(encoding, "replace")
        found.update(encoded[start : start + RUN] for start in range(len(encoded) - RUN + 1))
    return found


def _readable(path: Path, runs: set[bytes]) -> list[str]:
    found = []
    for file in sorted(path.iterdir()):
        contents = file.read_bytes()
        if any(contents[start : start + RUN] in runs for start in range(len(contents) - RUN + 1)):
            found.append(file.name)
    return found


@pytest.mark.parametrize("passphrase", ["пароль", None], ids=["locked", "open, so that the test is known to see"])
def test_a_locked_archive_shows_no_text_in_any_file(
    new_archive: Callable[..., ArchiveFolder], made, passphrase: str | None
) -> None:
    folder = new_archive("Назва архіва", passphrase=passphrase, limits=StorageLimits(volume_bytes=300_000))
    texts = [WORDS, "Назва архіва", "https://example.org/nobody-may-see-this"]
    for n in range(3):
        report = made.report(n, addresses=("https://example.org/nobody-may-see-this",), words=WORDS * 20)
        texts += [passage.text for passage in report.passages] + [report.document.description.title, report.document.document]
        made.bring(folder, report)
    capture = made.capture("https://example.org/nobody-may-see-this")
    with folder.writing() as connection:
        add_capture(connection, capture)
    made.bring(folder, capture.text)
    runs = set().union(*(_runs(text) for text in texts))
    while_open = _readable(folder.path, runs)
    assert any(file.name.endswith("-wal") for file in folder.path.iterdir())
    folder.finish()
    folder.close()
    closed = _readable(folder.path, runs)
    if passphrase:
        assert (while_open, closed) == ([], [])
    else:
        assert "volume-0001.ibv" in closed
        assert while_open
