"""Talks with citizens: who waits for a person, what was said, and speaking in the bot's place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final

from aiohttp import web

from bot.casework.speaking import SAID_BEFORE, speak
from bot.casework.taking import announce, hand_back, take_over
from bot.channels.typed import TEXT_LIMIT
from bot.console.actor import Actor
from bot.console.bare import WishForm
from bot.console.doing import doing
from bot.console.exports import give_sheet
from bot.console.fields import Once, Ticked, Words
from bot.console.forms import BLANK, Faulty, Typed
from bot.console.found import found
from bot.console.keys import CONSOLE
from bot.console.redirects import go
from bot.console.render import page
from bot.console.routing import Room
from bot.console.talks import listing, transcript
from bot.console.talks.addresses import talk_in_path
from bot.console.talks.export import sheet_of
from bot.console.talks.speech import doubts, speaker
from bot.console.talks.transcript import Place
from bot.console.words import say as words
from bot.officials.audit import Deed
from bot.officials.permissions import Action
from bot.officials.talks import Seen
from bot.web.answers import give_json

room: Final = Room("talks", watched=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """What an official wants to say; ``sure`` that what looks personal may be said."""

    text: Annotated[str, Words(1, TEXT_LIMIT)]
    once: Annotated[str, Once()]
    sure: Annotated[bool, Ticked()] = False


@room.page("/talks", Action.TALKS_SEE, queries=4, menu="talks")
async def talks(request: web.Request, actor: Actor) -> web.StreamResponse:
    """Show who waits, who is answered by whom, and who asked lately."""
    house = request.app[CONSOLE]
    desk, now = house.conversation.desk, house.clock.now()
    lists = await listing.read(house.database, desk, actor, now)
    told = listing.presence(desk, now)
    return page(request, "talks/talks.html", lists=lists, presence=told)


@room.page("/files/talks.xlsx", Action.TALKS_SEE, queries=8, heavy=True)
async def file(request: web.Request, actor: Actor) -> web.StreamResponse:
    """Give the lists as a spreadsheet."""
    house = request.app[CONSOLE]
    now = house.clock.now()
    lists = await listing.read(house.database, house.conversation.desk, actor, now)
    sheet = sheet_of(lists, actor, now)
    told = {"rows": len(tuple(sheet.rows))}
    async with doing(request, actor) as acting:
        office = actor.officer.office
        acting.did(
            Deed(action="exported", office=office, kind="list", subject="talks", after=told)
        )
    return await give_sheet(request, sheet, "tro-chuyen")


@room.page("/talks/{talk}", Action.TALKS_SEE, of=talk_in_path, queries=4)
async def talk(request: web.Request, actor: Actor, typed: Typed = BLANK) -> web.StreamResponse:
    """Show what was said, and who may say something now."""
    house, seen = request.app[CONSOLE], found(request, Seen)
    desk = house.conversation.desk
    said = await transcript.read(house.database, desk, seen.talk, Place())
    return page(
        request,
        "talks/talk.html",
        seen=seen,
        said=said,
        facts=transcript.facts(seen, said, desk),
        mine=seen.held is not None and seen.held.officer == actor.officer.id,
        may_take=actor.may(Action.TALKS_TAKE, seen.talk.office),
        typed=typed,
        longest=TEXT_LIMIT,
        minutes=desk.standing.rules.take_over_minutes,
        closed=desk.standing.refusal(seen.talk.address.channel, seen.talk.address.conversation),
    )


@room.page("/talks/{talk}/since", Action.TALKS_SEE, of=talk_in_path, queries=4, passive=True)
async def since(request: web.Request, _: Actor) -> web.StreamResponse:
    """Give the lines past ``?after=`` as JSON; asking for them counts as no activity."""
    house, seen = request.app[CONSOLE], found(request, Seen)
    after = Place.read(request.query.get("after", ""))
    said = await transcript.read(house.database, house.conversation.desk, seen.talk, after)
    return give_json({"lines": [line.shown() for line in said.lines], "ended": False})


@room.act("/talks/{talk}/take", Action.TALKS_TAKE, of=talk_in_path, form=WishForm)
async def take(request: web.Request, actor: Actor, _: WishForm) -> web.StreamResponse:
    """Speak in the bot's place, unless somebody else does already."""
    house, seen = request.app[CONSOLE], found(request, Seen)
    desk = house.conversation.desk
    sentence = desk.say("taken", who=speaker(actor.officer, desk))
    async with doing(request, actor) as acting:
        held = await take_over(
            acting, seen.talk, actor.officer.id, sentence, lasts=desk.standing.rules.take_over
        )
    announce(house.bell, seen.talk.address)
    done = "taken" if held.officer == actor.officer.id else ""
    return go(request, "talks.talk", done=done, talk=str(seen.talk.id))


@room.act("/talks/{talk}/say", Action.TALKS_TAKE, of=talk_in_path, form=Saying, again=talk)
async def say(request: web.Request, actor: Actor, form: Saying) -> web.StreamResponse:
    """Say something to the citizen; what looks personal only when it is meant."""
    house, seen = request.app[CONSOLE], found(request, Seen)
    kinds = doubts(form.text)
    if kinds and not form.sure:
        raise Faulty({"text": words("talk.personal", kinds=kinds)})
    lasts = house.conversation.desk.standing.rules.take_over
    async with doing(request, actor) as acting:
        said = await speak(
            acting, seen.talk, actor.officer.id, form.text, once=form.once, lasts=lasts
        )
    if said is None:
        raise Faulty({"text": words("talk.lost")})
    announce(house.bell, seen.talk.address)
    done = "" if said == SAID_BEFORE else "sent"
    return go(request, "talks.talk", done=done, talk=str(seen.talk.id))


@room.act("/talks/{talk}/back", Action.TALKS_TAKE, of=talk_in_path, form=WishForm)
async def back(request: web.Request, actor: Actor, _: WishForm) -> web.StreamResponse:
    """Give the talk back to the bot."""
    house, seen = request.app[CONSOLE], found(request, Seen)
    desk = house.conversation.desk
    who = speaker(actor.officer, desk)
    sentence = desk.say_afterwards("taken_back", seen.talk.address, who=who)
    async with doing(request, actor) as acting:
        given = await hand_back(acting, seen.talk, actor.officer.id, sentence)
    announce(house.bell, seen.talk.address)
    done = "handed_back" if given else ""
    return go(request, "talks.talk", done=done, talk=str(seen.talk.id))
