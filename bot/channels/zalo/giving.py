"""One message to one follower: counted, called, and what the answer tells is believed."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Final

import structlog

from bot.channels.errors import SendCode, SendError
from bot.channels.zalo.addresses import Follower
from bot.channels.zalo.answers import Answered
from bot.channels.zalo.calling import Calling, Wish
from bot.channels.zalo.client import Upload
from bot.channels.zalo.codes import Kind
from bot.channels.zalo.faults import ZaloFault, ZaloRefused, meaning
from bot.channels.zalo.media import Media
from bot.channels.zalo.purses import FREE, Purses, PursesClosed, Told
from bot.channels.zalo.rendering import Json, Piece
from bot.channels.zalo.shapes import ident
from bot.channels.zalo.turns import MinuteTurn
from bot.channels.zalo.window import Opening, Purse
from bot.messages import Priority

log = structlog.get_logger()
PATH: Final = "/v3.0/oa/message/cs"
# Seconds after which it is looked whether there is quota; a word of theirs releases it at once.
LOOK_FOR_QUOTA: Final = 900.0
# Seconds until it is asked again what may be said.
SOON: Final = 5.0
# Of the account, whoever is written to; others of the kind are the person's.
NO_MONEY: Final = frozenset({-320, -321})
ACCOUNT_EMPTY: Final = NO_MONEY | {-211}
CODES: Final[Mapping[Purse, SendCode]] = {
    Purse.CLOSED: SendCode.WINDOW_CLOSED,
    Purse.NO_QUOTA: SendCode.NO_QUOTA,
    # Ended at once, or what they say next would wait behind all that was said before.
    Purse.ENOUGH: SendCode.NO_QUOTA,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One message on its way; ``chat`` is a follower."""

    chat: str
    piece: Piece
    priority: Priority
    patience: float

    @property
    def to(self) -> Follower:
        """To whom it goes."""
        return Follower.of(self.chat)

    def wish(self, turn: MinuteTurn | None = None, *, paid: bool = False) -> Wish:
        """Say how its call takes its turn."""
        return Wish(priority=self.priority, patience=self.patience, turn=turn, paid=paid)


class Giving:
    """Makes the calls; a message is taken once, or nobody knows."""

    def __init__(self, calling: Calling, purses: Purses, media: Media) -> None:
        """Take messages from ``purses``, and files from ``media``."""
        self._calling = calling
        self._purses = purses
        self._media = media

    async def may_go(self, to: Follower) -> None:
        """Look whether anything may be said.

        Raises:
            SendError: nothing may, or nobody can tell now.
        """
        with_purse(await self._asked(to))

    async def give(self, part: Part, turn: MinuteTurn | None) -> str:
        """Send a message and give Zalo's id of it; a file is brought anew once.

        Raises:
            ZaloFault: as the call raises, after it was learnt from.
            SendError: it was not called at all.
        """
        try:
            return await self._once(part, turn)
        except ZaloRefused as fault:
            if fault.code.kind is not Kind.REUPLOAD or part.piece.enclosed is None:
                raise
        return await self._once(part, None)

    async def _once(self, part: Part, turn: MinuteTurn | None) -> str:
        async with self._file(part) as known:
            async with self._counted(part.to) as begun:
                wish = part.wish(turn, paid=begun.purse is Purse.PAID)
                answer = await self._call(part, part.piece.with_id(known), wish, known)
            await self._believe(part.to, begun, answer)
        # It was taken, whatever is told about it.
        return ident(answer.data.get("message_id"))

    async def _call(self, part: Part, told: Json, wish: Wish, known: str) -> Answered:
        body = {"recipient": {"user_id": part.to.user}, "message": told}
        try:
            return await self._calling.post(part.to.oa, PATH, body, wish=wish)
        except ZaloRefused as fault:
            if fault.code.kind is Kind.REUPLOAD and part.piece.enclosed:
                await self._media.forget(part.to.oa, part.piece.enclosed, known)
            raise

    @asynccontextmanager
    async def _file(self, part: Part) -> AsyncIterator[str]:
        """Give the id of the file that goes into a message; of none, nothing."""
        if part.piece.enclosed is None:
            yield ""
            return

        async def bring(path: str, file: Upload) -> Answered:
            return await self._calling.upload(part.to.oa, path, file, wish=part.wish())

        async with self._media.known(part.to.oa, part.piece.enclosed, bring) as known:
            yield known

    @asynccontextmanager
    async def _counted(self, to: Follower) -> AsyncIterator[Opening]:
        """Count a message, and no more if it surely was not taken."""
        try:
            begun = await self._purses.begin(to)
        except PursesClosed as error:
            raise not_known(error) from error
        with_purse(begun)
        try:
            yield begun
        except ZaloFault as fault:
            await self._learn(to, begun, fault)
            raise

    async def _asked(self, to: Follower) -> Opening:
        try:
            return await self._purses.look(to)
        except PursesClosed as error:
            raise not_known(error) from error

    async def _learn(self, to: Follower, begun: Opening, fault: ZaloFault) -> None:
        try:
            if meaning(fault).code is not SendCode.UNCERTAIN:
                await self._purses.take_back(to, begun)
            if isinstance(fault, ZaloRefused):
                await self._correct(to, begun, fault)
        except PursesClosed as error:
            log.warning("zalo_not_learnt", error=str(error))

    async def _correct(self, to: Follower, begun: Opening, fault: ZaloRefused) -> None:
        code = fault.code
        if code.kind is Kind.WINDOW or (code.kind is Kind.USER and code.state):
            await self._purses.unreached(to, code.state, since=begun.since)
        elif code.number in ACCOUNT_EMPTY:
            if begun.purse is Purse.FREE:
                await self._purses.told(to, Told(kind=FREE, remain=0))
            await self._purses.emptied(to.oa, begun, money=code.number in NO_MONEY)

    async def _believe(self, to: Follower, begun: Opening, answer: Answered) -> None:
        told = Told.read(answer.data)
        try:
            await self._purses.told(to, told)
            if begun.purse is Purse.FREE and told.kind not in {"", FREE}:
                # It was not free any more, whatever we counted.
                await self._purses.told(to, Told(kind=FREE, remain=0))
        except PursesClosed as error:
            log.warning("zalo_not_learnt", error=str(error))


def with_purse(found: Opening) -> None:
    """Go on only where something may be said.

    Raises:
        SendError: nothing may.
    """
    if found.purse.is_open:
        return
    waits = found.purse is Purse.NO_QUOTA
    until = f"until {found.until:%Y-%m-%d %H:%M}Z" if found.until else ""
    raise SendError(
        CODES[found.purse],
        until,
        retryable=waits,
        retry_after=LOOK_FOR_QUOTA if waits else None,
    )


def plainly(part: Part) -> list[Part]:
    """Give the messages that go where Zalo does not take the form of one."""
    return [replace(part, piece=Piece(told={"text": text})) for text in part.piece.plain]


def not_known(error: Exception) -> SendError:
    """Say that a message waits until somebody can tell whether it may go."""
    return SendError(SendCode.NO_TURN, str(error), retryable=True, retry_after=SOON)
