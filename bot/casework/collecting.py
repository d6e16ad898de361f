"""Use case: questions whose choices nobody took come before the officials too.

They are found in the stored turns, half an hour after: the next in their order, up to a mark that
moves in the transaction that keeps them. So a crash loses none, and two processes
count none twice.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Final

import structlog

from bot.clock import Clock
from bot.conversation.desk import Desk
from bot.conversation.outcomes import Outcome
from bot.conversation.steps.command import named_ordinal, ordinal
from bot.conversation.unchosen import PATIENCE, Stage, left_unchosen
from bot.officials.likeness import shape_of
from bot.privacy import PersonalData, unmasked_part
from bot.storage.database import Database
from bot.storage.offer_rows import (
    Left,
    StoredTurn,
    choices_under,
    keep_unchosen,
    offers_after,
    turns_around,
)
from bot.storage.progress_rows import Mark, advance, reached
from knowledge.reading import Reading
from knowledge.text import tokens

NAME: Final = "unchosen"
AT_ONCE: Final = 100
# Words that speak of what no official may read of here.
PRIVATE: Final = ("denunciation", "complaint")
Choices = Mapping[int, Sequence[tuple[str, str]]]
log = structlog.get_logger()


async def collect_unchosen(
    database: Database, *, clock: Clock, desk_of: Callable[[], Desk], at_once: int = AT_ONCE
) -> int:
    """Look at the next turns that offered choices; give how many came before the officials."""
    until = clock.now() - PATIENCE
    async with database.reading() as connection:
        mark = await reached(connection, NAME)
        offers = await offers_after(connection, mark, until, at_once)
        if not offers:
            return 0
        talks = {one.conversation for one in offers}
        first, last = offers[0].at - PATIENCE, offers[-1].at + PATIENCE
        around = await turns_around(connection, talks, first, last)
        offering = [one.number for one in around if one.outcome == Outcome.CHOICES]
        choices = await choices_under(connection, offering)
    left = await asyncio.to_thread(unchosen, offers, around, choices, desk_of())
    async with database.writing() as connection:
        end = Mark(at=offers[-1].at, number=offers[-1].number)
        if not await advance(connection, NAME, mark, end):
            return 0
        await keep_unchosen(connection, left)
    if left:
        log.info("unchosen_collected", looked_at=len(offers), kept=len(left))
    return len(left)


def unchosen(
    offers: Sequence[StoredTurn], around: Sequence[StoredTurn], choices: Choices, desk: Desk
) -> list[Left]:
    """Give those of ``offers`` whose choices nobody took, as the turns ``around`` them tell."""
    read = {one.number: _stage(one, choices, desk) for one in around}
    talks: dict[str, list[Stage]] = {}
    for one in around:
        talks.setdefault(one.conversation, []).append(read[one.number])
    rarity = desk.knowledge.index.rarity
    return [
        Left(turn=one, shape=read[one.number].shape)
        for one in offers
        if one.number in read and left_unchosen(read[one.number], talks[one.conversation], rarity)
    ]


def _stage(turn: StoredTurn, choices: Choices, desk: Desk) -> Stage:
    text = unmasked_part(turn.text)
    reading = desk.knowledge.read(text)
    offered = choices.get(turn.number, ())
    return Stage(
        number=turn.number,
        at=turn.at,
        pressed=turn.pressed,
        text=turn.text,
        outcome=turn.outcome,
        shape=shape_of(reading.words, reading.weights),
        own=_own(reading),
        labels=frozenset(label.casefold() for label, _ in offered),
        refs=frozenset(value.rpartition(":")[2] for _, value in offered if ":" in value),
        reached=turn.procedure,
        kept=turn.kept,
        private=_is_private(turn, text, desk),
    )


def _own(reading: Reading) -> int:
    """Count the words that tell something; “cái thứ hai” tells only of what was offered."""
    counts = ordinal(reading.words) or named_ordinal(reading.words)
    return 0 if counts else len(reading.telling)


def _is_private(turn: StoredTurn, text: str, desk: Desk) -> bool:
    """Tell whether somebody complained or denounced, or may have: those have their own ways."""
    hidden = PersonalData.DENUNCIATION
    if turn.outcome == Outcome.FEEDBACK or hidden in turn.masked or hidden.mark in turn.text:
        return True
    said = desk.intents.hear(tokens(text))
    return any(desk.intents.has(one, said) for one in PRIVATE)
