"""Photos of a case: opened one by one by who works on it, each look remembered."""

from __future__ import annotations

from typing import Final

from aiohttp import web

from bot.casework.deeds import Acting
from bot.console.actor import Actor
from bot.console.doing import doing
from bot.console.feedback.addresses import case_in_path
from bot.console.feedback.forms import PhotoForm
from bot.console.feedback.handling import reach_of
from bot.console.feedback.personal import looked
from bot.console.found import found
from bot.console.keys import CONSOLE
from bot.console.pages.case import case as shown_again
from bot.console.redirects import go
from bot.console.routing import NotThere, Room
from bot.feedback.models import Case
from bot.handling.photos import opened_photo
from bot.officials.permissions import Action
from bot.storage.photo_rows import StoredPhoto, find_photo
from bot.vault import Unopenable
from bot.web.downloads import stored_file

room: Final = Room("case_photos", watched=True)


@room.act(
    "/cases/{case}/photo",
    Action.CASES_PERSONAL,
    of=case_in_path,
    form=PhotoForm,
    again=shown_again,
)
async def photo(request: web.Request, actor: Actor, form: PhotoForm) -> web.StreamResponse:
    """Give one photo, this once; that it was looked at stays."""
    known = found(request, Case)
    try:
        async with doing(request, actor) as acting:
            reach = await reach_of(acting.connection, actor)
            if reach.may_act(known, Action.CASES_PERSONAL):
                stored = await _of_case(acting, known, int(form.photo))
                return _shown(request, acting, known, stored)
    except Unopenable:
        return go(request, "case.case", failed="case_unopenable", case=str(known.id))
    return go(request, "case.case", failed="case_not_yours", case=str(known.id))


def _shown(
    request: web.Request, acting: Acting, known: Case, stored: StoredPhoto
) -> web.StreamResponse:
    content = opened_photo(request.app[CONSOLE].vaults.data, stored)
    if content is None:
        return go(request, "case.case", failed="case_photo_coming", case=str(known.id))
    looked(acting, known, "case_file_shown", file=stored.id)
    return stored_file(content, f"anh-{stored.id}.jpg", stored.media, cached="no-store")


async def _of_case(acting: Acting, known: Case, number: int) -> StoredPhoto:
    stored = await find_photo(acting.connection, number)
    if stored is None or stored.case != known.id or stored.papers:
        raise NotThere
    return stored
