"""Ways of asking to look at twice: another's own words, a cry for help, one letter."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from aiohttp import web

from bot.console.forms import Faulty
from bot.console.keys import CONSOLE, VISIT
from bot.console.knowledge.why import is_cry
from bot.console.questions.aliasing import taken_elsewhere
from bot.console.redirects import address
from bot.console.resolvers import in_path
from bot.console.visit import Doubt
from bot.console.words import say
from bot.conversation.pipeline import Conversation
from knowledge.text import words as words_of
from knowledge.topics import Topic, TopicKind

LEAST: Final = 2
WAYS: Final = {
    TopicKind.PROCEDURE: ("cards.card", "code"),
    TopicKind.GUIDE: ("guides.guide", "ref"),
    TopicKind.HOTLINE: ("hotlines.hotline", "phone"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """The ways of asking wanted for the record ``ref`` of ``office``, and those it has."""

    office: str
    ref: str
    wanted: Sequence[str]
    had: Iterable[str] = ()

    @property
    def added(self) -> list[str]:
        """The new ones."""
        known = set(self.had)
        return [one for one in dict.fromkeys(self.wanted) if one and one not in known]


async def look_twice(request: web.Request, ways: Ways, *, sure: bool) -> None:
    """Go on only where nothing is odd about the new ways of asking, or the officer is ``sure``.

    Raises:
        Faulty: something is; the page shows what, and a box to tick.
    """
    if sure or not ways.added:
        return
    house = request.app[CONSOLE]
    found = await asyncio.to_thread(_odd, house.conversation, ways, house.clock.now())
    if found:
        request[VISIT].doubts = [_doubt(request, ways.office, *one) for one in found]
        raise Faulty({"sure": say("edit.doubt")})


def _odd(
    conversation: Conversation, ways: Ways, now: datetime
) -> list[tuple[str, str, Topic | None]]:
    return [
        *((words, why, None) for words, why in _alone(conversation, ways.added, now)),
        *(
            (words, "taken", topic)
            for words, topic in taken_elsewhere(
                ways.added, ways.ref, conversation.speaking_as(ways.office)
            )
        ),
    ]


def _alone(
    conversation: Conversation, added: Iterable[str], now: datetime
) -> Iterator[tuple[str, str]]:
    for one in added:
        if len("".join(words_of(one))) < LEAST:
            yield one, "short"
        elif is_cry(conversation, one, now=now):
            yield one, "cry"


def _doubt(request: web.Request, office: str, words: str, why: str, topic: Topic | None) -> Doubt:
    told = say(f"edit.doubt_{why}", words=words)
    if topic is None or topic.kind not in WAYS:
        return Doubt(told=told)
    way, part = WAYS[topic.kind]
    link = address(request, way, None, **{"office": in_path(office), part: topic.ref})
    return Doubt(told=told, name=topic.name, link=link)
