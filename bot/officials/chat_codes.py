"""The codes with which officers make a chat their own: given in the console, typed in the chat.

A code is worth one try within 15 minutes of an officer who is signed in, and is stored nowhere:
what was typed is sealed before it is kept, and only digests are compared.
"""

from __future__ import annotations

import re
import secrets
from datetime import timedelta
from hashlib import sha256
from typing import Final

from bot.messages import OFFICER_CODE

LIFE: Final = timedelta(minutes=15)
# Without those that look or sound like others.
LETTERS: Final = "23456789abcdefghjkmnpqrstuvwxyz"
LENGTH: Final = 8
# Whatever is typed after the beginning is sealed: a digest typed by who saw one opens nothing.
_TYPED: Final = re.compile(r"(?:/?start\s+)?cb\s?[-–—]\s?(\S{4,80})")
_SEALED: Final = re.compile(rf"{OFFICER_CODE}([0-9a-f]{{64}})")


def new_code() -> str:
    """Make a code nobody can guess: some 850 thousand million are possible."""
    return OFFICER_CODE + "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def digest_of(code: str) -> str:
    """Give what is stored of a code, however it was typed."""
    told = _TYPED.fullmatch(code.strip().rstrip(".,!").casefold())
    return sha256((told[1] if told else code).encode()).hexdigest()


def sealed_code(text: str) -> str:
    """Give what is kept of a message that is a code alone; nothing for any other."""
    said = text.strip().rstrip(".,!").casefold()
    return OFFICER_CODE + digest_of(said) if _TYPED.fullmatch(said) else ""


def digest_in(text: str) -> str:
    """Give the digest a kept message holds, or nothing."""
    held = _SEALED.fullmatch(text)
    return held[1] if held else ""
