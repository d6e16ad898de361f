"""What is read of Zalo's accounts by the clock, and when asked for: pages, templates, quotas."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from datetime import timedelta
from typing import Final

import structlog
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from bot.channels.zalo.accounts import Accounts, AccountStatus
from bot.channels.zalo.asking import Asking
from bot.channels.zalo.faults import ZaloFault
from bot.channels.zalo.looking import page_of
from bot.channels.zalo.quotas import PURSES, Quotas
from bot.channels.zalo.templates import Templates
from bot.clock import VIETNAM, Clock
from bot.storage.database import Database
from bot.storage.zalo_account_rows import accounts_told_before, accounts_unread, tell_state
from bot.storage.zalo_quota_rows import keep_quota
from bot.storage.zalo_template_rows import keep_templates
from bot.upkeep.ticking import Tick

# Templates change seldom; quotas are told by answers as well.
TEMPLATES_AT: Final = CronTrigger(hour="5,11,17", minute=20, timezone=VIETNAM, jitter=1200)
QUOTAS_AT: Final = CronTrigger(minute=35, timezone=VIETNAM, jitter=600)
ANSWERS_SECONDS: Final = 60
# Who has connected an account looks at its page now: what fails is tried for some minutes.
UNREAD_SECONDS: Final = 20
NEW: Final = timedelta(minutes=5)
# Asked each hour, read once a day: what failed is tried again, what is new does not wait.
PAGES_AT: Final = CronTrigger(minute=50, timezone=VIETNAM, jitter=900)
PAGE_LASTS: Final = timedelta(hours=23)
Reading = Callable[[str], Awaitable[object]]
log = structlog.get_logger()


class AccountReading:
    """Reads of each connected account what is kept of it; one that fails holds up no other."""

    def __init__(
        self,
        database: Database,
        asking: Asking,
        accounts: Accounts,
        clock: Clock,
        *,
        count: Callable[[], Awaitable[None]],
    ) -> None:
        """Ask by ``asking`` and keep in ``database``; ``count`` writes how Zalo answered."""
        self._database = database
        self._asking = asking
        self._templates = Templates(asking)
        self._quotas = Quotas(asking)
        self._accounts = accounts
        self._count = count
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

    async def page(self, oa: str) -> None:
        """Read the page of an account (getoa).

        Raises:
            ZaloFault: the call failed; what was known before stays.
        """
        told = await page_of(self._asking, oa)
        async with self._database.writing() as connection:
            await tell_state(connection, oa, told, at=self._clock.now())

    async def count(self) -> None:
        """Write down now what was counted of the answers."""
        await self._count()

    async def every_template(self) -> int:
        """Read the templates of all accounts; give of how many accounts."""
        return await self._each(await self._connected(), self.templates)

    async def every_quota(self) -> int:
        """Read the quotas of all accounts; give of how many."""
        return await self._each(await self._connected(), self.quotas)

    async def every_unread(self) -> int:
        """Read all there is of accounts connected just now; give how many."""
        async with self._database.reading() as connection:
            new = await accounts_unread(connection, self._clock.now() - NEW)
        return await self._each(new, self._whole)

    async def every_page(self) -> int:
        """Read the pages that were not read within the day; give how many."""
        async with self._database.reading() as connection:
            due = await accounts_told_before(connection, self._clock.now() - PAGE_LASTS)
        return await self._each(due, self.page)

    async def _whole(self, oa: str) -> None:
        await self.page(oa)
        await self.templates(oa)
        await self.quotas(oa)

    async def _each(self, accounts: Iterable[str], read: Reading) -> int:
        return sum([await self._done(oa, read) for oa in accounts])

    async def _done(self, oa: str, read: Reading) -> bool:
        try:
            await read(oa)
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
        Tick(name="zalo_pages", when=PAGES_AT, act=reading.every_page),
        Tick(
            name="zalo_unread",
            when=IntervalTrigger(seconds=UNREAD_SECONDS),
            act=reading.every_unread,
        ),
        Tick(name="zalo_quotas", when=QUOTAS_AT, act=reading.every_quota),
    ]


def answer_ticks(act: Callable[[], Awaitable[int]]) -> list[Tick]:
    """Give the tick that tells of answers nobody could hear in the chat."""
    when = IntervalTrigger(seconds=ANSWERS_SECONDS)
    return [Tick(name="zalo_answer_templates", when=when, act=act)]
