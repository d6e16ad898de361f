"""Calls in an account's name: with its token, and counted among the calls of its minute."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final, Protocol

from bot.channels.pace.budget import PATIENCE
from bot.channels.pace.waiting import NoTurn
from bot.channels.zalo.answers import Answered
from bot.channels.zalo.client import Upload, ZaloClient
from bot.channels.zalo.codes import Kind
from bot.channels.zalo.faults import Crowded, ZaloFault, ZaloRefused, ZaloUnreachable
from bot.channels.zalo.hosts import Host
from bot.channels.zalo.limits import NO_LIMITS
from bot.channels.zalo.pace import MinutePace
from bot.channels.zalo.paces import Paces
from bot.channels.zalo.shapes import Json
from bot.channels.zalo.tally import Tally, counts_nothing, feature_of, refused_mark, taken_mark
from bot.channels.zalo.turns import MinuteTurn
from bot.messages import Priority

Call = Callable[[str], Awaitable[Answered]]


class Tokens(Protocol):
    """Makes calls with an account's token; see ``bot.channels.zalo.tokens``."""

    async def calling(self, oa_id: str, call: Call) -> Answered:
        """Make a call with a token; where Zalo refuses the token, once more with another."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """How a call takes its turn: behind whom, how long it waits, or in one that is held.

    ``paid`` tells that Zalo takes money for what it does, where the path alone does not tell.
    """

    priority: Priority = Priority.BROADCAST
    patience: float = PATIENCE
    turn: MinuteTurn | None = None
    paid: bool = False


BEHIND_REPLIES: Final = Wish()


@dataclass(frozen=True, slots=True)
class _To:
    """Whose call it is, and of what."""

    oa: str
    host: Host
    path: str


class Calling:
    """Implements ``bot.channels.zalo.asking.Asking``, and brings files."""

    def __init__(
        self, client: ZaloClient, tokens: Tokens, paces: Paces, tally: Tally = counts_nothing
    ) -> None:
        """Call by ``client`` with the tokens of ``tokens``, in turns of ``paces``."""
        self._client = client
        self._tokens = tokens
        self._paces = paces
        self._tally = tally

    async def get(
        self, oa: str, path: str, asked: Json | None = None, *, host: Host = Host.API
    ) -> Answered:
        """Ask; see ``Asking``."""
        return await self._make(
            _To(oa, host, path),
            lambda token: self._client.get(path, asked, token=token, host=host),
            BEHIND_REPLIES,
        )

    async def post(
        self,
        oa: str,
        path: str,
        told: Json,
        *,
        host: Host = Host.API,
        wish: Wish = BEHIND_REPLIES,
    ) -> Answered:
        """Tell; see ``Asking``."""
        return await self._make(
            _To(oa, host, path),
            lambda token: self._client.post(path, told, token=token, host=host),
            wish,
        )

    async def upload(self, oa: str, path: str, file: Upload, *, wish: Wish) -> Answered:
        """Bring a file; raises ``ZaloFault`` as ``Asking`` does."""
        return await self._make(
            _To(oa, Host.API, path),
            lambda token: self._client.upload(path, file, token=token),
            wish,
        )

    async def _make(self, to: _To, call: Call, wish: Wish) -> Answered:
        """Make a call; the one that shows a new token has a turn of its own."""
        pace = self._paces.of(to.oa)
        held = [wish.turn] if wish.turn else []

        async def counted(token: str) -> Answered:
            given = held.pop() if held else None
            turn = await _begun(pace, to.oa, wish, given)
            return await self._tallied(to, wish, _ended(pace, turn, call(token)))

        return await self._tokens.calling(to.oa, counted)

    async def _tallied(self, to: _To, wish: Wish, answering: Awaitable[Answered]) -> Answered:
        """Count what became of a call that Zalo answered."""
        feature = feature_of(to.path, paid=wish.paid)
        try:
            answer = await answering
        except ZaloRefused as fault:
            self._tally(to.oa, refused_mark(fault.code, feature))
            raise
        self._tally(to.oa, taken_mark(to.host, feature))
        return answer


async def _begun(pace: MinutePace, oa: str, wish: Wish, given: MinuteTurn | None) -> MinuteTurn:
    try:
        turn = given or await pace.turn(oa, wish.priority, patience=wish.patience)
        return await pace.use(turn)
    except NoTurn as error:
        raise Crowded(error.wait) from None


async def _ended(pace: MinutePace, turn: MinuteTurn, answering: Awaitable[Answered]) -> Answered:
    limits = NO_LIMITS
    try:
        answer = await answering
        limits = answer.limits
    except ZaloFault as fault:
        limits = fault.limits
        if _is_for_the_rate(fault):
            await pace.refused()
        raise
    finally:
        turn.over()
        pace.answered(limits)
    return answer


def _is_for_the_rate(fault: ZaloFault) -> bool:
    if isinstance(fault, ZaloRefused):
        return fault.code.kind is Kind.BACK_OFF
    return isinstance(fault, ZaloUnreachable) and fault.is_flood
