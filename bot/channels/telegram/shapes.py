"""The shapes of JSON: what is shaped otherwise than was promised says nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, TypeGuard

Json = Mapping[str, Any]
# No number of Telegram is longer than 52 bits.
MOST: Final = 2**52


def part(whole: Json, name: str) -> Json:
    """Give the object under ``name``, empty when there is none."""
    found = whole.get(name)
    return found if isinstance(found, dict) else {}


def word(whole: Json, name: str) -> str:
    """Give the text under ``name``, empty when there is none."""
    found = whole.get(name)
    return found if isinstance(found, str) else ""


def is_number(value: object) -> TypeGuard[int]:
    """Tell whether ``value`` is a whole number that Telegram could have sent."""
    return type(value) is int and abs(value) < MOST
