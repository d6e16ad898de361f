"""A tick: who may connect an account hears in their own chat that it needs them.

Told once when it begins and once a day while it lasts, and never over the account that is broken.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Final

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.bell import Bell
from bot.casework.telling_officers import tell_officer
from bot.casework.zalo.alarms import A_DAY, BUSY_DAYS, AlarmKind, alarms_of
from bot.channels.zalo.accounts import AccountStatus
from bot.channels.zalo.addresses import Follower
from bot.clock import Clock
from bot.messages import ChannelName, CitizenAddress, Reply
from bot.officials.permissions import Action, permissions
from bot.storage.database import Database
from bot.storage.post_holder_rows import nearest_holders
from bot.storage.zalo_alarm_rows import alarmed_at, calm_of, note_alarmed
from bot.storage.zalo_overview_rows import AccountState, marks_of, states_at

WORDS: Final = Path(__file__).with_name("alarms.vi.toml")
AGAIN_AFTER: Final = timedelta(days=1)
Lineage = Callable[[str], Sequence[str]]
Alarmed = tuple[AccountState, tuple[AlarmKind, ...]]
log = structlog.get_logger()


@cache
def alarm_words() -> Mapping[str, str]:
    """Give the words of the alarms by name."""
    told: dict[str, str] = tomllib.loads(WORDS.read_text(encoding="utf-8"))["alarms"]
    return told


async def alarmed(
    connection: AsyncConnection, offices: frozenset[str] | None, now: datetime
) -> Sequence[Alarmed]:
    """Give the accounts of ``offices``, of all when ``None``, that need somebody, and why."""
    return [one for one in await _judged(connection, offices, now) if one[1]]


async def account_words(connection: AsyncConnection, now: datetime) -> Mapping[str, str]:
    """Give how each account stands in one word: ``off``, its worst ``AlarmKind``, or ``ok``."""
    return {
        account.oa_id: "off" if account.status is AccountStatus.OFF else str([*kinds, "ok"][0])
        for account, kinds in await _judged(connection, None, now)
    }


async def _judged(
    connection: AsyncConnection, offices: frozenset[str] | None, now: datetime
) -> Sequence[Alarmed]:
    states = await states_at(connection, offices)
    accounts = [one.oa_id for one in states]
    marks = await marks_of(connection, accounts)
    calm = await calm_of(connection, accounts, now - A_DAY, now - BUSY_DAYS)
    return [
        (one, alarms_of(one, marks.get(one.oa_id, ()), calm.get(one.oa_id), now)) for one in states
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarming:
    """Tells officers of accounts that need them; ``lineage`` gives an office and those above.

    Which kinds rang is remembered in the process alone: after a start what rings already waits for
    its day.
    """

    database: Database
    clock: Clock
    bell: Bell
    kept: frozenset[ChannelName]
    lineage: Lineage
    show: Callable[[int], None]
    rang: dict[str, frozenset[AlarmKind]] = field(default_factory=dict)

    async def alarm(self) -> int:
        """Tell what was not told within the day; give of how many accounts."""
        now = self.clock.now()
        heard: list[CitizenAddress] = []
        async with self.database.writing() as connection:
            before = await alarmed_at(connection)
            found = await alarmed(connection, None, now)
            due = [
                one
                for one in found
                if _is_due(one[0], before[one[0].oa_id], now) or self._is_new(*one)
            ]
            for account, kinds in due:
                heard += await self._tell(connection, account, kinds, now)
                await note_alarmed(connection, account.oa_id, now)
                log.error("zalo_account_alarm", account=account.oa_id, why=list(map(str, kinds)))
            ringing = {account.oa_id for account, _ in found}
            for oa_id in [one for one, at in before.items() if at and one not in ringing]:
                await note_alarmed(connection, oa_id, None)
        self.rang.clear()
        self.rang.update({account.oa_id: frozenset(kinds) for account, kinds in found})
        self.show(len(found))
        for address in heard:
            self.bell.ring(address.conversation)
            self.bell.ring(address.channel)
        return len(due)

    def _is_new(self, account: AccountState, kinds: Sequence[AlarmKind]) -> bool:
        """Tell whether something else went wrong than what was told."""
        rang = self.rang.get(account.oa_id)
        return rang is not None and not rang.issuperset(kinds)

    async def _tell(
        self,
        connection: AsyncConnection,
        account: AccountState,
        kinds: Sequence[AlarmKind],
        now: datetime,
    ) -> Sequence[CitizenAddress]:
        roles = sorted(permissions()[Action.ZALO_CONNECT])
        line = tuple(self.lineage(account.office))
        told = []
        for officer in sorted(await nearest_holders(connection, roles, line)):
            said = await tell_officer(
                connection,
                officer,
                _message(account, kinds),
                at=now,
                kept=self.kept,
                but=lambda address: is_of(address, account.oa_id),
            )
            told += [said.address] if said else []
        return told


def _is_due(account: AccountState, before: datetime | None, now: datetime) -> bool:
    """Tell whether somebody is to be told now: a new fault of the tokens does not wait."""
    if before is None or now - before >= AGAIN_AFTER:
        return True
    return account.fault_at is not None and account.fault_at > before


def is_of(address: CitizenAddress, oa_id: str) -> bool:
    """Tell whether an address is reached by an account."""
    return address.channel is ChannelName.ZALO and Follower.of(address.user_id).oa == oa_id


def _message(account: AccountState, kinds: Sequence[AlarmKind]) -> Reply:
    say = alarm_words()
    head = say["head"].format(name=account.name or account.oa_id)
    return Reply("\n".join([head, *(say[kind] for kind in kinds)]))
