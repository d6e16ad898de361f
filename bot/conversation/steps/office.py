"""Opening hours, address and telephone of the office, and confirmed hotlines."""

from __future__ import annotations

from itertools import groupby
from typing import Final

from bot.conversation.card import vietnamese_date
from bot.conversation.desk import Desk, Turn, plain
from bot.conversation.outcomes import Outcome
from bot.conversation.turn import TurnResult
from knowledge.models import Hotline, Office
from knowledge.topics import TopicKind

SURE_PROCEDURE: Final = 0.85
A_ROW: Final = 3


def office(turn: Turn, desk: Desk) -> TurnResult | None:
    """Tell hours, address and numbers when they are asked for."""
    if not desk.intents.has("office", turn.said):
        return None
    found = turn.findings.candidates[0] if turn.findings and turn.findings.candidates else None
    if found and found.topic.kind is TopicKind.HOTLINE:
        return hotline(turn, desk, found.topic.ref)
    if found and found.score >= SURE_PROCEDURE:
        return None
    text = "\n".join(part for part in (_described(desk), desk.contact()) if part)
    return plain(Outcome.HOTLINE, text, turn)


def hotline(turn: Turn, desk: Desk, phone: str) -> TurnResult:
    """Tell one confirmed number with its source."""
    return plain(Outcome.HOTLINE, _hotline_text(desk, desk.knowledge.hotlines[phone]), turn)


def _hotline_text(desk: Desk, known: Hotline) -> str:
    return desk.say(
        "hotline",
        name=known.name,
        phone=known.phone,
        purpose=known.purpose,
        source=known.source.name,
        seen=vietnamese_date(known.source.seen),
    )


def _described(desk: Desk) -> str:
    if desk.office is None:
        return ""
    place = desk.office
    lines = [*_hours(desk, place), place.hours_note, place.address, place.phone, place.map_url]
    shown = "\n".join(line for line in lines if line)
    return desk.say("office", name=place.name, lines=shown)


def _hours(desk: Desk, place: Office) -> list[str]:
    lines = []
    for days, spans in groupby(place.hours, key=lambda span: span.weekdays):
        times = ", ".join(f"{span.opens}–{span.closes}" for span in spans)
        lines.append(desk.say("office_hours", days=_days(desk, days), times=times))
    return lines


def _days(desk: Desk, days: tuple[int, ...]) -> str:
    names = [desk.wording.card["weekdays"][str(day)] for day in days]
    return f"{names[0]} – {names[-1]}" if len(names) >= A_ROW else ", ".join(names)
