"""Files packed into one (ZIP): read in memory, one by one, within limits; nothing is ever unpacked onto a disk.

Names are only compared with each other, so ``../../etc/passwd`` and ``C:/x`` are names like any other. A symbolic link is a
short text that is not read. What a part says of its size is not believed: it is counted while it is inflated.
"""

from __future__ import annotations

import io
import lzma
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable

from archive.errors import DamagedFile, FileTooLarge, PasswordWanted, PasswordWrong
from archive.settings import MIB

MOST_PARTS = 20_000
MOST_BYTES = 256 * MIB
MOST_TOGETHER_BYTES = 2048 * MIB
_PART_BYTES = 128 * MIB
_MOST_RATIO = 400
_RATIO_COUNTS_FROM_BYTES = 16 * MIB
_STEP_BYTES = MIB
_AES = 99  # the "method" of parts that WinZip and 7-Zip encrypt with AES, which the standard library cannot undo
_STARTS = (b"PK\x03\x04", b"PK\x05\x06")
_ENGINE_ERRORS = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    NotImplementedError,
    ValueError,
    OverflowError,
    IndexError,
    KeyError,
)


def is_packed(data: bytes) -> bool:
    """Whether the bytes begin as a ZIP does."""
    return data.startswith(_STARTS)


class Packed:
    """The parts of a packed file.

    Args:
        data: the whole file.
        kind: the name of its format, a fact of the errors.
        password: of parts that are encrypted in the old way of ZIP.

    Raises:
        DamagedFile: its table of contents cannot be read.
        FileTooLarge: it has more parts than any document.
    """

    def __init__(self, data: bytes, *, kind: str = "zip", password: str | None = None) -> None:
        self._kind = kind
        self._password = None if password is None else password.encode()
        self._left_bytes = MOST_BYTES
        self._size_bytes = len(data)
        try:
            self._file = zipfile.ZipFile(io.BytesIO(data))
            parts = self._file.infolist()
        except _ENGINE_ERRORS as error:
            raise DamagedFile(format=kind) from error
        if len(parts) > MOST_PARTS:
            raise FileTooLarge(size_bytes=len(data), limit_bytes=MOST_BYTES)
        self._parts = {
            part.filename.replace("\\", "/").lstrip("/"): part for part in parts if part.filename and not part.is_dir()
        }
        self._folded = {name.casefold(): name for name in reversed(self._parts)}

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the parts that are files, in the order of the table of contents; symbolic links left out."""
        return tuple(name for name, part in self._parts.items() if not stat.S_ISLNK(part.external_attr >> 16))

    def has(self, name: str) -> bool:
        """Whether there is a part of this name, capitals aside (Open Packaging Conventions, 6.3.5)."""
        return name.casefold() in self._folded

    def size_bytes(self, name: str) -> int:
        """What the table of contents says of a part's size, unchecked; 0 where there is no such part."""
        found = self._folded.get(name.casefold())
        return self._parts[found].file_size if found is not None else 0

    def check_together(self, names: Iterable[str]) -> None:
        """Refuse what no honest packer makes: parts that share their bytes, or that are together more than ``MOST_TOGETHER_BYTES``.

        No part gives more than the table of contents says, so what it says bounds them all.

        Raises:
            DamagedFile: the parts are together longer than the file that holds them.
            FileTooLarge: they would be too much.
        """
        if sum(part.compress_size for part in self._parts.values()) > self._size_bytes:
            raise DamagedFile(format=self._kind)
        together = sum(map(self.size_bytes, names))
        if together > MOST_TOGETHER_BYTES:
            raise FileTooLarge(size_bytes=together, limit_bytes=MOST_TOGETHER_BYTES)

    def read(self, name: str) -> bytes:
        """A part, inflated.

        Raises:
            DamagedFile: it is missing, breaks off, or its sum is wrong.
            FileTooLarge: it, or all that was read so far, is over the limit, or it swells as only a bomb does.
            PasswordWanted: it is encrypted.
            PasswordWrong: the password does not open it.
        """
        found = self._folded.get(name.casefold())
        if found is None:
            raise DamagedFile(format=self._kind)
        part = self._parts[found]
        is_encrypted = bool(part.flag_bits & 0x1)
        if is_encrypted and (self._password is None or part.compress_type == _AES):
            raise PasswordWanted(format="aes-zip" if part.compress_type == _AES else self._kind)
        limit_bytes = min(_PART_BYTES, self._left_bytes)
        pieces: list[bytes] = []
        size_bytes = 0
        try:
            with self._file.open(part, pwd=self._password if is_encrypted else None) as source:
                while piece := source.read(_STEP_BYTES):
                    size_bytes += len(piece)
                    swells = size_bytes > _RATIO_COUNTS_FROM_BYTES and size_bytes > _MOST_RATIO * max(1, part.compress_size)
                    if size_bytes > limit_bytes or swells:
                        raise FileTooLarge(size_bytes=max(size_bytes, part.file_size), limit_bytes=limit_bytes)
                    pieces.append(piece)
        except RuntimeError as error:
            if isinstance(error, NotImplementedError | RecursionError):
                raise DamagedFile(format=self._kind) from error
            raise (PasswordWrong if is_encrypted else PasswordWanted)(format=self._kind) from error
        except _ENGINE_ERRORS as error:
            # One wrong password of 256 is found out only when what it opened is no text.
            raise (PasswordWrong if is_encrypted else DamagedFile)(format=self._kind) from error
        self._left_bytes -= size_bytes
        return b"".join(pieces)
