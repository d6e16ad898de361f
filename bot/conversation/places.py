"""The offices near the one that speaks, by every name a citizen may call them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Self

from knowledge.layers import lineage
from knowledge.models import Office, Place
from knowledge.text import fold

POLICE: Final = "cong an"
COMMUNE_WORDS: Final = re.compile(r"\b(?:phuong|thi tran|dac khu)\b")


@dataclass(frozen=True, slots=True)
class Places:
    """Each office with a name as compared; made once, since every message is looked through."""

    names: tuple[tuple[str, Office], ...]
    units: Mapping[Place, Office] = field(default_factory=dict)
    desks: tuple[tuple[str, Place], ...] = ()

    @classmethod
    def near(
        cls, offices: Collection[Office], home: str, desks: Mapping[str, str] | None = None
    ) -> Self:
        """Take the office whose code is ``home``, all below it, those above and their units.

        ``desks`` gives what people call each kind of desk, the names between commas.
        """
        called = desks or {}
        below = frozenset(_below(offices, home))
        above = {code for code in lineage(offices, home) if code}
        return cls(
            tuple(
                (alike(fold(name)), place)
                for place in offices
                if place.code in below or place.code in above or place.parent in above
                for name in (place.name, *place.aliases)
            ),
            _units(offices, home),
            tuple(
                (alike(fold(name)), Place(kind))
                for kind, names in called.items()
                for name in names.split(", ")
            ),
        )

    def called(self, words: Sequence[str]) -> tuple[Place | None, str]:
        """Give the kind of desk that was called by its longest name, and that name as compared."""
        said = f" {alike(' '.join(words))} "
        found = [(name, kind) for name, kind in self.desks if f" {name} " in said]
        name, kind = max(found, key=lambda pair: len(pair[0]), default=("", None))
        return kind, name

    def named(self, words: Sequence[str]) -> tuple[Office | None, str]:
        """Give the office that was named by its longest name, and that name as compared."""
        said = f" {alike(' '.join(words))} "
        found = [(name, place) for name, place in self.names if f" {name} " in said]
        name, place = max(found, key=lambda pair: len(pair[0]), default=("", None))
        return place, name

    def police(self, home: Office) -> Office | None:
        """Give the police of ``home`` itself, else those beside it."""
        police = [place for _, place in self.names if fold(place.name).startswith(POLICE)]
        return next(
            (one for code in (home.code, home.parent) for one in police if code == one.parent),
            None,
        )


def _units(offices: Collection[Office], home: str) -> dict[Place, Office]:
    """Give the one office of each kind nearest to ``home``: itself, its units, those above."""
    units: dict[Place, list[Office]] = {}
    for code in filter(None, reversed(lineage(offices, home))):
        near = [one for one in offices if code in (one.code, one.parent)]
        for kind in {kind for one in near for kind in one.serves}:
            units.setdefault(kind, [one for one in near if kind in one.serves])
    # Of several alike nobody knows which is the citizen's.
    return {kind: serving[0] for kind, serving in units.items() if len(serving) == 1}


def _below(offices: Collection[Office], home: str) -> Iterator[str]:
    units: defaultdict[str, list[str]] = defaultdict(list)
    for office in offices:
        units[office.parent or ""].append(office.code)
    waiting = [home]
    while waiting:
        code = waiting.pop()
        yield code
        # Who is looked at once has no units left, so that a circle of parents ends.
        waiting.extend(units.pop(code, ()))


def alike(text: str) -> str:
    """Write folded words so that phường and thị trấn mean the commune all the same."""
    return COMMUNE_WORDS.sub("xa", text).replace("uy ban nhan dan", "uy ban")
