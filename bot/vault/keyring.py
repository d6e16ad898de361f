"""The keys of ``DATA_KEYS`` and ``SEALED_KEYS``: ``2026b:<base64 of 32 bytes>,2026a:<…>``.

The first one seals, all of them open: a new key is put in front, and the old one is taken away
after ``python -m bot keys rotate``.
"""

from __future__ import annotations

import re
import secrets
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, Self

from bot.vault.errors import BadKeys

KEY_BYTES: Final = 32
LONGEST_ID: Final = 12
_ID: Final = re.compile(rf"[a-z0-9-]{{1,{LONGEST_ID}}}")
_SHAPE: Final = (
    "ghi mã-khóa:khóa, như 2026a:…; nhiều khóa cách nhau bằng dấu phẩy, khóa mới đứng đầu"
)
_MADE_BY: Final = "tạo khóa bằng lệnh python -m bot keys new"


@dataclass(frozen=True, slots=True)
class Keyring:
    """Keys by their ids; never shown, in a traceback or elsewhere."""

    keys: Mapping[str, bytes] = field(repr=False)

    @classmethod
    def parse(cls, told: str) -> Self:
        """Read the keys as the environment tells them; spaces between them do not count.

        Raises:
            BadKeys: the message says which of them is wrong, by its number, and shows none.
        """
        keys: dict[str, bytes] = {}
        for number, one in enumerate(told.split(","), start=1):
            name, key = _key(one.strip(), f"khóa thứ {number}")
            if name in keys:
                raise BadKeys(f"khóa thứ {number}: mã khóa này đã có ở trước; mỗi khóa một mã")
            keys[name] = key
        return cls(MappingProxyType(keys))

    @property
    def first(self) -> str:
        """The id of the key that seals."""
        return next(iter(self.keys))

    def followed_by(self, others: Keyring) -> Keyring:
        """Give these keys with ``others`` behind them, which only open."""
        behind = {name: key for name, key in others.keys.items() if name not in self.keys}
        return Keyring(MappingProxyType({**self.keys, **behind}))


def _key(one: str, which: str) -> tuple[str, bytes]:
    name, colon, told = one.partition(":")
    if not colon:
        raise BadKeys(f"{which}: {_SHAPE}")
    if not _ID.fullmatch(name):
        raise BadKeys(f"{which}: mã khóa dài 1–{LONGEST_ID} ký tự a–z, 0–9 hoặc -")
    try:
        key = b64decode(told, validate=True)
    except (NotBase64, ValueError):
        raise BadKeys(f"{which}: khóa không phải base64; {_MADE_BY}") from None
    if len(key) != KEY_BYTES:
        raise BadKeys(f"{which}: khóa phải dài {KEY_BYTES} byte; {_MADE_BY}")
    return name, key


def new_key(name: str) -> str:
    """Make a key at random and give it as the environment tells it.

    Raises:
        BadKeys: ``name`` is no id of a key.
    """
    told = f"{name}:{b64encode(secrets.token_bytes(KEY_BYTES)).decode()}"
    Keyring.parse(told)
    return told
