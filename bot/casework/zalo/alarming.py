"""A tick: who may connect an account hears in their own chat that it needs them.

Told once when it begins and once a day while it lasts, and never over the account that is broken.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, NamedTuple

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.bell import Bell
from bot.casework.telling_officers import tell_officer
from bot.casework.zalo.alarms import A_DAY, BUSY_DAYS, AlarmKind, alarms_of, lacks_money
from bot.casework.zalo.wording import alarm_sentences, words_of
from bot.channels.zalo.accounts import AccountStatus
from bot.channels.zalo.addresses import Follower
from bot.channels.zalo.tally import is_unpaid
from bot.clock import Clock
from bot.messages import ChannelName, CitizenAddress, Reply
from bot.officials.permissions import Action, permissions
from bot.storage.database import Database
from bot.storage.post_holder_rows import nearest_holders
from bot.storage.zalo_alarm_rows import Rang, calm_of, note_alarmed, note_ringing, owing, rang_of
from bot.storage.zalo_overview_rows import AccountState, Mark, marks_of, states_at
from bot.storage.zalo_waiting_rows import waiting_at

AGAIN_AFTER: Final = timedelta(days=1)
Lineage = Callable[[str], Sequence[str]]
log = structlog.get_logger()


class Alarmed(NamedTuple):
    """An account, what is wrong with it, and how many replies wait to be paid for."""

    account: AccountState
    kinds: tuple[AlarmKind, ...]
    waiting: int


async def alarmed(
    connection: AsyncConnection, offices: frozenset[str] | None, now: datetime
) -> Sequence[Alarmed]:
    """Give the accounts of ``offices``, of all when ``None``, that need somebody, and why."""
    return [one for one in await _judged(connection, offices, now) if one.kinds]


async def account_words(connection: AsyncConnection, now: datetime) -> Mapping[str, str]:
    """Give how each account stands in one word: ``off``, its worst ``AlarmKind``, or ``ok``."""
    return {
        account.oa_id: "off" if account.status is AccountStatus.OFF else str([*kinds, "ok"][0])
        for account, kinds, _ in await _judged(connection, None, now)
    }


async def _judged(
    connection: AsyncConnection, offices: frozenset[str] | None, now: datetime
) -> Sequence[Alarmed]:
    states = await states_at(connection, offices)
    accounts = [one.oa_id for one in states]
    marks = await marks_of(connection, accounts)
    calm = await calm_of(connection, accounts, now - A_DAY, now - BUSY_DAYS)
    owe = await owing_of(connection, states, marks)
    waits = await waiting_of(connection, states, marks)
    found = []
    for one in states:
        told = marks.get(one.oa_id, ())
        owes, waiting = one.oa_id in owe, waits.get(one.oa_id, 0)
        kinds = alarms_of(one, told, calm.get(one.oa_id), now, owes=owes, waiting=waiting)
        found.append(Alarmed(one, kinds, waiting))
    return found


async def owing_of(
    connection: AsyncConnection,
    states: Sequence[AccountState],
    marks: Mapping[str, Sequence[Mark]],
) -> frozenset[str]:
    """Give the accounts to which Zalo said that money lacks, and for which news wait for it.

    The news are asked for only where such a refusal is known: mostly there is none.
    """
    unpaid = [one.oa_id for one in states if lacks_money(one, marks.get(one.oa_id, ()))]
    return await owing(connection, unpaid) if unpaid else frozenset()


async def waiting_of(
    connection: AsyncConnection,
    states: Sequence[AccountState],
    marks: Mapping[str, Sequence[Mark]],
) -> Mapping[str, int]:
    """Give how many replies wait to be paid for, by account.

    They are counted only where one of them could not be paid for: mostly there is none.
    """
    unpaid = [one.oa_id for one in states if is_unpaid(marks.get(one.oa_id, ()))]
    return await waiting_at(connection, unpaid) if unpaid else {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarming:
    """Tells officers of accounts that need them; ``lineage`` gives an office and those above."""

    database: Database
    clock: Clock
    bell: Bell
    kept: frozenset[ChannelName]
    lineage: Lineage
    show: Callable[[int], None]

    async def alarm(self) -> int:
        """Tell what was not told within the day; give of how many accounts."""
        now = self.clock.now()
        heard: list[CitizenAddress] = []
        async with self.database.writing() as connection:
            before = await rang_of(connection)
            found = await _judged(connection, None, now)
            due = [one for one in found if _is_due(one, before[one.account.oa_id], now)]
            for one in due:
                heard += await self._tell(connection, one, now)
                oa_id, kinds = one.account.oa_id, one.kinds
                await note_alarmed(connection, oa_id, now)
                log.error("zalo_account_alarm", account=oa_id, why=list(map(str, kinds)))
            for account, kinds, _ in found:
                await note_ringing(connection, account.oa_id, before[account.oa_id], kinds, now)
        self.show(sum(bool(one.kinds) for one in found))
        for address in heard:
            self.bell.ring(address.conversation)
            self.bell.ring(address.channel)
        return len(due)

    async def _tell(
        self,
        connection: AsyncConnection,
        alarm: Alarmed,
        now: datetime,
    ) -> Sequence[CitizenAddress]:
        account = alarm.account
        roles = sorted(permissions()[Action.ZALO_CONNECT])
        line = tuple(self.lineage(account.office))
        told = []
        for officer in sorted(await nearest_holders(connection, roles, line)):
            said = await tell_officer(
                connection,
                officer,
                _message(alarm),
                at=now,
                kept=self.kept,
                but=lambda address: is_of(address, account.oa_id),
            )
            told += [said.address] if said else []
        return told


def _is_due(alarm: Alarmed, before: Rang, now: datetime) -> bool:
    """Tell whether somebody is to be told now: what goes wrong besides does not wait."""
    account, kinds, _ = alarm
    if not kinds:
        return False
    if before.at is None or now - before.at >= AGAIN_AFTER or not before.kinds.issuperset(kinds):
        return True
    return account.fault_at is not None and account.fault_at > before.at


def is_of(address: CitizenAddress, oa_id: str) -> bool:
    """Tell whether an address is reached by an account."""
    return address.channel is ChannelName.ZALO and Follower.of(address.user_id).oa == oa_id


def _message(alarm: Alarmed) -> Reply:
    head = words_of("alarms")["head"].format(name=alarm.account.name or alarm.account.oa_id)
    return Reply("\n• ".join([head, *alarm_sentences(*alarm)]))
