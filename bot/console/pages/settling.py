"""Deliveries nobody was sure of, settled by the word of who asked the readers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Final

from aiohttp import web

from bot.console.actor import Actor
from bot.console.doing import doing
from bot.console.fields import Code, OneOf, Reason, Several
from bot.console.forms import Faulty
from bot.console.found import found
from bot.console.pages.runs import run, run_in_path
from bot.console.redirects import go
from bot.console.routing import Room
from bot.console.words import say
from bot.newsroom import running
from bot.officials.permissions import Action
from bot.storage.run_rows import Run
from broadcasts.models import DeliveryId

room: Final = Room("settling")


class Came(StrEnum):
    """What somebody found out of deliveries."""

    YES = "yes"
    NO = "no"


@dataclass(frozen=True, slots=True, kw_only=True)
class SettleForm:
    """Which uncertain rows came or did not, and how that is known."""

    rows: Annotated[tuple[str, ...], Several(Code(shape=r"[0-9]{1,18}"))] = ()
    came: Annotated[Came, OneOf(Came)]
    reason: Annotated[str, Reason()]


@room.act("/runs/{run}/settle", Action.NEWS_RUN, of=run_in_path, form=SettleForm, again=run)
async def settle(request: web.Request, actor: Actor, form: SettleForm) -> web.StreamResponse:
    """Write down what became of the rows that were ticked; what is settled already stays."""
    if not form.rows:
        raise Faulty({"rows": say("runs.none_ticked")})
    number, arrived = found(request, Run).id, form.came is Came.YES
    async with doing(request, actor) as acting:
        done = [
            await running.settle(acting, number, row, arrived=arrived, note=form.reason)
            for row in sorted(DeliveryId(int(one)) for one in form.rows)
        ]
    gaps = {"count": sum(done)}
    return go(request, "runs.run", done="run_settled", gaps=gaps, run=str(number))
