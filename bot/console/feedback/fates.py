"""What becomes of an export's rows, in words; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.console.words import say
from bot.feedback.hotline.fates import Imported, RowFate
from bot.feedback.hotline.judging import Fate


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldFate:
    """A row's number, what becomes of it, and why or what to mend."""

    row: int
    fate: Fate
    label: str
    told: str


def told_fates(done: Imported, fate: Fate | None) -> Sequence[RowFate]:
    """Give the rows of one fate, or all of them."""
    return done.fates if fate is None else [one for one in done.fates if one.fate is fate]


def in_words(one: RowFate) -> ToldFate:
    """Tell what becomes of a row."""
    return ToldFate(
        row=one.row, fate=one.fate, label=say(f"case_fates.{one.fate}"), told=_why(one)
    )


def _why(one: RowFate) -> str:
    if one.faults:
        return "; ".join(f"{fault.column}: {fault.why}" for fault in one.faults)
    if one.dues:
        theirs, ours = one.dues
        return say("case_fates.other_due", theirs=theirs, ours=ours or say("case_fates.no_due"))
    if one.fate is Fate.NEW:
        return ""
    gaps = {"first": one.first} if one.first else {}
    return say(f"case_fates.why_{one.fate}", **gaps)
