"""An Official Account as officials read of it: how it does, what is wrong and what to do."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.channels.zalo.accounts import AccountStatus
from bot.channels.zalo.packages import package_end
from bot.channels.zalo.tally import TOOK
from bot.console.formats import day, moment, number
from bot.console.words import say, wording
from bot.storage.zalo_overview_rows import (
    AccountState,
    Mark,
    Quota,
    last_replies,
    last_words,
    marks_of,
    quotas_of,
    states_at,
)

# A consent that ends so soon is told of.
SOON: Final = timedelta(days=14)
PACKAGE_SOON: Final = timedelta(days=30)
TONES: Final[Mapping[AccountStatus, str]] = {
    AccountStatus.CONNECTED: "good",
    AccountStatus.CONSENT_NEEDED: "bad",
    AccountStatus.OFF: "quiet",
}
Facts = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """Something counted, in words."""

    label: str
    count: int
    last_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownAccount:
    """An account on the page; ``wrong`` says what is to be done, in whole sentences.

    ``waits`` is true of one whose pair was refused, and may be tried once more.
    """

    oa_id: str
    office: str
    name: str
    status: str
    tone: str
    is_on: bool
    waits: bool
    wrong: Sequence[str]
    facts: Facts
    page: Facts
    quotas: Facts
    counted: Sequence[Counted]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What was read of several accounts at once."""

    states: Sequence[AccountState]
    quotas: Mapping[str, Sequence[Quota]]
    marks: Mapping[str, Sequence[Mark]]
    words: Mapping[str, datetime]
    replies: Mapping[str, datetime]


async def seen(connection: AsyncConnection, offices: Collection[str] | None) -> Seen:
    """Read the accounts of ``offices``, of all when ``None``."""
    states = await states_at(connection, offices)
    accounts = [one.oa_id for one in states]
    return Seen(
        states=states,
        quotas=await quotas_of(connection, accounts),
        marks=await marks_of(connection, accounts),
        words=await last_words(connection, accounts),
        replies=await last_replies(connection),
    )


def shown(all_seen: Seen, now: datetime) -> Sequence[ShownAccount]:
    """Give the accounts in words."""
    return [_shown(one, all_seen, now) for one in all_seen.states]


def _shown(one: AccountState, all_seen: Seen, now: datetime) -> ShownAccount:
    return ShownAccount(
        oa_id=one.oa_id,
        office=one.office,
        name=one.name or one.oa_id,
        status=say(f"zalo_status.{one.status}"),
        tone=TONES[one.status],
        is_on=one.status is not AccountStatus.OFF,
        waits=one.status is AccountStatus.CONSENT_NEEDED,
        wrong=[*_wrong(one, now)],
        facts=[*_facts(one, all_seen)],
        page=[*_page(one)],
        quotas=[*_quotas(all_seen.quotas.get(one.oa_id, ()))],
        counted=[
            _counted(mark)
            for mark in all_seen.marks.get(one.oa_id, ())
            if not mark.mark.startswith(TOOK)
        ],
    )


def _wrong(one: AccountState, now: datetime) -> Iterator[str]:
    if one.status is AccountStatus.OFF:
        return
    if one.status is AccountStatus.CONSENT_NEEDED:
        yield say("zalo.consent_needed")
    if one.fault:
        yield fault_words(one.fault)
    if one.refresh_until and one.refresh_until - now < SOON:
        yield say("zalo.consent_ends", at=moment(one.refresh_until))
    ends = package_end(one.told)
    if ends and ends - now.date() <= PACKAGE_SOON:
        is_over = ends < now.date()
        yield say("zalo.package_ended" if is_over else "zalo.package_ends", day=day(ends))
    if one.told and not one.told.get("is_verified", True):
        yield say("zalo.not_verified")
    if one.plain_until and one.plain_until > now:
        yield say("zalo.plain_until", at=moment(one.plain_until))


def fault_words(fault: str) -> str:
    """Say a fault and what to do; one that nobody named is told by its code."""
    key = f"zalo_faults.{fault}"
    return say(key) if key in wording().sentences else say("zalo.other_fault", fault=fault)


def _facts(one: AccountState, all_seen: Seen) -> Iterator[tuple[str, str]]:
    yield say("zalo.account"), one.oa_id
    told: Mapping[str, datetime | None] = {
        "connected_at": one.connected_at,
        "refreshed_at": one.refreshed_at,
        "access_until": one.access_until,
        "refresh_until": one.refresh_until,
        "last_word": all_seen.words.get(one.oa_id),
        "last_reply": all_seen.replies.get(one.oa_id),
    }
    for name, at in told.items():
        yield say(f"zalo.{name}"), moment(at) if at else say("zalo.never")


def _page(one: AccountState) -> Iterator[tuple[str, str]]:
    """Give what the account's page at Zalo tells; a field it leaves out is left out."""
    told: Mapping[str, Any] = one.told
    if one.told_at is None:
        return
    yield say("zalo.told_at"), moment(one.told_at)
    if "is_verified" in told:
        yield say("zalo.verified"), say("zalo.yes" if told["is_verified"] else "zalo.no")
    if "package_name" in told:
        yield say("zalo.package"), str(told["package_name"] or say("zalo.none"))
    if until := _package_until(told):
        yield say("zalo.package_until"), until
    if "linked_ZCA" in told:
        yield say("zalo.linked"), say("zalo.yes" if told["linked_ZCA"] else "zalo.no")
    if isinstance(told.get("num_follower"), int):
        yield say("zalo.followers"), number(told["num_follower"])


def _package_until(told: Mapping[str, Any]) -> str:
    ends: date | None = package_end(told)
    return day(ends) if ends else str(told.get("package_valid_through_date") or "")


def _quotas(quotas: Sequence[Quota]) -> Iterator[tuple[str, str]]:
    for one in quotas:
        gaps = {"remain": one.remain, "read": moment(one.read_at)}
        if one.total is None:
            left = say("zalo.left", **gaps)
        else:
            left = say("zalo.left_of", total=one.total, **gaps)
        ends = say("zalo.until", day=moment(one.until)) if one.until else ""
        name = f"zalo_quotas.{one.kind}"
        known = say(name) if name in wording().sentences else one.kind
        yield known, f"{left} {ends}".strip()


def _counted(mark: Mark) -> Counted:
    return Counted(label=mark_words(mark.mark), count=mark.count, last_at=mark.last_at)


def mark_words(mark: str) -> str:
    """Say what was counted; ``kind:rest`` where only the kind has words, and else as it stands."""
    kind, _, rest = mark.partition(":")
    whole = f"zalo_marks.{mark.replace(':', '_').replace('-', 'minus_')}"
    if whole in wording().sentences:
        return say(whole)
    if f"zalo_marks.{kind}" in wording().sentences:
        return say(f"zalo_marks.{kind}", rest=rest)
    return mark
