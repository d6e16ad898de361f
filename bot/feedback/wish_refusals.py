"""Why a wish about personal data is not fulfilled: each reason with where it stands in law."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from bot.feedback.grounded import Grounded
from bot.feedback.law import Basis, read_data
from bot.feedback.wishes import DataWish


@dataclass(frozen=True, slots=True, kw_only=True)
class WishReason(Grounded):
    """A reason for wishes of the kinds ``wishes``."""

    wishes: frozenset[DataWish]


@cache
def _reasons() -> tuple[WishReason, ...]:
    return tuple(
        WishReason(
            code=row["code"],
            label=row["label"],
            sentence=row["sentence"],
            wishes=frozenset(map(DataWish, row["wishes"])),
            basis=Basis.read(row),
        )
        for row in read_data("wish_refusals.vi.toml")["reason"]
    )


def wish_reasons(wish: DataWish) -> Mapping[str, WishReason]:
    """Give the reasons that may stand for a kind of wish, by code, in their order."""
    return {one.code: one for one in _reasons() if wish in one.wishes}
