"""The lists of talks: who waits for a person, who is answered by whom, who asked lately."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.console.actor import Actor
from bot.console.formats import moment
from bot.console.talks.transcript import said
from bot.console.words import say
from bot.conversation.desk import Desk
from bot.conversation.outcomes import Outcome
from bot.conversation.steps.intent import may_be_read
from bot.officials.hours import next_opening
from bot.officials.permissions import Action
from bot.privacy import in_words, mask
from bot.storage.database import Database
from bot.storage.talk_rows import Listed, held_talks, lately, waiting

LATELY: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A talk as a list shows it, by what its citizen said last.

    ``about`` is what was asked before a person was asked for.
    """

    talk: int
    words: str
    urgent: bool
    channel: str
    outcome: str
    at: datetime
    name: str
    about: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lists:
    """Every list of the page; a talk stands in one of them."""

    waiting: Sequence[Row]
    mine: Sequence[Row]
    others: Sequence[Row]
    lately: Sequence[Row]


async def read(database: Database, desk: Desk, actor: Actor, now: datetime) -> Lists:
    """Read the talks of the officer's offices, in three statements."""
    offices, reader = actor.offices(Action.TALKS_SEE), actor.officer.id
    async with database.reading() as connection:
        waits = await waiting(connection, reader, offices)
        held = await held_talks(connection, reader, offices, now)
        asked = await lately(connection, reader, offices)
    above = {one.conversation for one in (*waits, *held)}
    asked = tuple(one for one in asked if one.conversation not in above)
    return Lists(
        waiting=_rows(waits, desk),
        mine=_rows((one for one in held if one.officer == reader), desk),
        others=_rows((one for one in held if one.officer != reader), desk),
        lately=_rows(asked[:LATELY], desk),
    )


def _rows(listed: Iterable[Listed], desk: Desk) -> tuple[Row, ...]:
    return tuple(
        Row(
            talk=one.talk,
            words=(one.last and said(one.last, desk)) or say("talk.media"),
            urgent=_outcome(one) == Outcome.EMERGENCY,
            channel=say(f"channels_names.{one.channel}"),
            outcome=say(f"outcomes.{_outcome(one)}") if _outcome(one) else "",
            at=one.at,
            name=one.name,
            about=_about(one, desk),
        )
        for one in listed
    )


def _outcome(one: Listed) -> str:
    return one.last.outcome if one.last else ""


def _about(one: Listed, desk: Desk) -> str:
    repeated = one.last is not None and one.last.text == one.about
    if not one.about or repeated or not may_be_read(one.about, desk, steered=False):
        return ""
    return in_words(mask(one.about).text)


def presence(desk: Desk, now: datetime) -> str:
    """Tell what citizens are told of when somebody is there, where that is not at once."""
    if desk.office is None or desk.office.sample:
        return say("talks.hours_unknown")
    opening = next_opening(desk.office.hours, desk.calendar.on, now)
    if opening is None:
        return say("talks.hours_unknown")
    return say("talks.closed_now", next=moment(opening.at)) if opening.at > now else ""
