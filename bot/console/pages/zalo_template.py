"""One template for one use: what fills its gaps, shown with an example, and chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Annotated, Final

from aiohttp import web

from bot.casework.zalo.choosing import Choice, NotChosen, Unchosen, choose
from bot.casework.zalo.filling import OURS
from bot.console.actor import Actor
from bot.console.doing import doing
from bot.console.fields import Family, Line
from bot.console.forms import BLANK, Faulty, Typed
from bot.console.found import found
from bot.console.keys import CONSOLE
from bot.console.pages.zalo import account_in_path
from bot.console.pages.zalo_templates import setting_of
from bot.console.redirects import go
from bot.console.render import page
from bot.console.routing import Found, NotThere, Room
from bot.console.words import say
from bot.console.zalo.templates import price, shown_gaps, suggested, wrong_words
from bot.officials.permissions import Action
from bot.storage.zalo_overview_rows import AccountState
from bot.storage.zalo_template_rows import Known, TemplateUse, Use, template_of, uses_in

room: Final = Room("zalo_template")
BEGINNING: Final = "gap."
# More gaps than any template has; they are named by their place, as Zalo's names may be anything.
MOST_GAPS: Final = 60
LONGEST: Final = 400


def places() -> Mapping[str, object]:
    """Give the places of gaps a form may name."""
    return dict.fromkeys(map(str, range(MOST_GAPS)))


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceForm:
    """What fills the gaps, by their places; ``names`` are those the page was made for."""

    names: Annotated[str, Line(0, 4_000)] = ""
    gaps: Annotated[Mapping[str, str], Family(BEGINNING, Line(0, LONGEST), places)] = field(
        default_factory=dict
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Wished:
    """A template of an account, and for what it is looked at."""

    account: AccountState
    known: Known
    use: Use
    used: TemplateUse | None


async def template_in_path(request: web.Request) -> Found:
    """Find the template ``{template}`` of the account ``{account}`` for the use ``{use}``."""
    there = await account_in_path(request)
    account, use = there.thing, request.match_info["use"]
    if not isinstance(account, AccountState) or use not in set(Use):
        raise NotThere
    async with request.app[CONSOLE].database.reading() as connection:
        known = await template_of(connection, account.oa_id, request.match_info["template"])
        uses = await uses_in(connection, account.office)
    if known is None:
        raise NotThere
    thing = Wished(account=account, known=known, use=Use(use), used=uses.get(Use(use)))
    return replace(there, thing=thing, name=known.template.name)


@room.page(
    "/settings/zalo/account/{account}/templates/{template}/{use}",
    Action.ZALO_CONNECT,
    of=template_in_path,
    queries=5,
)
async def one(
    request: web.Request,
    actor: Actor,  # noqa: ARG001 - what every page takes
    typed: Typed = BLANK,
) -> web.StreamResponse:
    """Show what is to fill the gaps, and how that looks."""
    wished = found(request, Wished)
    template = wished.known.template
    use = _use(wished, _gaps_of(wished, typed))
    return page(
        request,
        "zalo/template.html",
        typed=typed,
        account=wished.account,
        shown=template,
        use=wished.use,
        price_user=price(template.price_uid),
        price_phone=price(template.price_phone),
        gaps=shown_gaps(wished.known, use, setting_of(request, wished.account)),
        ours=[(f"{{{name}}}", say(f"zalo_ours.{name}")) for name in OURS[wished.use]],
        names=" ".join(_names(wished)),
        longest=LONGEST,
        is_chosen=_is_used(wished),
    )


@room.act(
    "/settings/zalo/account/{account}/templates/{template}/{use}/choose",
    Action.ZALO_CONNECT,
    of=template_in_path,
    form=ChoiceForm,
    again=one,
    sure=True,
)
async def chosen(request: web.Request, actor: Actor, form: ChoiceForm) -> web.StreamResponse:
    """Use a template from now on; its office pays for each message."""
    wished = found(request, Wished)
    if form.names.split() != " ".join(_names(wished)).split():
        raise Faulty({"": say("failed.zalo_template_changed")})
    wish = Choice(
        office=wished.account.office,
        use=wished.use,
        template=wished.known.template.template_id,
        gaps=_by_name(wished, form.gaps),
        site=request.app[CONSOLE].settings.public_url,
    )
    try:
        async with doing(request, actor) as acting:
            await choose(acting, wish)
    except NotChosen as refused:
        raise Faulty(_faults(wished, refused)) from None
    account = wished.account.oa_id
    return go(request, "zalo_templates.listed", done="zalo_template_chosen", account=account)


def _names(wished: Wished) -> list[str]:
    return [one.name for one in wished.known.template.params]


def _by_name(wished: Wished, gaps: Mapping[str, str]) -> Mapping[str, str]:
    """Give what is filled in by the gaps' names; what may be left out and is blank is left out."""
    told = {
        one.name: gaps.get(str(place), "")
        for place, one in enumerate(wished.known.template.params)
    }
    needed = {one.name for one in wished.known.template.params if one.required}
    return {name: value for name, value in told.items() if value or name in needed}


def _gaps_of(wished: Wished, typed: Typed) -> Mapping[str, str]:
    """Give what stands in the form: typed lately, chosen before, or suggested."""
    if typed.values:
        places_typed = range(len(wished.known.template.params))
        told = {str(place): str(typed.get(f"{BEGINNING}{place}")) for place in places_typed}
        return _by_name(wished, told)
    if wished.used is not None and _is_used(wished):
        return wished.used.gaps
    return suggested(wished.known, wished.use)


def _is_used(wished: Wished) -> bool:
    used = wished.used
    return used is not None and used.template_id == wished.known.template.template_id


def _use(wished: Wished, gaps: Mapping[str, str]) -> TemplateUse:
    return TemplateUse(
        office=wished.account.office,
        use=wished.use,
        oa_id=wished.account.oa_id,
        template_id=wished.known.template.template_id,
        gaps=gaps,
    )


def _faults(wished: Wished, refused: NotChosen) -> Mapping[str, str]:
    """Say what is to be mended, beside the gaps it concerns."""
    if refused.why is not Unchosen.UNFIT:
        return {"": say(f"zalo_unchosen.{refused.why}", named=refused.named)}
    places_of = {name: place for place, name in enumerate(_names(wished))}
    return {
        f"{BEGINNING}{places_of[name]}": wrong_words(wrong)
        for name, wrong in refused.faults.items()
    }
