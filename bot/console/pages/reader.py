"""One reader of news: what is known of them, their whole address, and being forgotten."""

from __future__ import annotations

from typing import Final

from aiohttp import web

from bot.console.actor import Actor
from bot.console.bare import WhyForm, WishForm
from bot.console.choosing import office_names
from bot.console.doing import doing
from bot.console.forms import BLANK, Typed
from bot.console.found import found
from bot.console.keys import CONSOLE
from bot.console.readers.masking import masked
from bot.console.readers.naming import called
from bot.console.redirects import go
from bot.console.render import page
from bot.console.resolvers import number_in
from bot.console.routing import Found, NotThere, Room
from bot.messages import ChannelName
from bot.newsroom.readers import forget_reader, saw_address
from bot.officials.permissions import Action
from bot.storage.reader_rows import Reader, find_reader, topics_of

room: Final = Room("reader")


async def reader_in_path(request: web.Request) -> Found:
    """Find the reader of ``{reader}``; the address names a row, never the reader's own address."""
    async with request.app[CONSOLE].database.reading() as connection:
        reader = await find_reader(connection, number_in(request.match_info["reader"]))
    if reader is None:
        raise NotThere
    return Found(office=reader.office, thing=reader, name=masked(reader.address))


@room.page("/readers/{reader}", Action.SUBSCRIBERS_SEE, of=reader_in_path, queries=3)
async def reader(request: web.Request, actor: Actor, typed: Typed = BLANK) -> web.StreamResponse:
    """Show one reader."""
    return await _shown(request, actor, typed)


@room.act("/readers/{reader}/address", Action.SUBSCRIBERS_MANAGE, of=reader_in_path, form=WishForm)
async def reveal(request: web.Request, actor: Actor, _: WishForm) -> web.StreamResponse:
    """Show the reader's whole address, this once; that it was looked at is remembered."""
    known = found(request, Reader)
    if known.channel == ChannelName.WEB:
        return go(request, "reader.reader", failed="reader_hidden", reader=str(known.id))
    async with doing(request, actor) as acting:
        saw_address(acting, known)
    return await _shown(request, actor, address=known.address)


@room.act(
    "/readers/{reader}/forget",
    Action.SUBSCRIBERS_MANAGE,
    of=reader_in_path,
    form=WhyForm,
    again=reader,
    sure=True,
)
async def forget(request: web.Request, actor: Actor, form: WhyForm) -> web.StreamResponse:
    """Forget the reader at their wish."""
    async with doing(request, actor) as acting:
        await forget_reader(acting, found(request, Reader), note=form.reason)
    return go(request, "readers.all_of_them", done="reader_forgotten")


async def _shown(
    request: web.Request, actor: Actor, typed: Typed = BLANK, *, address: str = ""
) -> web.StreamResponse:
    known = found(request, Reader)
    async with request.app[CONSOLE].database.reading() as connection:
        chosen = await topics_of(connection, [known.id])
    return page(
        request,
        "readers/reader.html",
        typed=typed,
        known=known,
        address=address or masked(known.address),
        whole=bool(address),
        topics=called(chosen.get(known.id, ())),
        named=office_names(request).get(known.office, known.office),
        may=actor.may(Action.SUBSCRIBERS_MANAGE, known.office),
    )
