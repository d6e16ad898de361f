"""Wishes about personal data in the console: what an address names, and what officers do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Final

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.channels.kept import KEPT
from bot.console.actor import Actor
from bot.console.feedback.handling import bureau_of
from bot.console.fields import Code, Words
from bot.console.keys import CONSOLE
from bot.console.resolvers import number_in
from bot.console.routing import Found, NotThere
from bot.handling.own.copies import Copies
from bot.handling.own.settling import Settling
from bot.handling.sealing import Seals
from bot.officials.permissions import Action
from bot.storage.conflict_rows import cases_of
from bot.storage.data_wish_rows import StoredWish, find_wish
from bot.storage.own_erasing_rows import OwnCase, own_cases

LONGEST: Final = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class DetailsForm:
    """What is said to the citizen beside what is done."""

    details: Annotated[str, Words(0, LONGEST)] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclineForm(DetailsForm):
    """By which reason a wish is not fulfilled, and what is said beside it."""

    code: Annotated[str, Code()]


async def wish_in_path(request: web.Request) -> Found:
    """Find the wish of ``{wish}``."""
    number = number_in(request.match_info["wish"])
    async with request.app[CONSOLE].database.reading() as connection:
        wish = await find_wish(connection, number)
    if wish is None:
        raise NotThere
    return Found(office=wish.office, thing=wish, name=str(wish.id))


def settling_of(request: web.Request) -> Settling:
    """Give what officers do about wishes, in the words and by the hours of the offices now."""
    house, bureau = request.app[CONSOLE], bureau_of(request)
    return Settling(
        desks=house.conversation, seals=bureau.seals, clockwork=bureau.clockwork, kept=KEPT
    )


def copies_of(request: web.Request) -> Copies:
    """Give what makes copies of personal data."""
    house = request.app[CONSOLE]
    return Copies(
        database=house.database,
        seals=Seals(house.vaults.data),
        desks=house.conversation,
        clock=house.clock,
    )


def is_late(wish: StoredWish, now: datetime) -> bool:
    """Tell whether the law's day of a wish that waits is over."""
    return wish.waits and wish.due_at < now


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """The cases of whose wish it is, as an officer may know of them.

    ``shown`` are open ones the officer may see, ``waits`` tells whether there is any at all, and
    ``open_to`` whether the officer may see who sent every one of them: a copy tells of all.
    """

    shown: tuple[OwnCase, ...] = ()
    waits: bool = False
    open_to: bool = False


async def filed_by(connection: AsyncConnection, actor: Actor, wish: StoredWish) -> Filed:
    """Look at the cases of whose wish it is; one that complains of the officer is not shown."""
    if wish.person is None:
        return Filed()
    filed = await own_cases(connection, wish.person.conversation)
    against = await cases_of(connection, actor.officer.id)
    may_open = (
        one.id not in against and actor.may(Action.CASES_PERSONAL, one.office) for one in filed
    )
    return Filed(
        shown=tuple(
            one
            for one in filed
            if one.is_open and one.id not in against and actor.may(Action.CASES_SEE, one.office)
        ),
        waits=any(one.is_open for one in filed),
        open_to=actor.may(Action.CASES_PERSONAL, wish.office) and all(may_open),
    )
