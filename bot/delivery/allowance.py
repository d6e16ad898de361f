"""What sending news by an account's other ways has in common: what is left, and a closed store."""

from __future__ import annotations

from typing import Final, Protocol

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.channels.zalo.accounts import AccountsClosed
from bot.channels.zalo.purses import PursesClosed
from broadcasts.delivery.answers import Answer, Fault

# Seconds until a row asks again for its article.
READY_IN: Final = 5.0
NOT_READY: Final = Answer(fault=Fault.NOT_READY, retryable=True, retry_after=READY_IN)
# The store cannot be asked: nothing was called, or what is written down is merely a help.
STORE_CLOSED: Final = (SQLAlchemyError, OSError, AccountsClosed, PursesClosed)
# Seconds until it is tried again where it could not be noted that nothing is left.
UNNOTED: Final = 3600.0
NOT_CONNECTED: Final = Answer(fault=Fault.MISCONFIGURED, retryable=True)
log = structlog.get_logger()


class Allowance(Protocol):
    """How much of what Zalo gives in a number a month or a day is left, as its answers told."""

    async def wait(self, oa: str, kind: str) -> float:
        """Give for how many seconds there is nothing of a kind left; mostly 0."""
        ...

    async def used_up(self, oa: str, kind: str) -> float:
        """Note that nothing is left until the next time; give for how many seconds."""
        ...


async def used_up(allowance: Allowance, oa: str, kind: str) -> float:
    """Note that nothing is left, if it can be noted; give for how many seconds."""
    try:
        return await allowance.used_up(oa, kind)
    except STORE_CLOSED as error:
        log.warning("quota_not_noted", error=type(error).__name__)
        return UNNOTED
