"""What an entry tells of before and after, field by field, in words; pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.officials.audit import Deed


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field: its name, and what stood there before and after as lines of text."""

    name: str
    before: str
    after: str


def fields_of(deed: Deed) -> tuple[Field, ...]:
    """Give every field the deed tells of, those before first."""
    names = dict.fromkeys((*deed.before, *deed.after))
    return tuple(
        Field(name=name, before=_text(deed.before, name), after=_text(deed.after, name))
        for name in names
    )


def _text(told: Mapping[str, Any], name: str) -> str:
    return _written(told[name]) if name in told else ""


def _written(value: Any) -> str:  # noqa: ANN401 - what JSON holds
    match value:
        case None:
            return ""
        case bool():
            return "✓" if value else "✕"
        case Mapping():
            return " · ".join(_written(one) for one in value.values() if one not in (None, "", []))
        case list():
            return "\n".join(_written(one) for one in value)
        case _:
            return str(value)
