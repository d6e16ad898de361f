"""What waits for an officer: only what they may see, and nothing of which there is nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import VIETNAM
from bot.console.actor import Actor
from bot.console.feedback.waiting import waiting_cases
from bot.console.formats import moment, number
from bot.console.words import say
from bot.officials.approving import Approver
from bot.officials.changes import ChangeKind
from bot.officials.permissions import Action
from bot.storage import pending_news_rows as news
from bot.storage import pending_rows as rows
from bot.storage.paging import Query
from bot.storage.pending_rows import Matter, Offices, Pending

KNOWLEDGE: Final = (ChangeKind.PROCEDURE, ChangeKind.GUIDE)
CONTACTS: Final = (ChangeKind.HOTLINE, ChangeKind.OFFICE)
PREPARERS: Final[Mapping[str, Action]] = {
    **dict.fromkeys(KNOWLEDGE, Action.KNOWLEDGE_PREPARE),
    **dict.fromkeys(CONTACTS, Action.CONTACTS_PREPARE),
}
# What was sent back longer ago nobody means to mend.
MENDED_WITHIN: Final = timedelta(days=30)
ENDING_WITHIN: Final = timedelta(days=7)
# Of what may not have come longer ago nobody will find out.
LOOKED_INTO_WITHIN: Final = timedelta(days=30)
ADDRESSES: Final[Mapping[Matter, str]] = {
    Matter.TALKS: "/console/talks",
    Matter.MINE: "/console/talks",
    Matter.CASES_LATE: "/console/cases?tab=overdue",
    Matter.CASES_UNTOLD: "/console/cases?tab=untold",
    Matter.CASES_TO_SIGN: "/console/cases?tab=to_sign",
    Matter.CASES_NEW: "/console/cases?tab=unassigned",
    Matter.CASES_MINE: "/console/cases?tab=mine",
    Matter.MISSED: "/console/runs?which=missed",
    Matter.STOPPED: "/console/runs?which=stopped",
    Matter.UNCERTAIN: "/console/runs?which=uncertain",
    Matter.QUESTIONS: "/console/questions",
    Matter.APPROVE: "/console/changes?status=for_me",
    Matter.RETURNED: "/console/changes?status=returned&mine=on",
    Matter.NEWS: "/console/news?status=submitted",
    Matter.NEWS_RETURNED: "/console/news?status=returned&mine=on",
    Matter.READINGS: "/console/loudspeaker?view=unticked",
    Matter.LATE: "/console/calendar#late",
    Matter.SOON: "/console/calendar#soon",
    Matter.PORTAL: "/console/sync",
    Matter.SEALED: "/console/sealed",
    Matter.DATA_WISHES: "/console/data-wishes",
    Matter.GUESSED: "/console/people?status=guessed",
    Matter.ENDING: "/console/changes?status=published",
}
COUNTED: Final[Mapping[Matter, str]] = {
    Matter.TALKS: "talks",
    Matter.CASES_TO_SIGN: "cases",
    Matter.CASES_NEW: "cases",
    Matter.CASES_MINE: "cases",
    Matter.QUESTIONS: "questions",
    Matter.DATA_WISHES: "data_wishes",
    Matter.APPROVE: "changes",
    Matter.RETURNED: "changes",
    Matter.MISSED: "news",
    Matter.NEWS: "news",
    Matter.NEWS_RETURNED: "news",
    Matter.READINGS: "loudspeaker",
    Matter.LATE: "calendar",
}
# People come before papers: the order of the boxes, and which of them press.
PRESSING: Final = frozenset(
    {
        Matter.TALKS,
        Matter.MINE,
        Matter.CASES_LATE,
        Matter.CASES_UNTOLD,
        Matter.MISSED,
        Matter.STOPPED,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """One kind of thing that waits, with where to go about it."""

    label: str
    count: int
    sentence: str
    address: str
    pressing: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Portal:
    """The office for which an officer decides about the portal's changes, and its own cards."""

    office: str
    codes: Collection[str]


async def boxes(
    connection: AsyncConnection, actor: Actor, by: Approver, now: datetime, portal: Portal | None
) -> Sequence[Box]:
    """Give what waits for ``actor``, people first."""
    wanted = [*_wanted(actor, by, now)]
    if portal:
        wanted.append(rows.portal_undecided(portal.office, portal.codes))
    found = {one.matter: one for one in await rows.pending(connection, wanted)}
    return [_box(found[matter]) for matter in ADDRESSES if matter in found]


async def counts(
    connection: AsyncConnection, actor: Actor, by: Approver, now: datetime
) -> Mapping[str, int]:
    """Give how much waits for ``actor`` behind each page, by its key in the navigation."""
    waiting = Counter[str]()
    for one in await rows.pending(connection, _wanted(actor, by, now)):
        if one.matter in COUNTED:
            waiting[COUNTED[one.matter]] += one.count
    return waiting


def _wanted(actor: Actor, by: Approver, now: datetime) -> Iterator[Query]:
    day = now.astimezone(VIETNAM).date()
    if actor.may_somewhere(Action.QUESTIONS_SEE):
        yield rows.open_questions(actor.offices(Action.QUESTIONS_SEE))
    if actor.may_somewhere(Action.TALKS_SEE):
        yield rows.people_waiting(actor.officer.id, actor.offices(Action.TALKS_SEE))
        yield rows.own_talks(actor.officer.id, now)
    yield from waiting_cases(actor, now)
    yield rows.sealed_undecided(actor.officer.id)
    if actor.may_somewhere(Action.DATA_WISHES):
        yield rows.wishes_waiting(actor.offices(Action.DATA_WISHES))
    if by.reach:
        yield rows.to_approve(by)
    if actor.may_somewhere(Action.PEOPLE_SEE):
        yield rows.guessed(actor.offices(Action.PEOPLE_SEE), now)
    if preparing := _reach(actor, PREPARERS):
        yield rows.returned_to(actor.officer.id, now - MENDED_WITHIN)
        yield rows.ending(preparing, day, day + ENDING_WITHIN)
    yield from _news(actor, now, day)


def _news(actor: Actor, now: datetime, day: date) -> Iterator[Query]:
    if actor.may_somewhere(Action.NEWS_RUN):
        running = actor.offices(Action.NEWS_RUN)
        yield news.runs_missed(running)
        yield news.runs_stopped(running)
        yield news.uncertain(running, now - LOOKED_INTO_WITHIN)
    if actor.may_somewhere(Action.NEWS_APPROVE):
        yield news.news_to_approve(actor.offices(Action.NEWS_APPROVE), actor.officer.id)
    if actor.may_somewhere(Action.NEWS_PREPARE):
        yield news.news_returned(actor.officer.id)
        yield news.readings_to_tick(actor.offices(Action.NEWS_PREPARE), now)
    if actor.may_somewhere(Action.PLANS_PREPARE):
        planning = actor.offices(Action.PLANS_PREPARE)
        yield news.slots_late(planning, day)
        yield news.slots_soon(planning, day)


def _reach(actor: Actor, needed: Mapping[str, Action]) -> dict[str, Offices]:
    return {
        kind: actor.offices(action)
        for kind, action in needed.items()
        if actor.may_somewhere(action)
    }


def _box(one: Pending) -> Box:
    gaps = {"count": number(one.count), "wishes": number(one.wishes), "since": moment(one.moment)}
    return Box(
        label=say(f"home.{one.matter}"),
        count=one.count,
        sentence=say(f"home.{one.matter}_says", **gaps),
        address=ADDRESSES[one.matter],
        pressing=one.matter in PRESSING,
    )
