"""Messages on their way to followers: each piece in its turn, plainer where Zalo wants it so."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from bot.channels.errors import SendCode, SendError
from bot.channels.pace.budget import PATIENCE
from bot.channels.pace.parts import Held, Parts
from bot.channels.zalo.accounts import Accounts, AccountsClosed, AccountStatus
from bot.channels.zalo.addresses import Follower
from bot.channels.zalo.codes import Kind
from bot.channels.zalo.faults import ZaloFault, ZaloRefused, meaning
from bot.channels.zalo.giving import LOOK_FOR_QUOTA, Giving, Part, not_known, plainly
from bot.channels.zalo.lines import Lines
from bot.channels.zalo.media import Media
from bot.channels.zalo.paces import Paces
from bot.channels.zalo.rendering import Offering, pieces
from bot.channels.zalo.turns import MinuteTurn
from bot.clock import Clock
from bot.messages import OutgoingMessage, Priority

# So long nothing is offered to be pressed after Zalo did not take it.
PLAIN_FOR: Final = timedelta(days=1)
UNFIT: Final = frozenset({Kind.FALLBACK, Kind.OURS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How choices are offered, and the address of the ``picture`` on cards; empty: no cards."""

    offering: Offering = Offering.OFF
    picture: str = ""


class Sending:
    """Sends in the names of all accounts; faults are told on ``lines``, each account's own."""

    def __init__(  # noqa: PLR0913 - its collaborators
        self,
        giving: Giving,
        *,
        paces: Paces,
        accounts: Accounts,
        media: Media,
        lines: Lines,
        clock: Clock,
        manner: Manner,
    ) -> None:
        """Send by ``giving``, in turns of ``paces``."""
        self._giving = giving
        self._accounts = accounts
        self._media = media
        self._lines = lines
        self._clock = clock
        self._manner = manner
        self._parts = Parts(paces, self._give)

    async def hold(self, chat: str, priority: Priority, patience: float) -> Held[MinuteTurn]:
        """Wait for a turn to write to ``chat``; see ``PacedChannel``."""
        _follower(chat)
        return Held(self.send, await self._parts.hold(chat, priority, patience))

    async def send(self, message: OutgoingMessage, turn: MinuteTurn | None = None) -> str:
        """Send the pieces in order, the first in ``turn`` if there is one; see ``Channel``."""
        try:
            first, *later = await self._prepared(message)
            return await self._parts.follow(later, await self._parts.send(first, turn))
        finally:
            if turn:
                turn.over()

    async def _prepared(self, message: OutgoingMessage) -> list[Part]:
        """Cut a message that may go; what was begun is finished: its first part is impatient."""
        to = _follower(message.address.user_id)
        await self._giving.may_go(to)
        offering = await self._offering(to.oa)
        reply = await self._media.fitting(to.oa, message.reply)
        cut = pieces(replace(message, reply=reply), offering, picture=self._manner.picture)
        waits = PATIENCE if message.patience is None else message.patience
        return [
            Part(
                chat=to.user_id,
                piece=piece,
                priority=message.priority,
                patience=PATIENCE if number else waits,
            )
            for number, piece in enumerate(cut)
        ]

    async def _offering(self, oa: str) -> Offering:
        """Give how choices are offered by an account that may speak."""
        try:
            account = await self._accounts.find(oa)
        except AccountsClosed as error:
            raise not_known(error) from error
        if account is None or account.status is AccountStatus.OFF:
            fault = SendError(SendCode.MISCONFIGURED, "the account is off", retryable=True)
            self._lines.note(oa, fault)
            raise fault
        is_plain = account.plain_until and self._clock.now() < account.plain_until
        return Offering.OFF if is_plain else self._manner.offering

    async def _give(self, part: Part, turn: MinuteTurn | None) -> str:
        try:
            external_id = await self._giving.give(part, turn)
        except ZaloRefused as fault:
            if fault.code.kind not in UNFIT or not (part.piece.plain or part.piece.spare):
                raise self._noted(part, fault) from fault
            return await self._plainer(part)
        except ZaloFault as fault:
            raise self._noted(part, fault) from fault
        self._lines.works(part.to.oa)
        return external_id

    async def _plainer(self, part: Part) -> str:
        """Send what was not taken as text at once, and nothing else to press for a while."""
        if part.piece.spare:
            return ""
        await self._accounts.plain(part.to.oa, self._clock.now() + PLAIN_FOR)
        first, *later = plainly(part)
        return await self._parts.follow(later, await self._give(first, None))

    def _noted(self, part: Part, fault: ZaloFault) -> SendError:
        error = meaning(fault)
        self._lines.note(part.to.oa, error)
        if error.code is SendCode.NO_QUOTA:
            wait = LOOK_FOR_QUOTA
            return SendError(error.code, error.detail, retryable=True, retry_after=wait)
        return error


def _follower(chat: str) -> Follower:
    try:
        return Follower.of(chat)
    except ValueError as error:
        raise SendError(SendCode.REFUSED, str(error), retryable=False) from error
