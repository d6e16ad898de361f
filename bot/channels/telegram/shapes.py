"""The shapes of Telegram's JSON: what is shaped otherwise than was promised says nothing."""

from __future__ import annotations

from typing import Final, TypeGuard

from bot.channels.shapes import Json, part, word

# No number of Telegram is longer than 52 bits.
MOST: Final = 2**52


def is_number(value: object) -> TypeGuard[int]:
    """Tell whether ``value`` is a whole number that Telegram could have sent."""
    return type(value) is int and abs(value) < MOST


__all__ = ["Json", "is_number", "part", "word"]
