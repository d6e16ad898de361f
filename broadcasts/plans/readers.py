"""For whom something is meant, by the words that say so."""

from __future__ import annotations

import re
from functools import cache

from broadcasts.plans.models import PlanReaders
from broadcasts.plans.words import alternatives, names


def readers_of(text: str) -> PlanReaders | None:
    """Tell who is named in a text about those it is for; None where nobody is."""
    official, citizen = names(text, "readers", "official"), names(text, "readers", "citizen")
    if official and citizen:
        return PlanReaders.BOTH
    if official:
        return PlanReaders.OFFICIAL
    return PlanReaders.CITIZEN if citizen else None


def readers_in(text: str) -> PlanReaders | None:
    """Tell for whom an activity is, where its words say “cho”, “tới”, “đối với” somebody."""
    return readers_of(" ".join(found[0] for found in _towards().finditer(text)))


@cache
def _towards() -> re.Pattern[str]:
    people = "|".join(
        alternatives("readers", name) for name in (PlanReaders.OFFICIAL, PlanReaders.CITIZEN)
    )
    towards = alternatives("readers", "towards")
    group = rf"(?:(?:các |đội ngũ |toàn thể |{people}|tổ chức|cá nhân)(?:[\s,]|và )*)+"
    return re.compile(rf"\b(?:{towards}) {group}", re.IGNORECASE)
