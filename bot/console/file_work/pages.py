"""The pages of one use: a file is handed in, looked at, taken over or dropped."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final, Generic, TypeVar

from aiohttp import web

from bot.console.actor import Actor
from bot.console.bare import WhyForm, WishForm
from bot.console.choosing import chosen_office, offices_to_choose
from bot.console.doing import doing
from bot.console.fields import Sent, Upload
from bot.console.file_work.around import around_of
from bot.console.file_work.at_work import Work
from bot.console.file_work.kept import Kept, handed_in_before
from bot.console.file_work.taking import looked_into, take, taking_over
from bot.console.file_work.use import Use
from bot.console.forms import BLANK, Faulty, Typed, read_query
from bot.console.found import found
from bot.console.keys import CONSOLE
from bot.console.knowledge.importing import Busy, Handed
from bot.console.limits import UPLOAD
from bot.console.lists import Asked
from bot.console.redirects import go
from bot.console.render import page
from bot.console.resolvers import out_of_path
from bot.console.routing import Room
from bot.console.words import say
from bot.storage.import_rows import OPEN, ImportStatus, add_import, settle

Taken = TypeVar("Taken")
AGAIN_SECONDS: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class FileForm:
    """A file to be tried."""

    file: Annotated[Sent, Upload()]


def room_of(use: Use[Taken]) -> Room:
    """Give the pages of a use."""
    room, pages, one = Room(use.room), FilePages(use), f"{use.at}/{{id}}"
    room.page(use.at, use.action, queries=2, menu=use.menu)(pages.overview)
    room.act(
        f"{use.at}/{{office}}/new",
        use.action,
        of=use.office_in_path,
        form=FileForm,
        again=pages.overview,
        limit=UPLOAD,
    )(pages.hand_in)
    room.page(one, use.action, of=use.file_in_path, queries=3)(pages.outcome)
    of, again = use.file_in_path, pages.outcome
    room.act(f"{one}/take", use.action, of=of, form=WhyForm, again=again)(pages.take_over)
    room.act(f"{one}/drop", use.action, of=of, form=WishForm, again=again)(pages.drop)
    return room


class FilePages(Generic[Taken]):
    """What is shown and done on the pages of a use."""

    def __init__(self, use: Use[Taken]) -> None:
        """Show the pages of ``use``."""
        self._use = use

    async def overview(
        self, request: web.Request, actor: Actor, typed: Typed = BLANK
    ) -> web.StreamResponse:
        """Ask for a file, and show those handed in before."""
        use, asked = self._use, read_query(request.query, Asked)
        offices = offices_to_choose(request, actor, use.action, everywhere=use.everywhere)
        chosen = request.match_info.get("office") or chosen_office(request, actor, offices)
        return page(
            request,
            "file_work/list.html",
            typed=typed,
            use=use,
            chosen=chosen,
            offices=offices,
            closed=use.closed(request, chosen),
            earlier=await handed_in_before(request, use.kind, out_of_path(chosen), asked),
        )

    async def hand_in(
        self, request: web.Request, actor: Actor, form: FileForm
    ) -> web.StreamResponse:
        """Keep a file to be tried; nothing of it is stored yet."""
        use, now = self._use, request.app[CONSOLE].clock.now()
        office = (await use.office_in_path(request)).office
        if why := use.closed(request, office):
            raise Faulty({"": why})
        sent = Handed(name=form.file.name or say("imports.unnamed"), body=form.file.body)
        try:
            await asyncio.to_thread(use.sort.look_at, sent, now)
        except use.sort.fault as fault:
            raise Faulty({"file": str(fault)}) from fault
        async with doing(request, actor) as acting:
            number = await add_import(
                acting.connection,
                office=office,
                officer=actor.officer.id,
                name=sent.name,
                body=sent.body,
                digest=sent.digest,
                counts=None,
                at=acting.now,
                kind=use.kind,
            )
            use.deeds.handed(acting, office, sent.name)
        return go(request, f"{use.room}.outcome", id=str(number))

    async def outcome(
        self, request: web.Request, actor: Actor, typed: Typed = BLANK
    ) -> web.StreamResponse:
        """Show what a file would do, how far it is being taken over, or what came of it."""
        known = found(request, Kept)
        if not known.body:
            return self._page(request, known, f"{self._use.folder}/ended", {"told": None})
        try:
            work = await looked_into(request, actor, self._use, known)
        except Busy:
            return self._page(request, known, "file_work/stopped", {"why": say("imports.busy")})
        if not work.ended:
            # The browser asks again by itself.
            shown = self._page(request, known, "file_work/going_on", {"work": work})
            shown.headers["Refresh"] = str(AGAIN_SECONDS)
            return shown
        if work.taken is None:
            why = work.fault or say("file_work.broke_off")
            return self._page(request, known, "file_work/stopped", {"why": why})
        return self._told(request, known, work, work.taken, typed)

    def _told(
        self, request: web.Request, known: Kept, work: Work[Taken], taken: Taken, typed: Typed
    ) -> web.Response:
        use, file = self._use, known.file
        storing = taking_over(request, use, known)
        ended = work is storing or file.status not in OPEN
        told = {
            "typed": typed,
            "told": taken,
            "broke_off": storing is not None,
            "unfinished": file.status is ImportStatus.TAKING,
            **use.shows(request, file, taken),
        }
        return self._page(request, known, f"{use.folder}/{'ended' if ended else 'outcome'}", told)

    async def take_over(
        self, request: web.Request, actor: Actor, form: WhyForm
    ) -> web.StreamResponse:
        """Take the good rows over; the page shows how far it is."""
        known = found(request, Kept)
        if known.file.status not in OPEN:
            raise Faulty({"": say("imports.settled")})
        try:
            await take(request, actor, self._use, known, note=form.reason)
        except Busy:
            raise Faulty({"": say("imports.busy")}) from None
        return go(request, f"{self._use.room}.outcome", id=str(known.file.id))

    async def drop(self, request: web.Request, actor: Actor, _: WishForm) -> web.StreamResponse:
        """Forget a file nobody took."""
        use, known = self._use, found(request, Kept)
        storing, file = taking_over(request, use, known), known.file
        if storing and not storing.ended:
            raise Faulty({"": say("file_work.being_taken")})
        async with doing(request, actor) as acting:
            if await settle(acting.connection, file.id, ImportStatus.DROPPED):
                use.deeds.handed(acting, file.office, file.name, dropped=True)
        return go(request, f"{use.room}.overview", done="import_dropped")

    def _page(
        self, request: web.Request, known: Kept, template: str, told: Mapping[str, Any]
    ) -> web.Response:
        around = around_of(request, self._use, known.file)
        return page(
            request, f"{template}.html", use=self._use, file=known.file, around=around, **told
        )
