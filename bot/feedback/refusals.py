"""Why a case is not handled, in words that go to the citizen, each with where it stands in law."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from bot.feedback.grounded import Grounded
from bot.feedback.kinds import Kind
from bot.feedback.law import Basis, read_data
from bot.feedback.models import Result


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason(Grounded):
    """A reason: ``regimes`` are the sub-kinds it is for, none meaning all.

    With a ``way`` that lawful way is told with it.
    """

    regimes: frozenset[str]
    way: Kind | None


@cache
def reasons() -> Mapping[str, Reason]:
    """Give every reason by its code."""
    return {
        row["code"]: Reason(
            code=row["code"],
            label=row["label"],
            sentence=row["sentence"],
            regimes=frozenset(row.get("regimes", ())),
            way=Kind(row["way"]) if "way" in row else None,
            basis=Basis.read(row),
        )
        for row in read_data("refusals.vi.toml")["reason"]
    }


def reasons_for(regime: str) -> tuple[Reason, ...]:
    """Give the reasons that may stand for a case of ``regime``."""
    return tuple(one for one in reasons().values() if not one.regimes or regime in one.regimes)


def result_words(result: Result) -> str:
    """Give what a result is called; nothing of a case that has none yet."""
    told: str = read_results().get(result, "")
    return told


@cache
def read_results() -> Mapping[str, str]:
    """Give what the results are called, read once."""
    results: dict[str, str] = read_data("refusals.vi.toml")["results"]
    return results
