"""The shapes of JSON: what is shaped otherwise than was promised says nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Json = Mapping[str, Any]


def part(whole: Json, name: str) -> Json:
    """Give the object under ``name``, empty when there is none."""
    found = whole.get(name)
    return found if isinstance(found, dict) else {}


def word(whole: Json, name: str) -> str:
    """Give the text under ``name``, empty when there is none."""
    found = whole.get(name)
    return found if isinstance(found, str) else ""
