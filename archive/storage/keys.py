r"""The key file: how a passphrase opens a locked archive.

A random 256-bit archive key locks the volumes; the key file holds it, sealed under a key that Argon2id makes from the
passphrase. So a passphrase can be changed without writing the volumes again, and every guess costs memory.

Layout (docs/formats/key-1.md), integers little-endian, 103 bytes in all::

    9  "ibid-key\x01"
    4  Argon2id memory in KiB      1  passes      1  lanes (always 1)
    16 salt
    24 nonce
    48 XChaCha20-Poly1305 of the archive key; the first 31 bytes of the file are the associated data (RFC 9106, RFC 8439,
       draft-irtf-cfrg-xchacha-03)

The passphrase is taken in Unicode NFKC, encoded as UTF-8, so that it opens the archive whichever keyboard wrote it.
"""

from __future__ import annotations

import os
import struct
import unicodedata

import msgspec
from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_decrypt,
    crypto_aead_xchacha20poly1305_ietf_encrypt,
    crypto_pwhash_alg,
    crypto_pwhash_ALG_ARGON2ID13,
)
from nacl.exceptions import CryptoError

from archive.errors import ArchiveDamaged, EmptyPassphrase, WrongPassphrase

KEY_FILE = "archive.key"
KEY_BYTES = 32

_MAGIC = b"ibid-key\x01"
_PARAMETERS = struct.Struct("<IBB")
_SALT_BYTES = 16
_NONCE_BYTES = 24
_HEAD_BYTES = len(_MAGIC) + _PARAMETERS.size + _SALT_BYTES
_FILE_BYTES = _HEAD_BYTES + _NONCE_BYTES + KEY_BYTES + 16
_LEAST_MEMORY_KIB, _MOST_MEMORY_KIB = 64 * 1024, 1024 * 1024
_MOST_PASSES = 10


class GuessCost(msgspec.Struct, frozen=True):
    """What one guess at the passphrase costs: memory in KiB (64 MiB to 1 GiB) and passes over it (1 to 10)."""

    memory_kib: int = 256 * 1024
    passes: int = 4

    @property
    def is_in_range(self) -> bool:
        """Whether Ibid would ever do this much work, and never less than is safe."""
        return _LEAST_MEMORY_KIB <= self.memory_kib <= _MOST_MEMORY_KIB and 1 <= self.passes <= _MOST_PASSES


def create_key(passphrase: str, *, cost: GuessCost | None = None) -> tuple[bytes, bytes]:
    """A new archive key and the key file that holds it.

    Args:
        passphrase: what will open the archive.
        cost: of one guess; the default takes about a second on an old laptop.

    Returns:
        The contents of the key file, and the key (32 bytes, random).

    Raises:
        EmptyPassphrase: there is none.
        ValueError: the cost is out of range (a bug of the caller).
    """
    chosen = cost or GuessCost()
    if not chosen.is_in_range:
        raise ValueError("cost out of range")
    secret = _secret(passphrase)
    key, salt, nonce = os.urandom(KEY_BYTES), os.urandom(_SALT_BYTES), os.urandom(_NONCE_BYTES)
    head = _MAGIC + _PARAMETERS.pack(chosen.memory_kib, chosen.passes, 1) + salt
    sealed = crypto_aead_xchacha20poly1305_ietf_encrypt(key, head, nonce, _derive(secret, salt, chosen))
    return head + nonce + sealed, key


def open_key(key_file: bytes, passphrase: str) -> bytes:
    """The archive key that the key file holds.

    Args:
        key_file: its contents; hostile until proved otherwise, so its cost is checked before any work is done.
        passphrase: what the person typed.

    Returns:
        The key, 32 bytes.

    Raises:
        EmptyPassphrase: there is none.
        WrongPassphrase: it does not open the file (or the file was changed: the two cannot be told apart).
        ArchiveDamaged: the file is no key file of a kind we know.
    """
    secret = _secret(passphrase)
    if len(key_file) != _FILE_BYTES or not key_file.startswith(_MAGIC):
        raise ArchiveDamaged(where=KEY_FILE)
    memory_kib, passes, lanes = _PARAMETERS.unpack_from(key_file, len(_MAGIC))
    cost = GuessCost(memory_kib, passes)
    if not cost.is_in_range or lanes != 1:
        raise ArchiveDamaged(where=KEY_FILE)
    head, nonce, sealed = key_file[:_HEAD_BYTES], key_file[_HEAD_BYTES : _HEAD_BYTES + _NONCE_BYTES], key_file[-KEY_BYTES - 16 :]
    try:
        return crypto_aead_xchacha20poly1305_ietf_decrypt(sealed, head, nonce, _derive(secret, head[-_SALT_BYTES:], cost))
    except CryptoError as error:
        raise WrongPassphrase from error


def _secret(passphrase: str) -> bytes:
    if not passphrase:
        raise EmptyPassphrase
    return unicodedata.normalize("NFKC", passphrase).encode(errors="surrogatepass")


def _derive(secret: bytes, salt: bytes, cost: GuessCost) -> bytes:
    return crypto_pwhash_alg(KEY_BYTES, secret, salt, cost.passes, cost.memory_kib * 1024, crypto_pwhash_ALG_ARGON2ID13)
