"""The worker: takes stored messages, answers them, stores the answers; each message exactly once.

A conversation's messages are answered in order, one at a time; many conversations go together in
one round. State, turn, replies and the closed message are one transaction: a kill leaves either
all of them or a message that is answered again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from time import perf_counter
from typing import Final

import structlog
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.bell import Bell, answered
from bot.casework.telling import Teller
from bot.clock import Clock
from bot.conversation.errands import Errand
from bot.conversation.outcomes import Outcome
from bot.conversation.turn import Answers, ConversationState, TurnResult
from bot.handling.photos import Photos
from bot.handling.talking import Talking
from bot.intake.inbox import WORK
from bot.messages import ChannelName, Reply
from bot.metrics import Metrics
from bot.privacy import PersonalData, withheld_kind
from bot.storage.database import OUT_OF_REACH, Database
from bot.storage.errors import fault_of
from bot.storage.finished import Claimed, Finished
from bot.storage.inbox_rows import (
    claim_messages,
    set_aside_unreadable,
    store_finished,
)
from bot.storage.memory_rows import load_states
from bot.storage.officer_chat_rows import with_codes

ROUND: Final = 64
Admit = Callable[[], Awaitable[object]]
NAP: Final = 0.5
log = structlog.get_logger()


def _put_aside(claimed: Claimed, before: ConversationState) -> Claimed:
    """Give ``claimed`` as it is stored when it goes on with what was withheld ``before``."""
    kind = withheld_kind(before.question) or PersonalData.DENUNCIATION
    return replace(claimed, message=replace(claimed.message, text=kind.mark, masked=(kind,)))


class Worker:
    """Works off the inbox with ``answers``."""

    def __init__(  # noqa: PLR0913 - its collaborators
        self,
        database: Database,
        answers: Answers,
        *,
        clock: Clock,
        bell: Bell,
        metrics: Metrics,
        apology: Reply,
        kept: frozenset[ChannelName],
        teller: Teller | None = None,
        admit: Admit | None = None,
        talking: Talking | None = None,
        photos: Photos | None = None,
        behind: Admit | None = None,
    ) -> None:
        """Say ``apology`` when an answer fails; ``kept`` channels fetch replies themselves.

        Who waits for an officer's answer is told it by ``teller`` before the next reply. Who
        joined the trial is known by ``admit`` before the next message. What is wished about
        feedback is done by ``talking`` in the transaction that stores the turn; the photos that
        came for it are numbered by ``photos`` before. Before each round it stands ``behind``
        whoever has no time to wait.
        """
        self._database = database
        self._answers = answers
        self._clock = clock
        self._bell = bell
        self._metrics = metrics
        self._apology = apology
        self._kept = kept
        self._teller = teller
        self._admit = admit
        self._talking = talking
        self._photos = photos
        self._behind = behind

    async def working(self, stopping: asyncio.Event) -> None:
        """Answer until ``stopping``; a round that was begun is finished."""
        with self._bell.listening(WORK) as ear:
            while not stopping.is_set():
                if self._behind:
                    await self._behind()
                if not await self._guarded_round():
                    await ear.wait(NAP)

    async def _guarded_round(self) -> int:
        try:
            return await self.round()
        except OUT_OF_REACH as error:
            log.warning("worker_round_failed", error=fault_of(error))
            return 0
        except SQLAlchemyError:
            log.exception("worker_round_failed")
            return 0

    async def round(self) -> int:
        """Answer one message of each of up to ``ROUND`` conversations; give their number."""
        async with self._database.writing() as connection:
            unreadable = await set_aside_unreadable(connection)
            claimed = await claim_messages(connection, self._clock.now(), ROUND)
        for row in unreadable:
            self._metrics.set_aside.inc()
            log.error("message_set_aside", row=row.id, channel=row.channel, kind=row.kind)
        if not claimed:
            return 0
        if self._photos is not None:
            await self._photos.note(claimed)
        keys = [one.message.address.conversation for one in claimed]
        async with self._database.reading() as connection:
            states = await load_states(connection, keys)
            states |= await with_codes(connection, claimed, states, self._clock.now())
            if self._talking is not None:
                states = await self._talking.look(connection, claimed, states, self._clock.now())
        finished = []
        for one in claimed:
            state = states.get(one.message.address.conversation, ConversationState())
            finished.append(self._answer(one, state))
            await asyncio.sleep(0)
        await self._store(finished)
        return len(claimed)

    def _answer(self, claimed: Claimed, state: ConversationState) -> Finished:
        started = perf_counter()
        now = self._clock.now()
        try:
            result = self._answers.answer(claimed.message, state, now=now)
        except Exception:  # the citizen gets a reply all the same
            log.exception("turn_failed", turn=claimed.id)
            result = self._apologized(replace(state, spoken_at=now))
        took = perf_counter() - started
        self._metrics.answer_seconds.observe(took)
        told = _put_aside(claimed, state) if result.withheld else claimed
        return Finished(claimed=told, result=result, at=now, took_ms=took * 1000, before=state)

    def _apologized(self, state: ConversationState) -> TurnResult:
        return TurnResult(outcome=Outcome.ERROR, replies=(self._apology,), state=state)

    async def _store(self, finished: Sequence[Finished]) -> None:
        try:
            async with self._database.writing() as connection:
                await self._tell(connection, finished)
                stored = await store_finished(connection, finished, self._kept)
                if self._talking is not None:
                    await self._talking.grant(connection, stored)
        except OUT_OF_REACH:
            raise
        except Exception as error:  # noqa: BLE001 - one of them must not keep back the others
            await self._store_singly(finished, error)
            return
        for one in stored:
            address = one.claimed.message.address
            self._metrics.turns.labels(address.channel, one.result.outcome).inc()
            self._bell.ring(answered(one.claimed.id))
            self._bell.ring(address.conversation)
            self._bell.ring(address.channel)
        if self._admit and any(one.result.errand is Errand.JOIN for one in stored):
            await self._admit()

    async def _tell(self, connection: AsyncConnection, finished: Sequence[Finished]) -> None:
        waiting = [one for one in finished if one.result.state.awaits]
        if waiting and self._teller is not None:
            keys = {one.claimed.message.address.conversation for one in waiting}
            await self._teller.tell_before_replies(connection, keys, self._clock.now())
        if self._talking is not None:
            await self._talking.tell_before_replies(connection, finished, self._clock.now())

    async def _store_singly(self, finished: Sequence[Finished], error: Exception) -> None:
        if len(finished) > 1:
            for one in finished:
                await self._store([one])
            return
        (one,) = finished
        # Another process answered it after our claim ran out.
        if isinstance(error, IntegrityError):
            return
        log.error("answer_not_stored", turn=one.claimed.id, error=fault_of(error))
        if one.result.outcome is not Outcome.ERROR:
            fresh = ConversationState(spoken_at=one.at, awaits=one.result.state.awaits)
            apology = self._apologized(fresh)
            await self._store(
                [replace(one, result=replace(apology, withheld=one.result.withheld))]
            )
