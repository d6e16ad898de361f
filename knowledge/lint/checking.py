"""All rules over some records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from knowledge.errors import RowFault
from knowledge.lint import cards, companions, currency, links, names
from knowledge.lint.findings import Offence, Rule
from knowledge.lint.world import World
from knowledge.models import Snapshot

RULES: Final[tuple[Rule, ...]] = (
    cards.incomplete,
    cards.misshapen,
    cards.renumbered,
    companions.guides,
    companions.hotlines,
    companions.offices,
    names.clashing_aliases,
    names.repeated_aliases,
    names.repeated_codes,
    currency.laws,
    currency.over,
    currency.old,
    currency.districts,
    links.malformed,
)


def check_all(snapshot: Snapshot, world: World) -> Iterator[Offence]:
    """Hold every rule against ``snapshot``."""
    for rule in RULES:
        yield from rule(snapshot, world)


def unreadable(faults: Iterable[RowFault]) -> Iterator[Offence]:
    """Give the faults of a reader as offences of the files."""
    for fault in faults:
        yield Offence(
            rule="content_fault",
            subject=fault.file,
            field=fault.column,
            row=fault.row,
            details={"problem": fault.problem},
        )
