"""An Official Account as officials read of it: how it does, what is wrong and what to do."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.casework.zalo.alarming import owing_of, waiting_of
from bot.casework.zalo.standing import Standing
from bot.channels.zalo.accounts import AccountStatus
from bot.console.formats import moment, number
from bot.console.words import say
from bot.console.zalo.checking import Check, Known, Tone, checks_of, quota_name
from bot.console.zalo.counting import Counted, counted
from bot.storage.zalo_overview_rows import (
    AccountState,
    Mark,
    Quota,
    last_replies,
    last_words,
    marks_of,
    quotas_of,
    states_at,
    template_users,
)

TONES: Final[Mapping[Standing, str]] = {
    Standing.CONNECTED: "good",
    Standing.MUTE: "bad",
    Standing.CONSENT_NEEDED: "bad",
    Standing.OFF: "quiet",
}
Facts = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownAccount:
    """An account on the page; ``checks`` say what is to be done, in whole sentences.

    ``waits`` is true of one whose pair was refused, and may be tried once more.
    """

    oa_id: str
    office: str
    name: str
    status: str
    tone: str
    is_on: bool
    waits: bool
    checks: Sequence[Check]
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
    template_users: frozenset[str]
    owing: frozenset[str]
    waiting: Mapping[str, int]


async def seen(connection: AsyncConnection, offices: Collection[str] | None) -> Seen:
    """Read the accounts of ``offices``, of all when ``None``."""
    states = await states_at(connection, offices)
    accounts = [one.oa_id for one in states]
    marks = await marks_of(connection, accounts)
    return Seen(
        states=states,
        quotas=await quotas_of(connection, accounts),
        marks=marks,
        words=await last_words(connection, accounts),
        replies=await last_replies(connection),
        template_users=await template_users(connection, accounts),
        owing=await owing_of(connection, states, marks),
        waiting=await waiting_of(connection, states, marks),
    )


def shown(all_seen: Seen, now: datetime, *, pays: bool) -> Sequence[ShownAccount]:
    """Give the accounts in words; ``pays`` tells that all of them may send what costs money."""
    return [_shown(one, all_seen, now, pays) for one in all_seen.states]


def checked(all_seen: Seen, now: datetime, *, pays: bool) -> Sequence[Check]:
    """Give what is to be looked at of the accounts."""
    of_each = (checks_of(_known(one, all_seen, pays), now) for one in all_seen.states)
    return [check for checks in of_each for check in checks]


def _known(one: AccountState, all_seen: Seen, pays: bool) -> Known:
    return Known(
        state=one,
        marks=all_seen.marks.get(one.oa_id, ()),
        quotas=all_seen.quotas.get(one.oa_id, ()),
        pays=pays or one.oa_id in all_seen.template_users,
        owes=one.oa_id in all_seen.owing,
        waiting=all_seen.waiting.get(one.oa_id, 0),
    )


def _shown(one: AccountState, all_seen: Seen, now: datetime, pays: bool) -> ShownAccount:
    known = _known(one, all_seen, pays)
    checks = checks_of(known, now)
    status, tone = _badge(known.standing(now), checks)
    return ShownAccount(
        oa_id=one.oa_id,
        office=one.office,
        name=one.name or one.oa_id,
        status=status,
        tone=tone,
        is_on=one.status is not AccountStatus.OFF,
        waits=one.status is AccountStatus.CONSENT_NEEDED,
        checks=checks,
        facts=[*_facts(one, all_seen, now)],
        page=[*_page(one)],
        quotas=[*_quotas(all_seen.quotas.get(one.oa_id, ()))],
        counted=counted(all_seen.marks.get(one.oa_id, ())),
    )


def _badge(standing: Standing, checks: Sequence[Check]) -> tuple[str, str]:
    """Say how an account stands in a word, and its tone: never good where a check is bad."""
    if standing is Standing.CONNECTED and any(one.tone is Tone.BAD for one in checks):
        return say("zalo_status.troubled"), "warn"
    return say(f"zalo_status.{standing}"), TONES[standing]


def _facts(one: AccountState, all_seen: Seen, now: datetime) -> Iterator[tuple[str, str]]:
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
    if one.plain_until and one.plain_until > now:
        yield say("zalo.buttons"), say("zalo.plain_until", at=moment(one.plain_until))


def _page(one: AccountState) -> Iterator[tuple[str, str]]:
    """Give what the account's page at Zalo tells; a field it leaves out is left out."""
    told: Mapping[str, Any] = one.told
    if one.told_at is None:
        return
    yield say("zalo.told_at"), moment(one.told_at)
    if isinstance(told.get("num_follower"), int):
        yield say("zalo.followers"), number(told["num_follower"])


def _quotas(quotas: Sequence[Quota]) -> Iterator[tuple[str, str]]:
    for one in quotas:
        gaps = {"remain": one.remain, "read": moment(one.read_at)}
        if one.total is None:
            left = say("zalo.left", **gaps)
        else:
            left = say("zalo.left_of", total=one.total, **gaps)
        ends = say("zalo.until", day=moment(one.until)) if one.until else ""
        yield quota_name(one.kind), f"{left} {ends}".strip()
