"""What a plan's document says of itself, mended by a person where it was not read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Final

from aiohttp import web

from bot.console.actor import Actor
from bot.console.doing import doing
from bot.console.fields import Day, Line, Ticked
from bot.console.found import found
from bot.console.pages.plans import plan, plan_in_path
from bot.console.redirects import go
from bot.console.routing import Room
from bot.newsroom import planning
from bot.officials.permissions import Action
from bot.storage.plan_rows import (
    LONGEST_ISSUER,
    LONGEST_NUMBER,
    LONGEST_TITLE,
    Head,
    StoredPlan,
)

room: Final = Room("plan_heads")


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadForm:
    """The document's own title, issuer, number and day; blank where it states none."""

    title: Annotated[str, Line(3, LONGEST_TITLE)]
    issuer: Annotated[str, Line(0, LONGEST_ISSUER)] = ""
    number: Annotated[str, Line(0, LONGEST_NUMBER)] = ""
    issued_on: Annotated[date | None, Day()] = None
    seen: Annotated[bool, Ticked()] = False


@room.act(
    "/plans/plan/{plan}/head",
    Action.PLANS_PREPARE,
    of=plan_in_path,
    form=HeadForm,
    again=plan,
)
async def mend(request: web.Request, actor: Actor, form: HeadForm) -> web.StreamResponse:
    """Keep what a person read in the document themselves."""
    known = found(request, StoredPlan)
    head = Head(
        number=form.number,
        issued_on=form.issued_on.isoformat() if form.issued_on else "",
        issuer=form.issuer,
        title=form.title,
    )
    async with doing(request, actor) as acting:
        await planning.mend_head(acting, known.id, head, seen=form.seen)
    return go(request, "plans.plan", done="plan_saved", plan=str(known.id))
