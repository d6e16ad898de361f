"""The lists of talks: who waits for a person, who is answered by whom, who asked lately."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.console.actor import Actor
from bot.console.formats import moment
from bot.console.talks.transcript import pressed, shown
from bot.console.words import say
from bot.conversation.desk import Desk
from bot.conversation.outcomes import Outcome
from bot.officials.hours import next_opening
from bot.officials.permissions import Action
from bot.storage.database import Database
from bot.storage.talk_rows import Listed, held_talks, lately, waiting

LATELY: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A talk as a list shows it."""

    talk: int
    words: str
    urgent: bool
    channel: str
    outcome: str
    at: datetime
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lists:
    """Every list of the page."""

    waiting: Sequence[Row]
    mine: Sequence[Row]
    others: Sequence[Row]
    lately: Sequence[Row]


async def read(database: Database, desk: Desk, actor: Actor, now: datetime) -> Lists:
    """Read the talks of the officer's offices, in three statements."""
    offices = actor.offices(Action.TALKS_SEE)
    async with database.reading() as connection:
        waits = await waiting(connection, offices)
        held = await held_talks(connection, offices, now)
        asked = await lately(connection, offices)
    return Lists(
        waiting=_rows(waits, desk),
        mine=_rows((one for one in held if one.officer == actor.officer.id), desk),
        others=_rows((one for one in held if one.officer != actor.officer.id), desk),
        lately=_rows(asked[:LATELY], desk),
    )


def _rows(listed: Iterable[Listed], desk: Desk) -> tuple[Row, ...]:
    return tuple(
        Row(
            talk=one.talk,
            words=_words(one, desk),
            urgent=one.outcome == Outcome.EMERGENCY,
            channel=say(f"channels_names.{one.channel}"),
            outcome=say(f"outcomes.{one.outcome}") if one.outcome else "",
            at=one.at,
            name=one.name,
        )
        for one in listed
    )


def _words(one: Listed, desk: Desk) -> str:
    """Give what a talk is called by: its last question, a button, or that it has no words."""
    if not one.words:
        return say("talk.media")
    if one.outcome == Outcome.FOLLOW_UP:
        return say("talk.pressed_other")
    return pressed(one.words, desk) or shown(one.words, one.outcome)


def presence(desk: Desk, now: datetime) -> str:
    """Tell what citizens are told of when somebody is there, where that is not at once."""
    if desk.office is None or desk.office.sample:
        return say("talks.hours_unknown")
    opening = next_opening(desk.office.hours, desk.calendar.on, now)
    if opening is None:
        return say("talks.hours_unknown")
    return say("talks.closed_now", next=moment(opening.at)) if opening.at > now else ""
