"""Somebody wants a person to answer: the officials are told, and the citizen when one is there."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.clock import VIETNAM
from bot.conversation.desk import Desk, Turn, plain
from bot.conversation.errands import Errand
from bot.conversation.outcomes import Outcome
from bot.conversation.sides import vietnamese_date
from bot.conversation.steps.intent import names_a_procedure
from bot.conversation.turn import TurnResult
from bot.officials.hours import Opening, next_opening

# Whom the law sends elsewhere is told so, whoever they want to see.
ELSEWHERE: Final = ("denunciation", "complaint", "feedback", "praise")


def person(turn: Turn, desk: Desk) -> TurnResult | None:
    """Put the talk on the officials' waiting list and say when somebody may answer.

    Where no official ever looks, whom to turn to instead.
    """
    if not _wished(turn, desk) or names_a_procedure(turn.findings):
        return None
    if not desk.attended:
        return plain(Outcome.HOTLINE, desk.say("person_elsewhere"), turn)
    # Of some offices no number is known yet.
    ways = [desk.say("person_urgent")] if desk.contact() else []
    told = "\n".join([_told(turn, desk), *ways])
    return replace(plain(Outcome.PERSON, told, turn), errand=Errand.PERSON)


def _wished(turn: Turn, desk: Desk) -> bool:
    wished = any(desk.intents.has("person", heard) for heard in (turn.said, turn.meant))
    return wished and not desk.intents.first(ELSEWHERE, turn.said)


def _told(turn: Turn, desk: Desk) -> str:
    opening = _opening(turn, desk)
    if opening is None:
        return desk.say("person_unknown")
    if opening.at <= turn.now:
        return desk.say("person_open")
    key = "person_closed_expected" if opening.expected else "person_closed"
    return desk.say(key, next=_moment(opening, desk))


def _opening(turn: Turn, desk: Desk) -> Opening | None:
    """Give when the office that speaks is open; a sample's hours are nobody's."""
    if desk.office is None or desk.office.sample:
        return None
    return next_opening(desk.office.hours, desk.calendar.on, turn.now)


def _moment(opening: Opening, desk: Desk) -> str:
    local = opening.at.astimezone(VIETNAM)
    weekday = desk.wording.card["weekdays"][str(local.isoweekday())]
    return desk.say(
        "moment",
        time=f"{local:%H:%M}",
        weekday=weekday,
        day=vietnamese_date(local.date()),
    )
