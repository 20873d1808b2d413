"""The command itself: what opens a window, what is a verb, and what wrong usage says."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def run(*arguments: object, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name not in SCREENS} | {"LANG": "C.UTF-8"} | variables
    command = [sys.executable, "-m", "archive.cli", *map(str, arguments)]
    return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", env=environment, timeout=60)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["import"], 2, "Missing argument"),
        (["unheard-of"], 2, "No such command"),
        (["list", "nowhere.ibid"], 1, "There is no archive at this place."),
        (["search", "only-one.ibid"], 2, "Give at least one archive"),
        (["export", "nowhere.ibid", "b", "--as", "warc"], 1, "There is no archive at this place."),
        (["export", "a.ibid", "b", "--as", "scroll"], 2, "knows these kinds"),
        (["capture", "nowhere.ibid"], 1, "There is no archive at this place."),
        (["capture", "nowhere.ibid", "--proxy", ""], 1, "socks5h://"),
        (["capture", "nowhere.ibid", "--proxy", "127.0.0.1:9050"], 1, "socks5h://"),
        (["--archivist", "nowhere.ibid", "--proxy"], 1, "socks5h://"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_what_is_wrong_is_one_sentence_and_an_exit_code(arguments: list[str], code: int, said: str, tmp_path: Path) -> None:
    ended = run(*arguments)
    assert (ended.returncode, ended.stdout) == (code, "")
    assert said in ended.stderr
    assert "Traceback" not in ended.stderr


def test_without_a_screen_the_window_says_so(tmp_path: Path) -> None:
    ended = run(tmp_path)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert "There is no screen here" in ended.stderr


def test_a_wrong_passphrase_is_one_sentence_in_the_language_asked_for(tmp_path: Path) -> None:
    right, wrong, archive = tmp_path / "right", tmp_path / "wrong", tmp_path / "a.ibid"
    right.write_text("пяць або шэсць слоў", encoding="utf-8")
    wrong.write_text("зусім іншыя словы", encoding="utf-8")
    assert run("new", archive, "--locked", "--passphrase-file", right).returncode == 0
    ended = run("list", archive, "--passphrase-file", wrong, LANG="be_BY.UTF-8")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.startswith("Гэтая парольная фраза не адкрывае архіў.")
    assert ended.stderr.count("\n") == 1
    unasked = run("list", archive)
    assert unasked.returncode == 1
    assert "The archive is locked." in unasked.stderr


def test_files_that_cannot_be_read_do_not_stop_the_others(tmp_path: Path) -> None:
    archive = tmp_path / "a.ibid"
    files = {
        "empty.txt": b"",
        "program": b"\x7fELF\x02\x01\x01" + bytes(600),
        "broken.pdf": b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n",
        "good.md": b"# A good page\n\nIt says something, and says where it is from.\n",
    }
    for name, contents in files.items():
        (tmp_path / name).write_bytes(contents)
    run("new", archive)
    ended = run("import", archive, *(tmp_path / name for name in files), tmp_path / "missing.md", tmp_path)
    assert ended.returncode == 1
    assert "A good page" in ended.stdout
    complaints = ended.stderr.splitlines()
    assert len(complaints) == 4, "the folder holds the same files, and the archive, which is left out"
    assert all("The archive is unchanged." in line for line in complaints)


def test_one_changed_byte_is_named_by_verify(tmp_path: Path) -> None:
    archive, page = tmp_path / "a.ibid", tmp_path / "page.md"
    page.write_text("# A page\n\nWith a sentence that somebody may want to change.\n", encoding="utf-8")
    run("new", archive)
    run("import", archive, page)
    whole = run("verify", archive, "--json")
    assert (whole.returncode, whole.stdout) == (0, '{"ok":true,"documents":1,"objects":1}\n')
    volume = archive / "volume-0001.ibv"
    for at in (18, 5_000, -1):
        contents = bytearray(volume.read_bytes())
        contents[at] ^= 1
        volume.write_bytes(contents)
        ended = run("verify", archive, "--json")
        assert ended.returncode == 1
        assert '"problem":' in ended.stdout
        assert '"ok":false' in ended.stdout
        contents[at] ^= 1
        volume.write_bytes(contents)


def test_a_web_archive_written_from_a_locked_archive_is_said_to_be_open(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("сорак коней\n")
    page = tmp_path / "page.html"
    page.write_text(
        f"<title>Pier</title><article><h1>Pier</h1><p>{'The ferry left at seven and came back at nine. ' * 9}</p></article>"
    )
    locked = ("--passphrase-file", secret)
    assert run("new", tmp_path / "a.ibid", "--locked", *locked).returncode == 0
    assert run("attach", tmp_path / "a.ibid", "https://pier.example/", page, *locked).returncode == 0
    ended = run("export", tmp_path / "a.ibid", tmp_path / "a.wacz", "--as", "wacz", *locked)
    assert (ended.returncode, "a.wacz is written: 1 saved state" in ended.stdout) == (0, True)
    assert "Anyone who has a.wacz can read it" in ended.stderr
    assert run("export", tmp_path / "a.ibid", tmp_path / "a.wacz", "--as", "warc", *locked).returncode == 1


def test_the_window_of_an_archivist_starts_its_fetcher_first_and_leaves_no_process(tmp_path: Path) -> None:
    run("new", tmp_path / "a.ibid")
    ended = run("--archivist", tmp_path / "a.ibid", QT_QPA_PLATFORM="offscreen", IBID_LEAVE_AFTER_FIRST_PAINT="1")
    assert (ended.returncode, ended.stdout) == (0, ""), ended.stderr
    assert "Traceback" not in ended.stderr


def test_the_window_of_an_archivist_does_not_open_with_a_proxy_that_is_none(tmp_path: Path) -> None:
    run("new", tmp_path / "a.ibid")
    ended = run(
        "--archivist", "--proxy", "9050", tmp_path / "a.ibid", QT_QPA_PLATFORM="offscreen", IBID_LEAVE_AFTER_FIRST_PAINT="1"
    )
    assert ended.returncode == 1
    assert "socks5h://127.0.0.1:9050" in ended.stderr
    proxied = ("--archivist", "--proxy", "socks5h://127.0.0.1:9050", tmp_path / "a.ibid")
    ended = run(*proxied, QT_QPA_PLATFORM="offscreen", IBID_LEAVE_AFTER_FIRST_PAINT="1")
    assert (ended.returncode, ended.stdout) == (0, ""), ended.stderr
