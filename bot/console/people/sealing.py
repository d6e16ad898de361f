"""Secrets of second factors as they are stored: sealed when ``CONSOLE_SECRET`` is set."""

from __future__ import annotations

from base64 import b64decode, b64encode, urlsafe_b64encode
from binascii import Error as NotBase64
from typing import Final

from cryptography.fernet import Fernet, InvalidToken
from pydantic import SecretStr

from bot.errors import BotError
from bot.vault.deriving import derived

PLAIN: Final = "plain:"
SEALED: Final = "sealed:"
PURPOSE: Final = b"hanhchinh-bot: second factors of the console"


class Unreadable(BotError):
    """A stored secret cannot be opened: ``CONSOLE_SECRET`` is another than when it was sealed."""


class Seal:
    """Closes secrets for the database and opens them; without a key they stand there plain.

    What was stored before there was a key stays readable. A sealed secret belongs to one officer:
    in another's row it opens nothing.
    """

    def __init__(self, secret: SecretStr | None) -> None:
        """Derive the key from ``CONSOLE_SECRET``."""
        self._fernet = Fernet(_key(secret.get_secret_value())) if secret else None

    def close(self, secret: bytes, officer: int) -> str:
        """Give what is stored of an officer's ``secret``."""
        if self._fernet is None:
            return PLAIN + b64encode(secret).decode()
        return SEALED + self._fernet.encrypt(_owned(officer) + secret).decode()

    def open(self, stored: str, officer: int) -> bytes:
        """Give the secret that was stored for an officer.

        Raises:
            Unreadable: it was sealed with another key, or for somebody else.
        """
        try:
            if stored.startswith(PLAIN):
                return b64decode(stored.removeprefix(PLAIN), validate=True)
            return self._opened(stored.removeprefix(SEALED), _owned(officer))
        except (InvalidToken, NotBase64) as error:
            raise Unreadable from error

    def _opened(self, sealed: str, owner: bytes) -> bytes:
        if self._fernet is None:
            raise Unreadable
        opened = self._fernet.decrypt(sealed)
        if not opened.startswith(owner):
            raise Unreadable
        return opened.removeprefix(owner)


def _owned(officer: int) -> bytes:
    return officer.to_bytes(8)


def _key(secret: str) -> bytes:
    return urlsafe_b64encode(derived(secret.encode(), PURPOSE))
