"""Questions left open: the list of groups, and one group as a place to work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final

from aiohttp import web

from bot.casework.telling import Teller, who
from bot.channels.kept import KEPT
from bot.console.actor import Actor
from bot.console.doing import doing
from bot.console.exports import give_sheet
from bot.console.formats import number
from bot.console.forms import BLANK, Typed, read_query
from bot.console.found import found
from bot.console.keys import CONSOLE
from bot.console.lists import listing
from bot.console.people.tree import choices
from bot.console.questions.finding import Hit, answered_by, hits
from bot.console.questions.listing import (
    AskedQuestions,
    Listed,
    kinds,
    near_name,
    read_list,
    read_sheet,
    sorts,
    states,
)
from bot.console.questions.naming import channel_names
from bot.console.questions.reading import Screen, group_in_path, read_screen
from bot.console.redirects import address, see_other
from bot.console.render import page
from bot.console.routing import Room
from bot.console.words import say
from bot.conversation.desk import Desk
from bot.messages import ChannelName
from bot.officials.answers import quoted
from bot.officials.audit import Deed
from bot.officials.models import EVERYWHERE
from bot.officials.permissions import Action
from bot.officials.questions import BESIDE, Group, GroupStatus

room: Final = Room("questions")
NEAREST: Final = 3
TABS: Final[Mapping[str, Action]] = {
    "answer": Action.QUESTIONS_ANSWER,
    "alias": Action.KNOWLEDGE_PREPARE,
    "guide": Action.KNOWLEDGE_PREPARE,
    "out": Action.QUESTIONS_SORT,
}


@room.page("/questions", Action.QUESTIONS_SEE, queries=3, menu="questions")
async def overview(request: web.Request, actor: Actor) -> web.StreamResponse:
    """Show the groups of questions of the officer's offices."""
    house = request.app[CONSOLE]
    desk, asked = house.conversation.desk, read_query(request.query, AskedQuestions)
    read = await read_list(house.database, actor, asked, desk, house.clock.now())
    return page(
        request,
        "questions/list.html",
        asked=asked,
        shown=listing(request, asked, read.rows),
        parts=_parts(request, asked, read),
        kinds=kinds(),
        beside=BESIDE,
        states=states(),
        sorts=sorts(),
        channels=[(str(one), channel_names([one])) for one in ChannelName],
        offices=_offices(actor, desk),
    )


def _parts(
    request: web.Request, asked: AskedQuestions, read: Listed
) -> tuple[list[tuple[str, str]], str]:
    """Give the parts of the list with how much is open in each, and the address of the open one.

    Each keeps the office that was asked for.
    """
    here = {"office": asked.office} if asked.office else {}
    links = {
        str(kind or ""): (
            address(request, "questions.overview", here | ({"kind": str(kind)} if kind else {})),
            say(f"question_parts.{kind or 'real'}", count=number(count)),
        )
        for kind, count in read.open.items()
    }
    return list(links.values()), links[asked.kind][0] if asked.kind in links else ""


def _offices(actor: Actor, desk: Desk) -> list[tuple[str, str]]:
    return choices(desk.knowledge.snapshot.offices, actor.offices(Action.QUESTIONS_SEE))


@room.page("/files/questions.xlsx", Action.QUESTIONS_SEE, queries=8, heavy=True)
async def file(request: web.Request, actor: Actor) -> web.StreamResponse:
    """Give the list as a spreadsheet, masked as on the screen."""
    house = request.app[CONSOLE]
    asked = read_query(request.query, AskedQuestions)
    desk, now = house.conversation.desk, house.clock.now()
    sheet, count = await read_sheet(house.database, actor, asked, desk, now)
    async with doing(request, actor) as acting:
        told = {name: value for name, value in asked.query().items() if name != "text"}
        deed = Deed(
            action="exported",
            office=asked.office or EVERYWHERE,
            kind="list",
            subject="questions",
            after={**told, "rows": count},
        )
        acting.did(deed)
    return await give_sheet(request, sheet, "cau-chua-tra-loi")


@room.page("/questions/{group}", Action.QUESTIONS_SEE, of=group_in_path, queries=7)
async def group(request: web.Request, actor: Actor) -> web.StreamResponse:
    """Show one group and what can be done about it; a joined one leads where it went."""
    known = found(request, Group)
    if known.status is GroupStatus.MERGED and known.merged_into is not None:
        return see_other(address(request, "questions.group", group=str(known.merged_into)))
    return await screen(request, actor, BLANK, request.query.get("do", ""))


async def screen(request: web.Request, actor: Actor, typed: Typed, tab: str) -> web.StreamResponse:
    """Show a group with one of its tabs open, and what was typed there."""
    house, known = request.app[CONSOLE], found(request, Group)
    desk = house.conversation.speaking_as(known.office)
    read = await read_screen(house.database, actor, known, desk, house.clock.now())
    open_to = [one for one, action in TABS.items() if actor.may(action, known.office)]
    find = request.query.get("find", "")[:200] or str(typed.get("find", ""))
    return page(
        request,
        "questions/group.html",
        typed=typed,
        screen=read,
        tabs=open_to,
        tab=tab if tab in open_to else next(iter(open_to), ""),
        may_sort=actor.may(Action.QUESTIONS_SORT, known.office),
        sees_changes=actor.may(Action.KNOWLEDGE_SEE, known.office),
        publishes=publishes(actor, known, desk),
        find=find,
        hits=_hits(desk, known, find, tab) if "alias" in open_to else (),
        head=_head(read, desk, actor),
        near=partial(near_name, desk=desk),
        now_answers=_now_answers(read, desk),
    )


def _hits(desk: Desk, known: Group, find: str, tab: str) -> Sequence[Hit]:
    """Give what was looked for, else what is near: all that is likely, beside other tabs a few."""
    if known.status is not GroupStatus.OPEN:
        return ()
    near = hits(desk, find) if find else hits(desk, known.sample, known.near)
    return near if tab == "alias" else near[:NEAREST]


def _head(read: Screen, desk: Desk, actor: Actor) -> str:
    """Give what stands above the answer in the citizen's chat."""
    named = who(actor.officer.name, actor.officer.title, desk)
    return desk.say("follow_up", question=quoted(read.group.sample), who=named)


def _now_answers(read: Screen, desk: Desk) -> str | None:
    """Name what the next who asks is told; ``None`` where nothing was taught."""
    taught = any(one.words.ref for one in read.answers)
    return answered_by(read.group.sample, desk) if taught else None


def publishes(actor: Actor, known: Group, desk: Desk) -> bool:
    """Tell whether what the officer writes is in force at once."""
    alone = actor.may(Action.KNOWLEDGE_PUBLISH, known.office)
    return alone and not desk.standing.rules.four_eyes


def teller(request: web.Request) -> Teller:
    """Give who tells answers to citizens."""
    return Teller(request.app[CONSOLE].conversation, kept=KEPT)
