"""What stands beside the cards: guides, hotlines and offices."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.lint.findings import Offence
from knowledge.lint.world import World
from knowledge.models import Snapshot


def guides(snapshot: Snapshot, world: World) -> Iterator[Offence]:
    """Guides nobody can ask for, from nowhere, or leading to procedures nobody knows."""
    for guide in snapshot.guides:
        if not guide.aliases:
            yield Offence(
                rule="guide_without_aliases", subject=guide.id, name=guide.title, field="aliases"
            )
        if not guide.source.name.strip():
            yield Offence(
                rule="missing_source", subject=guide.id, name=guide.title, field="source.name"
            )
        for number, code in enumerate(guide.related):
            if code not in world.codes:
                yield Offence(
                    rule="unknown_related",
                    subject=guide.id,
                    name=guide.title,
                    field=f"related[{number}]",
                    details={"code": code},
                )


def hotlines(snapshot: Snapshot, world: World) -> Iterator[Offence]:
    """Telephone numbers nobody confirmed."""
    del world
    for hotline in snapshot.hotlines:
        if not hotline.source.name.strip():
            yield Offence(
                rule="hotline_without_source",
                subject=hotline.phone,
                name=hotline.name,
                field="source.name",
            )


def offices(snapshot: Snapshot, world: World) -> Iterator[Offence]:
    """Offices that are still the shipped sample, or do not say when they are open."""
    del world
    for office in snapshot.offices:
        if office.sample:
            yield Offence(
                rule="sample_office", subject=office.code, name=office.name, field="sample"
            )
        if not office.hours and not office.hours_note:
            yield Offence(
                rule="office_without_hours", subject=office.code, name=office.name, field="hours"
            )
