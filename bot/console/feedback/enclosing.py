"""Files that came with the form of an answer: kept beside it, or refused by name."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Final

from aiohttp import web

from bot.casework.enclosing import looked_at
from bot.casework.unfit import Unfit, sentences
from bot.console.actor import Actor
from bot.console.feedback.forms import AnswerForm
from bot.console.feedback.handling import handling
from bot.console.forms import Faulty
from bot.console.keys import VISIT
from bot.console.words import say
from bot.handling import answering, enclosing
from bot.officials.permissions import Action
from bot.storage.case_answer_rows import AnswerWords

FIELD: Final = "files"


async def keep_files(
    request: web.Request, actor: Actor, form: AnswerForm, words: AnswerWords
) -> None:
    """Keep the answer as a draft with the files that may go with it, take away those not wanted.

    Raises:
        Faulty: some files are not taken; the draft and the others are kept all the same.
    """
    sent = [(one.name, one.body) for one in form.files]
    looked = await asyncio.to_thread(looked_at, sent)
    async with handling(request, actor, Action.CASES_WORK) as it:
        await answering.write(it.acting, it.case, words)
        await enclosing.take_away(it.acting, it.case, [int(one) for one in form.drop])
        over = await enclosing.enclose(it.acting, it.bureau.seals, it.case, looked.fit)
    request[VISIT].has_kept_files = True
    refused = (*looked.unfit, *((one.name, Unfit.TOO_MANY) for one in over))
    if refused:
        raise Faulty({FIELD: _told(refused)})


def _told(refused: Iterable[tuple[str, Unfit]]) -> str:
    each = [say("case_files.refused", name=name, why=sentences()[why]) for name, why in refused]
    return " ".join((*each, say("case_files.rest_kept")))
