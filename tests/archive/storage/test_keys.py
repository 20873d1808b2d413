"""A passphrase opens what it locked, and nothing else does."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from archive.errors import ArchiveDamaged, EmptyPassphrase, WrongPassphrase
from archive.storage.keys import GuessCost, create_key, open_key

CHEAP = GuessCost(memory_kib=64 * 1024, passes=1)
PASSPHRASE = "шэсць выпадковых слоў"
KEY_FILE, _ = create_key(PASSPHRASE, cost=CHEAP)


@pytest.fixture(scope="module")
def locked() -> tuple[bytes, bytes]:
    return create_key(PASSPHRASE, cost=CHEAP)


def test_the_passphrase_opens_the_key_file(locked: tuple[bytes, bytes]) -> None:
    key_file, key = locked
    assert len(key_file) == 103
    assert len(key) == 32
    assert open_key(key_file, PASSPHRASE) == key


def test_the_same_letters_typed_on_another_keyboard_open_it(locked: tuple[bytes, bytes]) -> None:
    assert open_key(locked[0], PASSPHRASE.replace("ў", "у\u0306")) == locked[1]


@pytest.mark.parametrize("wrong", ["шэсць выпадковых слоу", PASSPHRASE + " ", "x"])
def test_another_passphrase_does_not(locked: tuple[bytes, bytes], wrong: str) -> None:
    with pytest.raises(WrongPassphrase):
        open_key(locked[0], wrong)


def test_no_passphrase_is_told_apart_from_a_wrong_one(locked: tuple[bytes, bytes]) -> None:
    with pytest.raises(EmptyPassphrase):
        open_key(locked[0], "")
    with pytest.raises(EmptyPassphrase):
        create_key("", cost=CHEAP)


def test_two_key_files_of_one_passphrase_have_nothing_in_common() -> None:
    assert create_key(PASSPHRASE, cost=CHEAP)[1] != create_key(PASSPHRASE, cost=CHEAP)[1]


@pytest.mark.parametrize(
    ("memory_kib", "passes", "lanes"),
    [
        (64 * 1024 - 1, 1, 1),
        (1024 * 1024 + 1, 1, 1),
        (64 * 1024, 0, 1),
        (64 * 1024, 11, 1),
        (64 * 1024, 1, 2),
        (2**32 - 1, 255, 255),
    ],
)
def test_a_cost_out_of_range_is_refused_before_any_work(
    locked: tuple[bytes, bytes], memory_kib: int, passes: int, lanes: int
) -> None:
    key_file = bytearray(locked[0])
    struct.pack_into("<IBB", key_file, 9, memory_kib, passes, lanes)
    with pytest.raises(ArchiveDamaged) as caught:
        open_key(bytes(key_file), PASSPHRASE)
    assert caught.value.facts == {"where": "archive.key"}


def test_a_cost_made_cheaper_by_someone_else_is_found_out(locked: tuple[bytes, bytes]) -> None:
    key_file, _ = create_key(PASSPHRASE, cost=GuessCost(memory_kib=64 * 1024, passes=2))
    cheaper = bytearray(key_file)
    cheaper[13] = 1
    with pytest.raises(WrongPassphrase):
        open_key(bytes(cheaper), PASSPHRASE)


@settings(max_examples=25, deadline=None)
@given(some.integers(0, 8) | some.integers(14, 102), some.integers(1, 255))
def test_no_changed_byte_goes_unnoticed(place: int, change: int) -> None:
    changed = bytearray(KEY_FILE)
    changed[place] ^= change
    with pytest.raises((ArchiveDamaged, WrongPassphrase)):
        open_key(bytes(changed), PASSPHRASE)


@pytest.mark.parametrize("contents", [b"", b"ibid-key\x01", b"x" * 103, b"ibid-key\x02" + b"x" * 94])
def test_what_is_no_key_file_is_called_damaged(contents: bytes) -> None:
    with pytest.raises(ArchiveDamaged):
        open_key(contents, PASSPHRASE)


def test_a_key_file_written_today_opens_in_twenty_years() -> None:
    key_file = bytes.fromhex(KNOWN_FILE)
    assert open_key(key_file, "correct horse battery staple").hex() == KNOWN_KEY


KNOWN_FILE = (
    "696269642d6b6579010000010001015dff06f8236d8cf27f8ae0a1ba38281473ac436bb5d45899e55b478159e031083e092b25ae"
    "b8f68c808ab7d247ba1a7afa7497e4dd489b77961eb0efde723e4af3b3740f3603742ce615250219aa839a497122e8bfde7d43"
)
KNOWN_KEY = "f51dcb1d0ccd100159b770c379b12ebac4baf0e5bc826226264cc42ca98221a2"
