"""What channels say of their own: whose words a reply is, and where the rest of it is read."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Final

from bot.messages import Author, OutgoingMessage

FILE: Final = Path(__file__).with_name("spoken.vi.toml")
_WORDS: Final[dict[str, str]] = tomllib.loads(FILE.read_text(encoding="utf-8"))
OFFICER: Final = _WORDS["officer"]
REST: Final = _WORDS["rest"]
BY_NUMBER: Final = _WORDS["by_number"]
CHOOSE: Final = _WORDS["choose"]
CONTACT: Final = _WORDS["contact"]
CONTACT_USE: Final = _WORDS["contact_use"]


def spoken(message: OutgoingMessage) -> str:
    """Give the text of a reply, an officer's with the word that tells so before it."""
    if message.author is not Author.OFFICER:
        return message.reply.text
    return f"{OFFICER}\n{message.reply.text}"
