"""The ledger of a run as a spreadsheet."""

from __future__ import annotations

from typing import Final

from aiohttp import web

from bot.console.actor import Actor
from bot.console.exports import give_list
from bot.console.found import found
from bot.console.keys import CONSOLE
from bot.console.lists import Asked
from bot.console.pages.runs import LOOKED_INTO, run_in_path
from bot.console.readers.masking import masked
from bot.console.routing import Room
from bot.console.words import say
from bot.console.xlsx import MOST_ROWS, Called, Sheet
from bot.officials.permissions import Action
from bot.storage.ledger_rows import rows_by_state
from bot.storage.run_rows import Run
from broadcasts.models import DeliveryStatus

room: Final = Room("run_file")
# Of a whole province's run a spreadsheet holds the beginning: those somebody has to look into.
EXPORTED: Final = (
    *(one for one in LOOKED_INTO if one is not DeliveryStatus.SENT),
    DeliveryStatus.CLAIMED,
    DeliveryStatus.SENDING,
    DeliveryStatus.SENT,
)
COLUMNS: Final = ("number", "route", "reader", "state", "code", "ended", "received", "seen")


@room.page("/runs/{run}/file", Action.NEWS_SEE, of=run_in_path, queries=6, heavy=True)
async def export(request: web.Request, actor: Actor) -> web.StreamResponse:
    """Give the ledger as a spreadsheet: who, which way, what became of it."""
    here = found(request, Run)
    async with request.app[CONSOLE].database.reading() as connection:
        rows = await rows_by_state(connection, here.id, EXPORTED, limit=MOST_ROWS + 1)
    sheet = Sheet(
        title=here.title,
        headings=[say(f"runs.{one}") for one in COLUMNS],
        rows=tuple(
            (
                Called(one.id),
                say(f"routes.{one.route}"),
                masked(one.address),
                say(f"deliveries.{one.status}"),
                _reason(one.code),
                one.ended_at,
                one.received_at,
                one.seen_at,
            )
            for one in rows
        ),
    )
    return await give_list(request, actor, sheet, Asked(), name="deliveries", stem="luot-gui")


def _reason(code: str) -> str:
    return say(f"codes.{code}") if code else ""
