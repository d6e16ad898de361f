"""What the rules of an office allow an officer to publish."""

from __future__ import annotations

from collections.abc import Iterable

from bot.console.actor import Actor
from bot.console.ports import ConsoleHouse
from bot.officials.changes import ChangeKind, publishing_action
from bot.officials.standing import Rules, Standing
from knowledge.layers import lineage


def rules_at(house: ConsoleHouse, office: str) -> Rules:
    """Give the rules in force at ``office``."""
    conversation = house.conversation
    line = lineage(conversation.desk.knowledge.snapshot.offices, office)
    return Standing.of(conversation.stood.entries, line).rules


def publishes_own(
    actor: Actor,
    house: ConsoleHouse,
    office: str,
    *,
    kind: ChangeKind,
    ref: str,
    fields: Iterable[str] = (),
) -> bool:
    """Tell whether ``actor`` may put in force at once what they change themselves."""
    action = publishing_action(kind, ref, fields)
    return actor.may(action, office) and not rules_at(house, office).four_eyes
