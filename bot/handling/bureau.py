"""What officers' acts upon cases go by: each office's clock, rules and name; the offices' tree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from bot.handling.ports import Clockwork
from bot.handling.sealing import Seals
from bot.officials.office_rules import Rules
from bot.officials.standing import Standing
from bot.officials.tree import OfficeTree
from knowledge.layers import lineage
from knowledge.models import Office


class Place(Protocol):
    """An office with what is in force there, such as its desk."""

    @property
    def office(self) -> Office | None:
        """Its data."""
        ...

    @property
    def standing(self) -> Standing:
        """What it has set."""
        ...


class Places(Protocol):
    """Gives each office; see ``bot.conversation.pipeline``."""

    def speaking_as(self, office: str) -> Place:
        """Give the office whose code is ``office``."""
        ...


@dataclass(frozen=True, kw_only=True)
class Bureau:
    """The house rules of all offices, as they are set now."""

    clockwork: Clockwork
    seals: Seals
    desks: Places
    offices: Sequence[Office]

    @cached_property
    def tree(self) -> OfficeTree:
        """Tell which office stands above which."""
        return OfficeTree.of(self.offices)

    def line(self, office: str) -> Sequence[str]:
        """Give an office and those above it, the nearest first."""
        return tuple(reversed(lineage(self.offices, office)))

    def rules(self, office: str) -> Rules:
        """Give what an office decides about its own work."""
        return self.desks.speaking_as(office).standing.rules

    def name(self, office: str) -> str:
        """Give how citizens know an office."""
        known = self.desks.speaking_as(office).office
        return known.name if known else ""
