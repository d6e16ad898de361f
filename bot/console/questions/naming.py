"""How questions and channels are told to officials."""

from __future__ import annotations

from collections.abc import Iterable

from bot.console.words import say
from bot.privacy import in_words, mask


def hidden_again(text: str) -> str:
    """Give a masked text for reading; what is recognised by now and was not then is hidden too."""
    return in_words(mask(text).text)


def channel_names(channels: Iterable[str]) -> str:
    """Name channels for people."""
    return ", ".join(say(f"channels_names.{one}") for one in channels)
