"""What of a deed may stand in the audit: the fields its kind allows, free words masked.

``data/deeds.toml`` says it for each kind of object; what it does not name is left out.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Final

from bot.errors import BotError
from bot.officials.audit import Deed
from bot.privacy import mask

DATA: Final = Path(__file__).with_name("data") / "deeds.toml"
ALL: Final = "*"


class UnknownDeed(BotError):
    """An act or a kind of object that ``data/deeds.toml`` does not name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """The acts upon one kind of object, its fields told as they are, and those told masked.

    ``*`` among ``masked`` stands for every field that is not ``shown``.
    """

    acts: frozenset[str]
    shown: frozenset[str]
    masked: frozenset[str]


@cache
def allowed() -> Mapping[str, Allowed]:
    """Give what each kind of object allows."""
    told: dict[str, dict[str, list[str]]] = tomllib.loads(DATA.read_text(encoding="utf-8"))
    return {
        kind: Allowed(
            acts=frozenset(one["acts"]),
            shown=frozenset(one["shown"]),
            masked=frozenset(one["masked"]),
        )
        for kind, one in told.items()
    }


def redacted(deed: Deed) -> Deed:
    """Give ``deed`` without what its kind does not allow, its free words masked.

    Raises:
        UnknownDeed: the table knows no such act upon such a thing.
    """
    rule = allowed().get(deed.kind)
    if rule is None or deed.action not in rule.acts:
        raise UnknownDeed(f"{deed.action} upon {deed.kind}")
    return replace(
        deed,
        before=_told(deed.before, rule),
        after=_told(deed.after, rule),
        note=_masked(deed.note),
    )


def _told(told: Mapping[str, Any], rule: Allowed) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for name, value in told.items():
        if name in rule.shown:
            kept[name] = value
        elif name in rule.masked or ALL in rule.masked:
            kept[name] = _masked(value)
    return kept


def _masked(value: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
    match value:
        case str():
            return mask(value).text if value else value
        case Mapping():
            return {name: _masked(one) for name, one in value.items()}
        case list() | tuple():
            return [_masked(one) for one in value]
        case _:
            return value
