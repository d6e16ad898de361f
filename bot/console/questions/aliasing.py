"""What may be taught as a way of asking: nobody's data, no cry for help, and words that tell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final

from bot.casework.sorting import HIDDEN
from bot.console.knowledge.why import is_cry
from bot.console.talks.speech import doubts
from bot.console.words import say
from bot.conversation.desk import Desk
from bot.conversation.pipeline import Conversation
from bot.privacy import mask, unmasked_part
from knowledge.topics import Topic

MOST: Final = 30
LONGEST: Final = 200
# What personal data was hidden behind, in one form or another.
BRACKETS: Final = re.compile(r"[\[\]]")
# Topics looked at for one that has these very words.
OWNERS: Final = 8


def lines(text: str) -> Sequence[str]:
    """Give each line that says something, once."""
    told = (" ".join(line.split()) for line in text.splitlines())
    return list(dict.fromkeys(line for line in told if line))


def without_hidden(text: str) -> str:
    """Give what a masked text says, without what is or was hidden in it."""
    return " ".join(unmasked_part(mask(text).text).replace(HIDDEN, " ").split())


def refusal(aliases: Sequence[str], conversation: Conversation, now: datetime) -> str:
    """Tell why ``aliases`` may not be taught; nothing when they may."""
    if not aliases or len(aliases) > MOST or any(len(one) > LONGEST for one in aliases):
        return say("group.aliases_most", count=MOST, signs=LONGEST)
    return next((why for one in aliases if (why := _refused(one, conversation, now))), "")


def _refused(alias: str, conversation: Conversation, now: datetime) -> str:
    if BRACKETS.search(alias):
        return say("group.alias_hidden", alias=alias)
    if kinds := doubts(alias):
        return say("group.alias_personal", alias=alias, kinds=kinds)
    if conversation.desk.knowledge.read(alias).is_bare:
        return say("group.alias_bare", alias=alias)
    return say("group.alias_cry", alias=alias) if is_cry(conversation, alias, now=now) else ""


def taken_elsewhere(aliases: Iterable[str], ref: str, desk: Desk) -> Iterator[tuple[str, Topic]]:
    """Give each alias that is another topic's own words, and that topic."""
    for alias in aliases:
        found = desk.ask(alias).candidates
        owners = [one.topic for one in found[:OWNERS] if one.fit.word_for_word]
        if owners and ref not in {topic.ref for topic in owners}:
            yield alias, owners[0]
