"""Whose words a reply is, told in the text: for channels that show no name of the writer."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from bot.messages import Author, OutgoingMessage


def spoken(message: OutgoingMessage) -> str:
    """Give the text of a reply, an officer's with the word that tells so before it."""
    if message.author is not Author.OFFICER:
        return message.reply.text
    return f"{officer_label()}\n{message.reply.text}"


@cache
def officer_label() -> str:
    """Give the word before an officer's words."""
    file = resources.files("bot.channels") / "spoken.vi.toml"
    return str(tomllib.loads(file.read_text(encoding="utf-8"))["officer"])
