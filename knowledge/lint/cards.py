"""What a card should say and for how long it may be trusted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from knowledge.lint.findings import Offence
from knowledge.lint.world import World
from knowledge.models import Fee, FeeStatus, Procedure, Snapshot

FEWEST_ALIASES: Final = 8
LONGEST_NAME: Final = 60
MOST_STEPS: Final = 6


def incomplete(snapshot: Snapshot, world: World) -> Iterator[Offence]:
    """Cards that do not say what citizens ask first: papers, fee, time, and where it is from."""
    del world
    for card in _cards(snapshot):
        if not card.papers and not card.papers_note:
            yield _offence("missing_papers", card, "papers")
        if card.fee.status is FeeStatus.UNKNOWN:
            yield _offence("missing_fee", card, "fee")
        if card.fee == Fee(status=FeeStatus.KNOWN):
            yield _offence("fee_without_amount", card, "fee.lines")
        if not card.times and not card.time_note:
            yield _offence("missing_time", card, "times")
        if not card.source.name.strip():
            yield _offence("missing_source", card, "source.name")


def misshapen(snapshot: Snapshot, world: World) -> Iterator[Offence]:
    """Cards that are hard to find, or too long for a button or a telephone."""
    del world
    for card in _cards(snapshot):
        if len(card.aliases) < FEWEST_ALIASES:
            yield _offence("few_aliases", card, "aliases", count=len(card.aliases))
        if len(card.everyday_name) > LONGEST_NAME:
            yield _offence("long_name", card, "everyday_name", count=len(card.everyday_name))
        if len(card.steps) > MOST_STEPS:
            yield _offence("many_steps", card, "steps", count=len(card.steps))


def renumbered(snapshot: Snapshot, world: World) -> Iterator[Offence]:
    """Cards whose code the portal changed or took back, and which do not show it."""
    for card in _cards(snapshot):
        new_code = world.new_codes.get(card.code, "")
        if card.renumbered_to:
            if card.online_url.rstrip("/").endswith(card.code):
                yield _offence("old_link", card, "online_url", new_code=card.renumbered_to)
        elif new_code:
            yield _offence("hidden_new_code", card, "renumbered_to", new_code=new_code)
        elif card.code in world.withdrawn:
            yield _offence("withdrawn", card, "code")


def _cards(snapshot: Snapshot) -> Iterator[Procedure]:
    return (one for one in snapshot.procedures if one.has_card)


def _offence(rule: str, card: Procedure, field: str, **details: object) -> Offence:
    return Offence(
        rule=rule, subject=card.code, name=card.everyday_name, field=field, details=details
    )
