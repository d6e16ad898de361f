"""Files of a case's answers: opened one by one by who sees the case, each look remembered."""

from __future__ import annotations

from typing import Final

from aiohttp import web

from bot.casework.deeds import Acting
from bot.console.actor import Actor
from bot.console.doing import doing
from bot.console.feedback.addresses import case_in_path
from bot.console.feedback.forms import FileForm
from bot.console.feedback.personal import looked
from bot.console.found import found
from bot.console.keys import CONSOLE
from bot.console.pages.case import case as shown_again
from bot.console.redirects import go
from bot.console.routing import NotThere, Room
from bot.feedback.models import Case
from bot.handling.answer_files import opened_file
from bot.officials.permissions import Action
from bot.storage.answer_file_rows import SealedFile, find_answer_file
from bot.vault import Unopenable
from bot.web.downloads import stored_file

room: Final = Room("case_files", watched=True)


@room.act(
    "/cases/{case}/answer-file",
    Action.CASES_SEE,
    of=case_in_path,
    form=FileForm,
    again=shown_again,
)
async def show(request: web.Request, actor: Actor, form: FileForm) -> web.StreamResponse:
    """Give one file, this once, whether its answer was given or is being written."""
    known = found(request, Case)
    vault = request.app[CONSOLE].vaults.data
    try:
        async with doing(request, actor) as acting:
            opened = opened_file(vault, await _of_case(acting, known, int(form.file)))
            if opened is not None:
                looked(acting, known, "case_answer_file_shown", file=int(form.file))
    except Unopenable:
        opened = None
    if opened is None:
        return go(request, "case.case", failed="case_unopenable", case=str(known.id))
    return stored_file(opened.content, opened.name, opened.media, cached="no-store", shown=False)


async def _of_case(acting: Acting, known: Case, number: int) -> SealedFile:
    stored = await find_answer_file(acting.connection, number, given=False)
    if stored is None or stored.case != known.id:
        raise NotThere
    return stored
