"""The sealed inbox: its one reader opens items one by one and decides; each look is a deed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final

from aiohttp import web

from bot.casework.deeds import Acting
from bot.console.actor import Actor
from bot.console.choosing import office_names
from bot.console.doing import doing
from bot.console.feedback.sealed import Inboxes, sealed_inbox
from bot.console.fields import Code, Number, OneOf
from bot.console.forms import read_query
from bot.console.found import found
from bot.console.keys import CONSOLE
from bot.console.redirects import go
from bot.console.render import page
from bot.console.routing import Gate, NotThere, Room
from bot.feedback.sealed import Decision, ItemId, SealedItem
from bot.handling.offering import NobodyToAsk
from bot.handling.sealed_inbox import decidable, remember_stranger
from bot.storage.sealed_rows import find_item
from bot.vault import Unopenable

room: Final = Room("sealed")
SHOWN: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedItems:
    """Whose items are listed, and before which number the list goes on."""

    office: Annotated[str, Code()] = ""
    before: Annotated[int | None, Number(1)] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemForm:
    """Which item is opened."""

    item: Annotated[int, Number(1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionForm:
    """What is to become of an item."""

    item: Annotated[int, Number(1)]
    decision: Annotated[Decision, OneOf(Decision)]


@room.page("/sealed", Gate.READER, queries=10, sure=True)
async def inbox(request: web.Request, actor: Actor) -> web.StreamResponse:
    """Show which items there are, without a word of them; that it was looked at stays."""
    asked, offices = read_query(request.query, AskedItems), found(request, Inboxes).offices
    office = asked.office or offices[0]
    async with doing(request, actor) as acting:
        items = await sealed_inbox(request).listed(
            acting, office, actor.officer.id, before=asked.before, limit=SHOWN + 1
        )
    if items is None:
        raise NotThere
    return page(
        request,
        "sealed/list.html",
        items=items[:SHOWN],
        before=items[SHOWN - 1].id if len(items) > SHOWN else 0,
        office_here=office,
        offices=offices,
        names=office_names(request),
        lacking=request.app[CONSOLE].vaults.sealed is None,
    )


@room.act("/sealed/open", Gate.READER, form=ItemForm, sure=True)
async def opened(request: web.Request, actor: Actor, form: ItemForm) -> web.StreamResponse:
    """Show the words of one item, this once."""
    if request.app[CONSOLE].vaults.sealed is None:
        return go(request, "sealed.inbox", failed="sealed_no_keys")
    words = None
    try:
        async with doing(request, actor) as acting:
            item = await _held(acting, actor, form.item)
            if item is not None:
                words = await sealed_inbox(request).opened(acting, item, actor.officer.id)
    except Unopenable:
        return go(request, "sealed.inbox", failed="sealed_unopenable")
    if item is None or words is None:
        raise NotThere
    return page(
        request,
        "sealed/item.html",
        item=item,
        words=words,
        decisions=decidable(item),
        office_name=office_names(request).get(item.office, item.office),
    )


@room.act("/sealed/decide", Gate.READER, form=DecisionForm, sure=True)
async def decide(request: web.Request, actor: Actor, form: DecisionForm) -> web.StreamResponse:
    """Do with an item what its reader decided."""
    vaults = request.app[CONSOLE].vaults
    if form.decision is Decision.OFFERED and (vaults.sealed is None or vaults.data is None):
        return go(request, "sealed.inbox", failed="sealed_no_keys")
    done = False
    try:
        async with doing(request, actor) as acting:
            item = await _held(acting, actor, form.item)
            if item is not None:
                inbox = sealed_inbox(request)
                done = await inbox.decide(acting, item, form.decision, actor.officer.id)
    except NobodyToAsk:
        return go(request, "sealed.inbox", failed="sealed_nobody")
    except Unopenable:
        return go(request, "sealed.inbox", failed="sealed_unopenable")
    if not done:
        raise NotThere
    return go(request, "sealed.inbox", done=f"sealed_{form.decision}")


async def _held(acting: Acting, actor: Actor, number: int) -> SealedItem | None:
    """Give an item, held; who asks for a number nobody has is remembered."""
    item = await find_item(acting.connection, ItemId(number), hold=True)
    if item is None:
        remember_stranger(acting, actor.officer.office, str(number))
    return item
