"""An office as citizens look for it: hours, address, telephone, map."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Final

from bot.conversation.wording import Wording
from knowledge.models import Office

A_ROW: Final = 3


def described(wording: Wording, office: Office, days: Sequence[str] = ()) -> str:
    """Tell all that is known of an office, a line each; what was asked of its ``days`` first."""
    hours = opening_hours(wording, office)
    lines = [*days, *hours, office.hours_note, office.address, office.phone, office.map_url]
    shown = "\n".join(line for line in lines if line)
    return wording.say("office", name=office.name, lines=shown)


def opening_hours(wording: Wording, office: Office) -> list[str]:
    """Tell when an office is open, a line for each span of days."""
    lines = []
    for days, spans in groupby(office.hours, key=lambda span: span.weekdays):
        times = ", ".join(f"{span.opens}–{span.closes}" for span in spans)
        lines.append(wording.say("office_hours", days=_days(wording, days), times=times))
    return lines


def _days(wording: Wording, days: tuple[int, ...]) -> str:
    names = [wording.card["weekdays"][str(day)] for day in days]
    return f"{names[0]} – {names[-1]}" if len(names) >= A_ROW else ", ".join(names)
