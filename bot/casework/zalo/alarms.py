"""What of an account a person must hear of; pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.channels.zalo.accounts import AccountStatus
from bot.channels.zalo.packages import package_end
from bot.clock import VIETNAM
from bot.storage.zalo_alarm_rows import Calm
from bot.storage.zalo_overview_rows import AccountState, Mark

PACKAGE_SOON: Final = timedelta(days=30)
PACKAGE_VERY_SOON: Final = timedelta(days=7)
A_DAY: Final = timedelta(days=1)
# So many people within so many days make a silence of a day strange.
BUSY_DAYS: Final = timedelta(days=7)
BUSY_PEOPLE: Final = 20
# Error numbers that say that nobody pays (Open API: -32x; templates: -13x).
MONEY: Final = ("-320", "-321", "-136", "-137")


class AlarmKind(StrEnum):
    """Why somebody is told."""

    CONSENT = "consent"  # a new consent is needed; until then replies wait
    FAULT = "fault"  # tokens cannot be refreshed just now
    PACKAGE_OVER = "package_over"
    PACKAGE_WEEK = "package_week"
    PACKAGE_MONTH = "package_month"
    MONEY = "money"
    SILENT = "silent"


def alarms_of(
    account: AccountState, marks: Iterable[Mark], quiet: Calm | None, now: datetime
) -> tuple[AlarmKind, ...]:
    """Give what is wrong with an account, the worst first; nothing of one switched off."""
    if account.status is AccountStatus.OFF:
        return ()
    return (*_of_tokens(account), *_of_package(account, now), *_of_use(marks, quiet, now))


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


def _of_use(marks: Iterable[Mark], quiet: Calm | None, now: datetime) -> Iterator[AlarmKind]:
    if any(one.mark.endswith(MONEY) and now - one.last_at < A_DAY for one in marks):
        yield AlarmKind.MONEY
    if quiet and quiet.people >= BUSY_PEOPLE:
        yield AlarmKind.SILENT
