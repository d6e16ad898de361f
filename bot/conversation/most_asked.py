"""What is asked most, offered before anybody asks."""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversation.desk import Desk
from bot.messages import QuickReply
from knowledge.models import Level, Procedure
from knowledge.text import fold, tokens


def most_asked(desk: Desk, most: int) -> tuple[QuickReply, ...]:
    """Give up to ``most`` procedures, of a commune's office those that a commune decides."""
    asked = _by_demand(desk)
    if _is_commune(desk):
        asked = [p for p in asked if p.level is Level.COMMUNE] or asked
    return tuple(QuickReply(p.everyday_name, f"p:{p.code}") for p in asked[:most])


def most_asked_of(desk: Desk, act: Sequence[str], most: int) -> Sequence[Procedure]:
    """Give up to ``most`` procedures whose name begins with ``act``, a commune's own first."""
    said = f"{' '.join(act)} "
    named = [one for one in _by_demand(desk) if fold(one.everyday_name).startswith(said)]
    own = Level.COMMUNE if _is_commune(desk) else None
    return sorted(named, key=lambda one: one.level is not own)[:most]


def _by_demand(desk: Desk) -> Sequence[Procedure]:
    living = (p for p in desk.knowledge.snapshot.procedures if not p.abolished)
    return sorted(living, key=lambda p: (-p.popularity, p.code))


def _is_commune(desk: Desk) -> bool:
    name = desk.office.name if desk.office else ""
    return desk.intents.has("commune", desk.intents.hear(tokens(name)))
