"""The navigation: the pages in their groups, as far as an officer may open them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Self

from bot.console.actor import Actor
from bot.console.routing import Gate, Way
from bot.console.words import say
from bot.officials.models import Stage

GROUPS: Final = {
    "group_work": ("home", "questions", "talks"),
    "group_feedback": (
        "cases", "case_reports", "data_wishes", "case_imports", "case_units", "deadlines",
    ),
    "group_knowledge": (
        "cards", "why", "guides", "contacts", "days", "changes", "imports", "lint", "sync",
    ),
    "group_news": ("calendar", "plans", "news", "readers", "loudspeaker", "reports"),
    "group_house": (
        "settings", "wording", "notices", "channels", "zalo", "trial", "rules", "people",
        "offices", "audit", "account",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One page of the navigation: what it is called here and where it is."""

    key: str
    label: str
    way: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Pages that belong together."""

    label: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Menu:
    """The pages that say they stand in the navigation, by their key there."""

    ways: Mapping[str, Way]

    @classmethod
    def of(cls, ways: Iterable[Way]) -> Self:
        """Take the ways that have a ``menu``; an unknown key is a ``ValueError`` at start."""
        named = {way.menu: way for way in ways if way.menu}
        unknown = named.keys() - {key for keys in GROUPS.values() for key in keys}
        if unknown:
            raise ValueError(f"no place in the navigation: {', '.join(sorted(unknown))}")
        return cls(named)

    def shown(self, actor: Actor | None) -> tuple[Group, ...]:
        """Give what ``actor`` may open, without groups that would be empty.

        Who is not wholly in may open nothing.
        """
        if actor is None or actor.session.stage is not Stage.FULL:
            return ()
        groups = (
            Group(label=say(f"nav.{name}"), items=tuple(self._items(keys, actor)))
            for name, keys in GROUPS.items()
        )
        return tuple(group for group in groups if group.items)

    def _items(self, keys: Iterable[str], actor: Actor) -> Iterable[Item]:
        for key in keys:
            way = self.ways.get(key)
            if way and (isinstance(way.rule, Gate) or actor.may_somewhere(way.rule)):
                yield Item(key=key, label=say(f"nav.{key}"), way=way.name)
