"""The lawful way of a complaint and of a denunciation, as pages told instead of taking one in.

What may be said, and how sure it is, stands in ``data/ways.vi.toml``: a rule is told on the days
it is in force, with its article where its text was confirmed, else with the word that a person
will. Nothing here ever says that something was taken in (Luật Khiếu nại 2011, art. 8; Luật Tố cáo
2018, art. 22: a message is neither).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import groupby
from operator import attrgetter
from typing import Final

from bot.feedback.kinds import Kind
from bot.feedback.law import Basis, law_names
from bot.feedback.way_gaps import OfficeFacts, gaps, line, way_words, with_doubt

OVERVIEW: Final = "overview"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One thing that is told; without a ``basis`` it speaks of this program or a plain fact."""

    way: Kind
    page: str
    key: str
    sentence: str
    limits: Mapping[str, int]
    basis: Basis | None

    @property
    def example(self) -> str:
        """Give the sentence as officers read it, its numbers filled in."""
        return _sentence(self, {})

    def told(self, day: date) -> bool:
        """Tell whether it holds on a day."""
        return self.basis is None or self.basis.in_force(day)


@dataclass(frozen=True, slots=True, kw_only=True)
class WayPage:
    """A page of a way; the first is the overview, the others are chosen from it."""

    key: str
    title: str
    text: str


def way(kind: Kind, day: date, office: OfficeFacts) -> tuple[WayPage, ...]:
    """Give the pages of the lawful way of a complaint or a denunciation, the overview first.

    Raises:
        ValueError: there is no such way: other kinds are cases of the office.
    """
    if kind not in {one.way for one in statements()}:
        raise ValueError(kind)
    told = [one for one in statements() if one.way is kind and one.told(day)]
    filled = gaps(kind, day, office)
    return tuple(
        WayPage(key=page, title=way_words()["pages"][page], text=_written(list(rows), filled))
        for page, rows in groupby(told, attrgetter("page"))
    )


@cache
def statements() -> tuple[Statement, ...]:
    """Give everything that is told of the ways, in its order."""
    return tuple(
        Statement(
            way=Kind(row["way"]),
            page=row["page"],
            key=row["key"],
            sentence=row["sentence"],
            limits=row.get("limits", {}),
            basis=Basis.read(row) if "mark" in row else None,
        )
        for row in way_words()["statement"]
    )


def unsettled() -> tuple[Statement, ...]:
    """Give what somebody has to look up again: of doubtful or single source, or moved since."""
    return tuple(
        one for one in statements() if one.basis and (one.basis.recheck or not one.basis.sure)
    )


def _written(rows: Sequence[Statement], filled: Mapping[str, str]) -> str:
    lines = [with_doubt(_sentence(one, filled), one.basis) for one in rows]
    return "\n".join((*lines, *_grounds([one.basis for one in rows if one.basis])))


def _sentence(one: Statement, filled: Mapping[str, str]) -> str:
    limits = {name: str(limit) for name, limit in one.limits.items()}
    return one.sentence.format(**filled, **limits)


def _grounds(bases: Sequence[Basis]) -> Iterator[str]:
    """Tell where rules stand, the articles of one law together, and what may have moved."""
    articles: dict[str, dict[str, None]] = {}
    for basis in filter(attrgetter("cited"), bases):
        articles.setdefault(basis.law, {})[basis.article] = None
    laws = [f"{', '.join(each)} {law_names()[law]}" for law, each in articles.items()]
    if laws:
        yield line("basis", laws="; ".join(laws))
    if any(basis.recheck for basis in bases):
        yield line("recheck")
