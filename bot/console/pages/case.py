"""One case: what was told and done, and, by a click that is remembered, who told it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from aiohttp import web

from bot.casework.deeds import Acting
from bot.console.actor import Actor
from bot.console.bare import WishForm
from bot.console.choosing import office_names, offices_beside
from bot.console.doing import doing
from bot.console.feedback.addresses import case_in_path, case_or_state_in_path
from bot.console.feedback.beside import cases_beside
from bot.console.feedback.choices import (
    grade_choices,
    open_to,
    posts,
    refusal_choices,
    result_choices,
)
from bot.console.feedback.handling import bureau_of, reach_of
from bot.console.feedback.listing import MOST_UNITS
from bot.console.feedback.naming import (
    kind_choices,
    kind_name,
    readable,
    shortened,
    topic_choices,
    way_name,
)
from bot.console.feedback.personal import Person, looked, opened
from bot.console.feedback.sent import sent_row
from bot.console.feedback.showing import read_screen, reason_name, regime_name, rule_name
from bot.console.feedback.times import now_of, times_of
from bot.console.forms import BLANK, Typed
from bot.console.found import found
from bot.console.keys import CONSOLE, VISIT
from bot.console.redirects import go
from bot.console.render import page
from bot.console.routing import Room
from bot.feedback.models import Case
from bot.feedback.reference import shown
from bot.feedback.refusals import result_words
from bot.feedback.topics import topic_label
from bot.handling.assigning import proposed_unit
from bot.handling.prepared import prepared
from bot.handling.sealing import Seals
from bot.officials.permissions import Action
from bot.storage.sent_case_rows import SentCase
from bot.storage.unit_names import NamedUnit, named_units
from bot.vault import Unopenable

room: Final = Room("case", watched=True)


@room.page("/cases/{case}", Action.CASES_SEE, of=case_or_state_in_path, queries=20)
async def case(request: web.Request, actor: Actor, typed: Typed = BLANK) -> web.StreamResponse:
    """Show one case; to the office that gave it away where it stands."""
    known = request[VISIT].thing
    if isinstance(known, SentCase):
        return page(request, "cases/sent.html", one=sent_row(request, known))
    return await screen(request, actor, typed)


@room.act("/cases/{case}/contact", Action.CASES_PERSONAL, of=case_in_path, form=WishForm)
async def contact(request: web.Request, actor: Actor, _: WishForm) -> web.StreamResponse:
    """Show who sent a case and the words as typed, this once; that it was looked at stays."""
    house, known = request.app[CONSOLE], found(request, Case)
    try:
        async with doing(request, actor) as acting:
            person = await _person(acting, actor, known, Seals(house.vaults.data))
    except Unopenable:
        return go(request, "case.case", failed="case_unopenable", case=str(known.id))
    if person is None:
        return go(request, "case.case", failed="case_not_yours", case=str(known.id))
    return await screen(request, actor, BLANK, person=person)


async def _person(acting: Acting, actor: Actor, known: Case, seals: Seals) -> Person | None:
    reach = await reach_of(acting.connection, actor)
    if not reach.may_act(known, Action.CASES_PERSONAL):
        return None
    person = await opened(acting.connection, seals, known)
    looked(acting, known, "case_person_shown")
    return person


async def screen(
    request: web.Request, actor: Actor, typed: Typed, *, person: Person | None = None
) -> web.Response:
    """Show a case with what was typed in one of its forms."""
    house, known = request.app[CONSOLE], found(request, Case)
    now, times, reader = now_of(request), times_of(request), actor.officer.id
    desk, bureau = house.conversation.speaking_as(known.office), bureau_of(request)
    async with house.database.reading() as connection:
        read = await read_screen(connection, reader, known, desk, (times, now))
        reach = await reach_of(connection, actor)
        units = await named_units(connection, {known.office}, limit=MOST_UNITS)
        texts = await prepared(connection, bureau, known)
        unit = await proposed_unit(connection, known)
        beside = await cases_beside(connection, reader, known, now, desk.knowledge.index.rarity)
    rules = bureau.rules(known.office)
    return page(
        request,
        "cases/case.html",
        typed=typed,
        case=known,
        screen=read,
        beside=[(one, shortened(one.words)) for one in beside],
        person=person,
        reference=shown(known.reference),
        shown_as=shown,
        kind=kind_name(known.kind),
        regime=regime_name(known.regime),
        topic=topic_label(known.topic),
        way=way_name(known.source, known.address.channel if known.address else ""),
        words=readable(known.words),
        place=readable(known.place.words),
        result=result_words(known.result),
        reason=reason_name(read.details.reason),
        rule=rule_name(known.due_rule),
        office_name=office_names(request).get(known.office, known.office),
        may_open=reach.may_act(known, Action.CASES_PERSONAL),
        may=open_to(reach, known, read.answer, four_eyes=rules.case_four_eyes),
        on_board=rules.board and reach.may_act(known, Action.CASES_PUBLISH),
        choices=_choices(request, known, units),
        texts=texts,
        begun=texts.get(request.query.get("prepared", ""), ("", ""))[1],
        proposed=f"u{unit.id}" if unit else "",
    )


def _choices(
    request: web.Request, known: Case, units: Sequence[NamedUnit]
) -> dict[str, Sequence[tuple[str, str]]]:
    """Give what the forms of a case let one choose from."""
    return {
        "posts": posts(units),
        "offices": offices_beside(request, known.office),
        "reasons": refusal_choices(known),
        "grades": grade_choices(known),
        "kinds": kind_choices(withheld=True),
        "topics": topic_choices(),
        "results": result_choices(),
    }
