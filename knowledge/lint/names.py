"""Names that stand for two things: aliases as the search compares them, and codes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from knowledge.lint.findings import Offence
from knowledge.lint.world import KEYS, World, asked_by, reference, said, title, topics
from knowledge.models import Guide, Hotline, Procedure, Snapshot


def clashing_aliases(snapshot: Snapshot, world: World) -> Iterator[Offence]:
    """Ways of asking that lead to two topics, so that the search cannot be sure of either."""
    for topic in topics(snapshot):
        for field, phrase in asked_by(topic):
            others = {**world.called.get(said(phrase), {})}
            others.pop(reference(topic), None)
            if others:
                who = ", ".join(f"{ref} ({name})" for ref, name in others.items())
                yield Offence(
                    rule="clashing_alias",
                    subject=reference(topic),
                    name=title(topic),
                    field=field,
                    details={"alias": phrase, "others": who},
                )


def repeated_aliases(snapshot: Snapshot, world: World) -> Iterator[Offence]:
    """Ways of asking written twice on one record, which makes neither easier to find."""
    del world
    for topic in topics(snapshot):
        yield from _repeated(topic)


def _repeated(topic: Procedure | Guide | Hotline) -> Iterator[Offence]:
    earlier: set[tuple[str, ...]] = set()
    for number, alias in enumerate(topic.aliases):
        if said(alias) in earlier:
            yield Offence(
                rule="repeated_alias",
                subject=reference(topic),
                name=title(topic),
                field=f"aliases[{number}]",
                details={"alias": alias},
            )
        earlier.add(said(alias))


def repeated_codes(snapshot: Snapshot, world: World) -> Iterator[Offence]:
    """Codes, ids and numbers that two records of a kind carry."""
    del world
    for kind, key in KEYS.items():
        counted = Counter(str(getattr(one, key)) for one in getattr(snapshot, kind))
        for code, count in counted.items():
            if count > 1:
                yield Offence(
                    rule="repeated_code",
                    subject=code,
                    field=key,
                    details={"code": code, "count": count},
                )
