"""Which sub-kind by law a matter is taken for, with the reason shown; a guess, never a verdict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from bot.feedback.kinds import Kind
from bot.feedback.law import Basis, read_data


class Unnamed(StrEnum):
    """What becomes of a matter told without a name.

    Nghị định 20/2008, art. 7 and 9: without name, address and telephone a matter about rules is
    not handled by the decree; it is still read, as a tip.
    """

    FREE = "free"
    TIP = "tip"
    NEEDED = "needed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Regime:
    """A sub-kind: what it means, why a message is taken for it, and who answers it.

    ``means`` and ``reason`` are said to citizens, ``answers`` is for officers. What is not
    ``handled`` never becomes a case. Without ``topics`` it is for all others of its kind.
    """

    id: str
    kind: Kind
    label: str
    means: str
    reason: str
    unnamed: Unnamed
    answers: str
    handled: bool
    topics: frozenset[str]
    basis: Basis


@cache
def regimes() -> Mapping[str, Regime]:
    """Give the sub-kinds by their ids, in the order they are offered."""
    return {
        row["id"]: Regime(
            id=row["id"],
            kind=Kind(row["kind"]),
            label=row["label"],
            means=row["means"],
            reason=row["reason"],
            unnamed=Unnamed(row["unnamed"]),
            answers=row["answers"],
            handled=row["handled"],
            topics=frozenset(row.get("topics", ())),
            basis=Basis.read(row),
        )
        for row in read_data("kinds.vi.toml")["row"]
    }


def regime_of(kind: Kind, topic: str = "") -> Regime:
    """Give the sub-kind a matter of ``kind`` about ``topic`` is taken for."""
    of_kind = [one for one in regimes().values() if one.kind is kind]
    return next(
        (one for one in of_kind if topic in one.topics),
        next(one for one in of_kind if not one.topics),
    )
