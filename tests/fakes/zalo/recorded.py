"""Holds what the emulator tells against the shapes public sources record (``recorded.toml``)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

_FILE: Final = tomllib.loads(Path(__file__).with_name("recorded.toml").read_text("utf-8"))
_TEXTS: Final = {
    "id": re.compile(r"\d{16,20}"),
    "ms": re.compile(r"\d{13}"),
    "digits": re.compile(r"\d+"),
    "figure": re.compile(r"-?\d+(\.\d+)?"),
    "date": re.compile(r"\d\d/\d\d/\d{4}"),
    "text": re.compile(r".*", re.DOTALL),
}
EVENTS: Final[Mapping[str, Any]] = {
    name: _FILE["bases"][shape["base"]] | {k: v for k, v in shape.items() if k != "base"}
    for name, shape in _FILE["events"].items()
}
ANSWERS: Final[Mapping[str, Any]] = _FILE["answers"]


def differences(found: Any, shape: Any, where: str = "") -> list[str]:
    """Name every member that is not as recorded: missing, strange, or of another form."""
    if isinstance(shape, dict):
        return _members(found, shape, where) if isinstance(found, dict) else [where]
    if isinstance(shape, list):
        # A list nobody filled would show nothing.
        if not isinstance(found, list) or not found:
            return [where]
        return [one for row in found for one in differences(row, shape[0], f"{where}[]")]
    return [] if _is(found, shape) else [where]


def _members(found: dict[str, Any], shape: dict[str, Any], where: str) -> list[str]:
    known = {name.removesuffix("?"): one for name, one in shape.items()}
    needed = {name for name in shape if not name.endswith("?")}
    odd = (found.keys() - known.keys()) | (needed - found.keys())
    inner = [
        one
        for name in found.keys() & known.keys()
        for one in differences(found[name], known[name], f"{where}.{name}")
    ]
    return sorted([*(f"{where}.{name}" for name in odd), *inner])


def _is(found: Any, form: str) -> bool:
    match form:
        case "any":
            return True
        case "flag":
            return isinstance(found, bool)
        case "number":
            return isinstance(found, int) and not isinstance(found, bool)
        case _:
            return isinstance(found, str) and _TEXTS[form].fullmatch(found) is not None
