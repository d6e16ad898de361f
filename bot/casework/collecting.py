"""Use case: what was offered in vain, or refused, comes before the officials too.

Such questions are found in the stored turns, half an hour after: the next in their order, up to a
mark that moves in the transaction that keeps them. So a crash loses none, and two processes
count none twice.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import structlog

from bot.clock import Clock
from bot.conversation.desk import Desk
from bot.conversation.intents import Heard
from bot.conversation.outcomes import Outcome
from bot.conversation.steps.command import named_ordinal, ordinal
from bot.conversation.steps.fallback import DECLINED
from bot.conversation.steps.intent import LOUD, SMALL_TALK, URGENT
from bot.conversation.unchosen import PATIENCE, Stage, left_refused, left_unchosen
from bot.officials.likeness import Rarity, shape_of
from bot.officials.questions import QuestionKind
from bot.privacy import WITHHELD, unmasked_part, withheld_kind
from bot.storage.database import Database
from bot.storage.offer_rows import (
    Left,
    StoredTurn,
    choices_under,
    ended_after,
    keep_left,
    turns_around,
)
from bot.storage.progress_rows import Mark, advance, reached
from knowledge.reading import Reading
from knowledge.text import tokens

AT_ONCE: Final = 100
# Words that speak of what no official may read of here.
PRIVATE: Final = ("denunciation", "complaint")
# Words with which nothing is asked that an office might answer.
IDLE: Final = (*SMALL_TALK, *URGENT, *DECLINED)
# Alone it tells nobody what is wanted.
A_WORD: Final = 1
Choices = Mapping[int, Sequence[tuple[str, str]]]
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Search:
    """Looks for turns that ended as ``outcome``; those ``left`` open are kept as ``kind``."""

    outcome: Outcome
    kind: QuestionKind
    left: Callable[[Stage, Sequence[Stage], Rarity], bool]


UNCHOSEN: Final = Search(Outcome.CHOICES, QuestionKind.UNCHOSEN, left_unchosen)
REFUSED: Final = Search(Outcome.OUT_OF_SCOPE, QuestionKind.REFUSED, left_refused)


async def collect(
    database: Database,
    search: Search,
    *,
    clock: Clock,
    desk_of: Callable[[], Desk],
    at_once: int = AT_ONCE,
) -> int:
    """Look at the next turns of a ``search``; give how many came before the officials."""
    until = clock.now() - PATIENCE
    async with database.reading() as connection:
        mark = await reached(connection, search.kind)
        ended = await ended_after(connection, search.outcome, mark, until, at_once)
        if not ended:
            return 0
        talks = {one.conversation for one in ended}
        first, last = ended[0].at - PATIENCE, ended[-1].at + PATIENCE
        around = await turns_around(connection, talks, first, last)
        offering = [one.number for one in around if one.outcome == Outcome.CHOICES]
        choices = await choices_under(connection, offering)
    left = await asyncio.to_thread(_left, search, ended, around, choices, desk_of())
    async with database.writing() as connection:
        end = Mark(at=ended[-1].at, number=ended[-1].number)
        if not await advance(connection, search.kind, mark, end):
            return 0
        await keep_left(connection, left)
    if left:
        log.info("left_collected", kind=search.kind, looked_at=len(ended), kept=len(left))
    return len(left)


def _left(
    search: Search,
    ended: Sequence[StoredTurn],
    around: Sequence[StoredTurn],
    choices: Choices,
    desk: Desk,
) -> list[Left]:
    """Give those of ``ended`` that are left open, as the turns ``around`` them tell."""
    read = {one.number: _stage(one, choices, desk) for one in around}
    talks: dict[str, list[Stage]] = {}
    for one in around:
        talks.setdefault(one.conversation, []).append(read[one.number])
    rarity = desk.knowledge.index.rarity
    return [
        Left(turn=one, shape=read[one.number].shape, kind=search.kind)
        for one in ended
        if one.number in read and search.left(read[one.number], talks[one.conversation], rarity)
    ]


def _stage(turn: StoredTurn, choices: Choices, desk: Desk) -> Stage:
    text = unmasked_part(turn.text)
    reading = desk.knowledge.read(text)
    said = desk.intents.hear(tokens(text))
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
        private=_is_private(turn, said, desk),
        idle=_is_idle(said, desk),
    )


def _own(reading: Reading) -> int:
    """Count the words that tell something; “cái thứ hai” tells only of what was offered."""
    counts = ordinal(reading.words) or named_ordinal(reading.words)
    return 0 if counts else len(reading.telling)


def _is_private(turn: StoredTurn, said: Heard, desk: Desk) -> bool:
    """Tell whether somebody complained or denounced, or may have: those have their own ways."""
    hidden = withheld_kind(turn.text) or any(kind in turn.masked for kind in WITHHELD)
    if turn.outcome == Outcome.FEEDBACK or hidden:
        return True
    return any(desk.intents.has(one, said) for one in PRIVATE)


def _is_idle(said: Heard, desk: Desk) -> bool:
    if len(said.text.words) <= A_WORD or desk.intents.first(IDLE, said):
        return True
    return desk.knowledge.danger(said.text).loudness > LOUD
