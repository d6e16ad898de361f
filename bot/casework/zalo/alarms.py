"""What of an account a person must hear of; pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.channels.zalo.accounts import AccountStatus
from bot.channels.zalo.hosts import Host
from bot.channels.zalo.packages import is_linked, package_end
from bot.channels.zalo.tally import Refusal, stuck_of
from bot.clock import VIETNAM
from bot.storage.zalo_alarm_rows import Calm
from bot.storage.zalo_overview_rows import AccountState, Mark

PACKAGE_SOON: Final = timedelta(days=30)
PACKAGE_VERY_SOON: Final = timedelta(days=7)
A_DAY: Final = timedelta(days=1)
LONG_AGO: Final = datetime(2020, 1, 1, tzinfo=UTC)
# So many people within so many days make a silence of a day strange.
BUSY_DAYS: Final = timedelta(days=7)
BUSY_PEOPLE: Final = 20
# Numbers that say that nobody pays; of them those that no Cloud Account is linked.
UNLINKED: Final = frozenset({(Host.API, -320), (Host.BUSINESS, -136)})
MONEY: Final = UNLINKED | {(Host.API, -321), (Host.BUSINESS, -115), (Host.BUSINESS, -137)}


class AlarmKind(StrEnum):
    """Why somebody is told."""

    CONSENT = "consent"  # a new consent is needed; until then replies wait
    FAULT = "fault"  # of the tokens, and may pass
    PACKAGE_OVER = "package_over"
    PACKAGE_WEEK = "package_week"
    PACKAGE_MONTH = "package_month"
    MONEY = "money"
    WAITING = "waiting"  # replies wait until they can be paid for
    REFUSED = "refused"  # Zalo refuses something until somebody sets it right
    SILENT = "silent"


def alarms_of(
    account: AccountState,
    marks: Iterable[Mark],
    quiet: Calm | None,
    now: datetime,
    *,
    owes: bool = False,
    waiting: int = 0,
) -> tuple[AlarmKind, ...]:
    """Give what is wrong with an account, the worst first; nothing of one switched off.

    ``owes`` tells that news wait to be paid for, ``waiting`` how many replies do.
    """
    if account.status is AccountStatus.OFF:
        return ()
    return (
        *_of_tokens(account),
        *_of_package(account, now),
        *_of_calls(refusals_of(account, marks, now, owes=owes or waiting > 0), waiting),
        *_of_quiet(quiet),
    )


def refusals_of(
    account: AccountState, marks: Iterable[Mark], now: datetime, *, owes: bool = False
) -> list[Refusal]:
    """Give what Zalo refused within a day until somebody sets it right, and was not set right.

    Set right it is once Zalo takes the same, the account is connected anew, or its page tells of
    the Cloud Account that was missing. Money that lacks is told of as long as the account
    ``owes``: what waits for it is not tried, so nothing is refused anew.
    """
    return [
        one
        for one in _stuck(account, marks)
        if one.at >= now - A_DAY or (owes and is_of_money(one))
    ]


def lacks_money(account: AccountState, marks: Iterable[Mark]) -> bool:
    """Tell whether Zalo said, however long ago, that nobody pays, and nothing since tells else."""
    return any(map(is_of_money, _stuck(account, marks)))


def _stuck(account: AccountState, marks: Iterable[Mark]) -> list[Refusal]:
    since = account.connected_at or LONG_AGO
    return [one for one in stuck_of(marks, since) if not _is_linked(account, one)]


def is_of_money(one: Refusal) -> bool:
    """Tell whether nobody pays."""
    return (one.code.host, one.code.number) in MONEY


def _is_linked(account: AccountState, one: Refusal) -> bool:
    was_not = (one.code.host, one.code.number) in UNLINKED
    looked = account.told_at is not None and account.told_at > one.at
    return was_not and looked and bool(is_linked(account.told))


def _of_tokens(account: AccountState) -> Iterator[AlarmKind]:
    if account.status is AccountStatus.CONSENT_NEEDED:
        yield AlarmKind.CONSENT
    elif account.fault:
        yield AlarmKind.FAULT


def _of_package(account: AccountState, now: datetime) -> Iterator[AlarmKind]:
    ends = package_end(account.told)
    if ends is None:
        return
    left = ends - now.astimezone(VIETNAM).date()
    if left < timedelta():
        yield AlarmKind.PACKAGE_OVER
    elif left <= PACKAGE_VERY_SOON:
        yield AlarmKind.PACKAGE_WEEK
    elif left <= PACKAGE_SOON:
        yield AlarmKind.PACKAGE_MONTH


def _of_calls(refused: Iterable[Refusal], waiting: int) -> Iterator[AlarmKind]:
    of_money = {is_of_money(one) for one in refused}
    if True in of_money:
        yield AlarmKind.MONEY
    if waiting:
        yield AlarmKind.WAITING
    if False in of_money:
        yield AlarmKind.REFUSED


def _of_quiet(quiet: Calm | None) -> Iterator[AlarmKind]:
    if quiet and quiet.people >= BUSY_PEOPLE:
        yield AlarmKind.SILENT
