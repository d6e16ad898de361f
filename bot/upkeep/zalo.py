"""What is read of Zalo's accounts by the clock, and when an officer asks: templates, quotas."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final

import structlog
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from bot.channels.zalo.accounts import Accounts, AccountStatus
from bot.channels.zalo.asking import Asking
from bot.channels.zalo.faults import ZaloFault
from bot.channels.zalo.quotas import PURSES, Quotas
from bot.channels.zalo.templates import Templates
from bot.clock import VIETNAM, Clock
from bot.storage.database import Database
from bot.storage.zalo_quota_rows import keep_quota
from bot.storage.zalo_template_rows import keep_templates
from bot.upkeep.ticking import Tick

# Templates change seldom; quotas are told by answers as well.
TEMPLATES_AT: Final = CronTrigger(hour="5,11,17", minute=20, timezone=VIETNAM, jitter=1200)
QUOTAS_AT: Final = CronTrigger(minute=35, timezone=VIETNAM, jitter=600)
ANSWERS_SECONDS: Final = 60
log = structlog.get_logger()


class AccountReading:
    """Reads of each connected account what is kept of it; one that fails holds up no other."""

    def __init__(
        self, database: Database, asking: Asking, accounts: Accounts, clock: Clock
    ) -> None:
        """Ask by ``asking`` and keep in ``database``."""
        self._database = database
        self._templates = Templates(asking)
        self._quotas = Quotas(asking)
        self._accounts = accounts
        self._clock = clock

    async def templates(self, oa: str) -> int:
        """Read the templates of an account, all or none; give how many.

        Raises:
            ZaloFault: a call failed; what was known before stays.
        """
        listed = await self._templates.listed(oa)
        told = [await self._templates.told(oa, one) for one in listed]
        async with self._database.writing() as connection:
            await keep_templates(connection, oa, told, at=self._clock.now())
        return len(told)

    async def quotas(self, oa: str) -> None:
        """Read what is left to an account.

        Raises:
            ZaloFault: a call failed; what was read before it is kept.
        """
        now = self._clock.now()
        found = [await self._quotas.messages(oa, purse) for purse in PURSES]
        found.append(await self._quotas.templates(oa, now))
        async with self._database.writing() as connection:
            for left in filter(None, found):
                await keep_quota(connection, oa, left, at=now)

    async def every_template(self) -> int:
        """Read the templates of all accounts; give of how many accounts."""
        return sum([await self._done(oa, templates=True) for oa in await self._connected()])

    async def every_quota(self) -> int:
        """Read the quotas of all accounts; give of how many."""
        return sum([await self._done(oa, templates=False) for oa in await self._connected()])

    async def _done(self, oa: str, *, templates: bool) -> bool:
        try:
            await (self.templates(oa) if templates else self.quotas(oa))
        except ZaloFault as fault:
            log.warning("zalo_account_not_read", account=oa, error=str(fault))
            return False
        return True

    async def _connected(self) -> list[str]:
        known = await self._accounts.every()
        return [one.oa_id for one in known if one.status is AccountStatus.CONNECTED]


def reading_ticks(reading: AccountReading) -> list[Tick]:
    """Give the ticks of accounts."""
    return [
        Tick(name="zalo_templates", when=TEMPLATES_AT, act=reading.every_template),
        Tick(name="zalo_quotas", when=QUOTAS_AT, act=reading.every_quota),
    ]


def answer_ticks(act: Callable[[], Awaitable[int]]) -> list[Tick]:
    """Give the tick that tells of answers nobody could hear in the chat."""
    when = IntervalTrigger(seconds=ANSWERS_SECONDS)
    return [Tick(name="zalo_answer_templates", when=when, act=act)]
