"""The bot's sentences, and those an office says in words of its own."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from aiohttp import web

from bot.console.actor import Actor
from bot.console.exports import give_list
from bot.console.fields import LEAST_REASON, Code, OneOf, Words
from bot.console.forms import BLANK, Faulty, Typed, read_query
from bot.console.found import found
from bot.console.keys import CONSOLE
from bot.console.lists import Asked, listing, sliced
from bot.console.redirects import go
from bot.console.render import page
from bot.console.resolvers import office_in_path
from bot.console.routing import Found, NotThere, Room
from bot.console.standing.chosen import Chosen, chosen
from bot.console.standing.sentences import Sentence, sentences_of
from bot.console.standing.setting import put
from bot.console.words import say
from bot.console.xlsx import Sheet
from bot.officials.field_marks import Token, token_of
from bot.officials.own_words import wording_fault
from bot.officials.permissions import Action
from bot.storage.setting_rows import settings_of
from knowledge.layers import lineage

room = Room("sentences")


class Do(StrEnum):
    """What the form's buttons ask for."""

    SAVE = "save"
    PREVIEW = "preview"
    SHIPPED = "shipped"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedSentences(Asked):
    """What the list is asked for."""

    own: Annotated[str, Code(shape="on")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceForm:
    """A sentence in an office's own words."""

    text: Annotated[str, Words(0, 4_000)]
    token: Annotated[str, Code()] = ""
    reason: Annotated[str, Words(0, 500)] = ""
    do: Annotated[Do, OneOf(Do)] = Do.SAVE


@room.page("/settings/sentences", Action.SETTINGS_SEE, queries=2, menu="wording")
async def overview(request: web.Request, actor: Actor) -> web.StreamResponse:
    """List the sentences, those in an office's own words marked."""
    asked, office = read_query(request.query, AskedSentences), _office(request, actor)
    shown = listing(request, asked, sliced(await _asked_for(request, office, asked), asked.page))
    return page(
        request,
        "sentences/list.html",
        office_here=office,
        asked=asked,
        listing=shown,
        desk=request.app[CONSOLE].conversation.desk,
        may_change=actor.may(Action.WORDING_CHANGE, office.code),
    )


@room.page("/files/sentences.xlsx", Action.SETTINGS_SEE, queries=6, heavy=True)
async def export(request: web.Request, actor: Actor) -> web.StreamResponse:
    """Give the sentences asked for as a spreadsheet."""
    asked, office = read_query(request.query, AskedSentences), _office(request, actor)
    sheet = Sheet(
        title=say("sentences.title"),
        headings=[say(f"sentences.{head}") for head in ("sentence", "shipped", "state")],
        rows=[
            (one.text, one.shipped, say(f"sentences.{_state(one)}"))
            for one in await _asked_for(request, office, asked)
        ],
    )
    stem = say("sentences.file")
    return await give_list(request, actor, sheet, asked, name="sentences", stem=stem)


def _office(request: web.Request, actor: Actor) -> Chosen:
    return chosen(request, actor, Action.SETTINGS_SEE)


async def _asked_for(
    request: web.Request, office: Chosen, asked: AskedSentences
) -> list[Sentence]:
    house = request.app[CONSOLE]
    async with house.database.reading() as connection:
        own = await settings_of(connection, office.line, "wording")
    known = sentences_of(house.conversation.shipped.wording, own, office.line)
    shown = [one for one in known if one.matches(asked.text) and (one.own or not asked.own)]
    # The office's own stand first.
    return sorted(shown, key=lambda one: one.own is None)


def _state(one: Sentence) -> str:
    if one.fixed:
        return "fixed"
    return "own" if one.own else "as_shipped"


async def sentence_in_path(request: web.Request) -> Found:
    """Find the sentence of ``{key}`` as ``{office}`` says it."""
    office = (await office_in_path(request)).office
    wording = request.app[CONSOLE].conversation.shipped.wording
    key = request.match_info["key"]
    if key not in wording.replies:
        raise NotThere
    return Found(office=office, thing=key)


@room.page(
    "/settings/sentences/{office}/{key}", Action.SETTINGS_SEE, of=sentence_in_path, queries=2
)
async def sentence(request: web.Request, actor: Actor, typed: Typed = BLANK) -> web.StreamResponse:
    """Show one sentence, and its form to who may change it."""
    office, one = await _sentence(request)
    preview = one.filled(str(typed.get("text", one.text)), request.app[CONSOLE].conversation.desk)
    return page(
        request,
        "sentences/one.html",
        typed=typed,
        one=one,
        part=request.match_info["office"],
        preview=preview,
        token=token_of(one.own.value if one.own and one.own.office == office else {}),
        may_change=not one.fixed and actor.may(Action.WORDING_CHANGE, office),
    )


@room.act(
    "/settings/sentences/{office}/{key}",
    Action.WORDING_CHANGE,
    of=sentence_in_path,
    form=SentenceForm,
    again=sentence,
)
async def save(request: web.Request, actor: Actor, form: SentenceForm) -> web.StreamResponse:
    """Take the office's words for a sentence, or go back to those shipped."""
    office, one = await _sentence(request)
    if form.do is Do.PREVIEW:
        values = {"text": (form.text,), "reason": (form.reason,)}
        return await sentence(request, actor, Typed(values=values))
    back = form.do is Do.SHIPPED or form.text.strip() == one.shipped.strip()
    _refuse(one, form, back=back)
    value = {} if back else {"text": form.text.strip()}
    title = one.called(request.app[CONSOLE].conversation.desk)[:120]
    changed = await put(
        request,
        actor,
        office,
        f"wording:{one.key}",
        value,
        title=title,
        reason=form.reason,
        token=Token(form.token),
    )
    return go(request, "sentences.overview", done="saved" if changed else "nothing_changed")


async def _sentence(request: web.Request) -> tuple[str, Sentence]:
    house = request.app[CONSOLE]
    office, key = (await office_in_path(request)).office, found(request, str)
    line = lineage(house.conversation.desk.knowledge.snapshot.offices, office)
    async with house.database.reading() as connection:
        own = await settings_of(connection, line, "wording")
    known = sentences_of(house.conversation.shipped.wording, own, line)
    return office, next(one for one in known if one.key == key)


def _refuse(one: Sentence, form: SentenceForm, *, back: bool) -> None:
    faults: dict[str, str] = {}
    fault = None if back else wording_fault(one.shipped, form.text)
    if one.fixed:
        faults[""] = say("sentences.locked")
    if fault:
        faults["text"] = say(f"sentences.fault_{fault}")
    if len(form.reason) < LEAST_REASON:
        faults["reason"] = say("faults.reason")
    if faults:
        raise Faulty(faults)
