"""Which passwords are good enough: length and no place among the guessed, nothing else.

No rule asks for signs or capitals and none lets a password run out: NIST SP 800-63B-4, 3.1.1.2.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Final

from knowledge.text import fold

SHORTEST: Final = 12  # signs
LONGEST: Final = 128
# A block of so few signs, said again and again, is guessed as soon as the block.
SHORT_BLOCK: Final = 4
ROWS: Final = ("abcdefghijklmnopqrstuvwxyz", "0123456789", "qwertyuiop", "asdfghjkl", "zxcvbnm")
KEYBOARD: Final = ("1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p", "qwertyuiopasdfghjklzxcvbnm")
_LEET: Final = str.maketrans("@431!05$7", "aaeiiosst")
_OUTER: Final = re.compile(r"^[\W\d_]+|[\W\d_]+$")
_SIGNS: Final = re.compile(r"[\W_]+")


class PasswordFault(StrEnum):
    """What is wrong with a password; the console has a sentence for each."""

    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    COMMON = "common"
    OWN_NAME = "own_name"
    PLAIN_RUN = "plain_run"
    SAME = "same"  # as the one before; told by who keeps that one


def canonical(password: str) -> str:
    """Give the one form of a password, however the keyboard composed its marks."""
    return unicodedata.normalize("NFC", password)


def faults(password: str, login: str, names: Iterable[str]) -> tuple[PasswordFault, ...]:
    """Give what speaks against ``password`` of the officer ``login``.

    ``names`` are the officer's own and those of the office.
    """
    password = canonical(password)
    if len(password) < SHORTEST:
        return (PasswordFault.TOO_SHORT,)
    if len(password) > LONGEST:
        return (PasswordFault.TOO_LONG,)
    own = {_bare(name) for name in (login, *names)} - {""}
    found = {
        PasswordFault.PLAIN_RUN: _is_plain_run(password),
        PasswordFault.OWN_NAME: not own.isdisjoint(_cores(password)),
        PasswordFault.COMMON: not common_passwords().isdisjoint(_cores(password)),
    }
    return tuple(fault for fault, holds in found.items() if holds)


@cache
def common_passwords() -> frozenset[str]:
    """Give the words people take for passwords, folded and without signs between."""
    stored = resources.files("bot.officials") / "data" / "common_passwords.txt"
    lines = stored.read_text(encoding="utf-8").splitlines()
    return frozenset(_bare(line) for line in lines if line and not line.startswith("#"))


def _bare(text: str) -> str:
    return fold(_SIGNS.sub("", text))


def _cores(password: str) -> set[str]:
    """Give what is left of a password without the digits and signs people hang on a word."""
    forms = (password, _OUTER.sub("", password))
    # Digits that stand for letters hide the end of the word: p@ssw0rd2024.
    plain = {_bare(text) for form in forms for text in (form, form.translate(_LEET))}
    return plain | {_block(core) for core in plain}


def _is_plain_run(password: str) -> bool:
    bare = _bare(password)
    # Of mere signs with a letter or two, the signs are the password.
    plain = bare if len(bare) > 2 * SHORT_BLOCK else password
    if _is_short_block(plain) or _is_short_block(password):
        return True
    lines = [row * (len(plain) // len(row) + 2) for row in ROWS] + list(KEYBOARD)
    return any(plain in line or plain in line[::-1] for line in lines)


def _is_short_block(text: str) -> bool:
    """Tell whether ``text`` is a block of few signs from beginning to end, the last cut or not."""
    return any(text[size:] == text[:-size] for size in range(1, SHORT_BLOCK + 1))


def _block(text: str) -> str:
    """Give the shortest block that ``text`` repeats, ``text`` itself when it repeats none."""
    return text[: (text + text).find(text, 1)] if text else text
