"""Why a way of Zalo is closed to a text, told to officials before anybody approves it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.casework.zalo.filling import news_data
from bot.channels.zalo.accounts import Account, AccountStatus
from bot.channels.zalo.packages import may_be_linked, package_end
from bot.channels.zalo.quotas import BROADCASTS
from bot.channels.zalo.templates import faults
from bot.clock import VIETNAM
from bot.storage.zalo_account_rows import every_account, every_told
from bot.storage.zalo_quota_rows import quotas_of
from bot.storage.zalo_template_rows import Chosen, Use, chosen_for
from broadcasts.models import NewsText, Route


class Why(StrEnum):
    """Why a way is closed; the words are the page's."""

    CONSENT_NEEDED = "consent_needed"
    OFF = "off"
    NOT_VERIFIED = "not_verified"
    PACKAGE_LOW = "package_low"
    PACKAGE_OVER = "package_over"
    NO_BROADCASTS = "no_broadcasts"
    TEMPLATE_OFF = "template_off"
    TEMPLATE_UNFIT = "template_unfit"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedWay:
    """What is closed by which account, by its name."""

    why: Why
    account: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What is known of all accounts just now."""

    text: NewsText
    wanted: Collection[Route]
    at: datetime
    told: Mapping[str, Mapping[str, Any]]
    used_up: frozenset[str]
    chosen: Mapping[str, Chosen]

    def is_wanted(self, route: Route) -> bool:
        return not self.wanted or route in self.wanted


async def closed_ways(
    connection: AsyncConnection,
    text: NewsText,
    *,
    offices: Collection[str],
    wanted: Collection[Route],
    at: datetime,
) -> tuple[ClosedWay, ...]:
    """Give what keeps a text from people of ``offices``; no ``wanted`` ways mean every one."""
    accounts = [one for one in await every_account(connection) if one.office in offices]
    if not accounts:
        return ()
    known = _Known(
        text=text,
        wanted=wanted,
        at=at,
        told=await every_told(connection),
        used_up=frozenset(
            one.oa_id
            for one in await quotas_of(connection)
            if one.kind == BROADCASTS and not one.remain and (not one.until or one.until > at)
        ),
        chosen=await chosen_for(connection, Use.NEWS),
    )
    return tuple(
        ClosedWay(why=why, account=one.name) for one in accounts for why in _reasons(one, known)
    )


def _reasons(account: Account, known: _Known) -> Iterator[Why]:
    if account.status is AccountStatus.CONSENT_NEEDED:
        yield Why.CONSENT_NEEDED
    if account.status is AccountStatus.OFF:
        yield Why.OFF
    told = known.told.get(account.oa_id, {})
    if told.get("is_verified") is False:
        yield Why.NOT_VERIFIED
    if may_be_linked(told) is False:
        yield Why.PACKAGE_LOW
    ends = package_end(told)
    if ends and ends < known.at.astimezone(VIETNAM).date():
        yield Why.PACKAGE_OVER
    if account.oa_id in known.used_up and known.is_wanted(Route.ZALO_ARTICLE):
        yield Why.NO_BROADCASTS
    chosen = known.chosen.get(account.office)
    if chosen and known.is_wanted(Route.ZALO_TEMPLATE):
        yield from _template(account, chosen, known)


def _template(account: Account, chosen: Chosen, known: _Known) -> Iterator[Why]:
    """Say whether what the office chose can be sent, and takes this text."""
    if chosen.known is None or not chosen.may_go_by_user:
        yield Why.TEMPLATE_OFF
    else:
        data = news_data(known.text, chosen.use, account=account.name, at=known.at)
        if faults(chosen.known.template, data):
            yield Why.TEMPLATE_UNFIT
