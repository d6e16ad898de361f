"""What the rules of an office allow an officer to publish and to approve."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from bot.console.actor import Actor
from bot.console.ports import ConsoleHouse
from bot.officials.approving import Approver
from bot.officials.changes import ChangeKind
from bot.officials.models import EVERYWHERE
from bot.officials.office_rules import Rules
from bot.officials.publishing_rights import PUBLISHING, publishing_action
from bot.officials.standing import Standing
from knowledge.layers import lineage

FOUR_EYES: Final = "rule:four_eyes"


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


def approver(actor: Actor, house: ConsoleHouse) -> Approver:
    """Give what ``actor`` may approve by the rules in force."""
    reach = {one: actor.offices(one) for one in PUBLISHING if actor.may_somewhere(one)}
    return Approver(officer=actor.officer.id, reach=reach, strict=strict_offices(house))


def strict_offices(house: ConsoleHouse) -> frozenset[str]:
    """Give the offices at which nobody approves their own: each goes by the nearest above it."""
    said = {
        one.office: Standing.of([one], [one.office]).rules.four_eyes
        for one in house.conversation.stood.entries
        if one.key == FOUR_EYES
    }
    if not any(said.values()):
        return frozenset()
    offices = house.conversation.desk.knowledge.snapshot.offices
    above: dict[str, str] = {one.code: one.parent or EVERYWHERE for one in offices}
    return frozenset(code for code in (EVERYWHERE, *above) if _nearest(code, above, said))


def _nearest(code: str, above: Mapping[str, str], said: Mapping[str, bool]) -> bool:
    seen = set()
    while code and code not in said and code not in seen:
        seen.add(code)
        code = above.get(code, EVERYWHERE)
    return said.get(code if code in said else EVERYWHERE, False)
