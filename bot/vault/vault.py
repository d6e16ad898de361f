"""Seals values for the database (AES-256-GCM, NIST SP 800-38D) and opens them in their place.

A sealed value is version | key id | nonce | ciphertext with its tag. Version, key id and place are
authenticated: a value moved to another row, or changed in one bit, opens no more.
"""

from __future__ import annotations

import hmac
import secrets
from hashlib import sha256
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.vault.deriving import derived
from bot.vault.errors import Damaged, UnknownKey
from bot.vault.keyring import LONGEST_ID, Keyring

VERSION: Final = b"\x01"
# Of one length, so that a database can tell by it which rows a key sealed.
HEAD: Final = len(VERSION) + LONGEST_ID
# Random ones of 96 bits are safe for 2**32 values of one key (SP 800-38D, 8.3).
_NONCE: Final = 12
_SEALING: Final = b"hanhchinh-bot: sealed data"
_DIGESTS: Final = b"hanhchinh-bot: digests of data"


def place(*parts: str | int) -> str:
    """Name the place a value is sealed for: table, column and what names the row."""
    return "|".join(map(str, parts))


class Vault:
    """Seals with the first key of a ring and opens with any."""

    def __init__(self, keyring: Keyring) -> None:
        """Derive from each key one for sealing and one for digests."""
        self._first = keyring.first
        self._ciphers = {
            name: AESGCM(derived(key, _SEALING)) for name, key in keyring.keys.items()
        }
        self._digests = {name: derived(key, _DIGESTS) for name, key in keyring.keys.items()}

    @property
    def key_ids(self) -> tuple[str, ...]:
        """The ids of its keys; the first one seals."""
        return tuple(self._ciphers)

    def seal(self, words: str | bytes, place: str) -> bytes:
        """Give ``words`` as they are stored at ``place``, where alone they open again."""
        plain = words.encode() if isinstance(words, str) else words
        head, nonce = head_of(self._first), secrets.token_bytes(_NONCE)
        cipher = self._ciphers[self._first]
        return head + nonce + cipher.encrypt(nonce, plain, _bound(head, place))

    def open(self, sealed: bytes, place: str) -> bytes:
        """Give what was sealed for ``place``.

        Raises:
            UnknownKey: it was sealed with a key that is not in the ring.
            Damaged: it was changed, or sealed for another place.
        """
        head, nonce, rest = sealed[:HEAD], sealed[HEAD : HEAD + _NONCE], sealed[HEAD + _NONCE :]
        name = key_id_of(head)
        if name not in self._ciphers:
            raise UnknownKey(name)
        try:
            return self._ciphers[name].decrypt(nonce, rest, _bound(head, place))
        except (InvalidTag, ValueError):
            raise Damaged from None

    def words(self, sealed: bytes, place: str) -> str:
        """Give the text that was sealed for ``place``; raises as ``open`` does."""
        return self.open(sealed, place).decode()

    def digest(self, words: str, purpose: str) -> str:
        """Give what finds ``words`` again without telling them: 64 signs, by the first key."""
        return self._digest(self._first, words, purpose)

    def digests(self, words: str, purpose: str) -> tuple[str, ...]:
        """Give the digest of ``words`` by each key: rows may still hold that of an older one."""
        return tuple(self._digest(name, words, purpose) for name in self._ciphers)

    def _digest(self, name: str, words: str, purpose: str) -> str:
        told = f"{purpose}\0{words}".encode()
        return hmac.new(self._digests[name], told, sha256).hexdigest()


def head_of(key_id: str) -> bytes:
    """Give what stands in front of each value sealed with a key."""
    return VERSION + key_id.encode().ljust(LONGEST_ID, b"\0")


def key_id_of(head: bytes) -> str:
    """Give the id of the key a value was sealed with, by its beginning.

    Raises:
        Damaged: it is no beginning of a sealed value.
    """
    name = head[len(VERSION) : HEAD].rstrip(b"\0").decode("ascii", errors="replace")
    if head[:HEAD] != head_of(name):
        raise Damaged
    return name


def _bound(head: bytes, place: str) -> bytes:
    return head + place.encode()
