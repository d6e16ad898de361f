"""What offices have set beside their knowledge, as it is stored.

Each thing is an entry: the office, a key (``wording:greeting``, ``notice:…``, ``channel:web``,
``trial``, ``rule:quiet_hours``, ``day:2026-11-24``, ``reception``, ``body:court``,
``deadline:ht_normal``, ``deadline_profile``, ``case_template:rac``) and an object of plain values;
an empty object stands for “as shipped”.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from bot.officials.models import Role
from bot.officials.permissions import Action, permissions

Value = Mapping[str, Any]
ANSWERING: Final = (Action.QUESTIONS_ANSWER, Action.TALKS_TAKE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing an office has set."""

    office: str
    key: str
    value: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Stood:
    """Everything set, by whichever office, and the guests of the trial by conversation.

    ``posts`` are the roles that active officers hold, each with its office; ``None`` while nobody
    has looked. ``accounts`` names the office of each account that citizens write to.
    """

    version: str = ""
    entries: tuple[Entry, ...] = ()
    guests: tuple[str, ...] = ()
    posts: frozenset[tuple[Role, str]] | None = None
    accounts: Mapping[str, str] = field(default_factory=dict)

    def attended(self, line: Collection[str]) -> bool:
        """Tell whether any officer answers questions and talks of the office of ``line``."""
        if self.posts is None:
            return True
        held = {role for role, office in self.posts if office in line}
        return all(held & permissions()[action] for action in ANSWERING)
