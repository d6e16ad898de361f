"""Which ways Zalo's accounts open to news: whose article, whose template, at what price, how many.

People of an office follow the account of the nearest office above that has one. Its article goes
to all who follow it, so it is published only where the news is for the account's whole office.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.channels.zalo.accounts import Account, AccountStatus
from bot.channels.zalo.quotas import BROADCASTS, PURSES, TEMPLATES
from bot.newsroom.realm import Realm
from bot.storage.zalo_account_rows import every_account
from bot.storage.zalo_quota_rows import Quota, quotas_of
from bot.storage.zalo_template_rows import Known, Use, chosen_for
from broadcasts.models import Route
from broadcasts.routes import Price, Ways

LIMITS: Final = {Route.ZALO_TEMPLATE: TEMPLATES, Route.ZALO_ARTICLE: BROADCASTS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """The accounts that people of some offices follow, and the templates these pay for."""

    accounts: Mapping[str, Account]
    templates: Mapping[str, Known]

    @property
    def ids(self) -> frozenset[str]:
        """Give the ids of the accounts."""
        return frozenset(one.oa_id for one in self.accounts.values())


async def served(connection: AsyncConnection, realm: Realm, offices: Collection[str]) -> Served:
    """Give the connected account of each office that has one, and its template for news."""
    known = await every_account(connection)
    own = [one for one in known if one.status is AccountStatus.CONNECTED]
    found: dict[str, Account] = {}
    # Those of offices further down take the place of those above.
    for account in sorted(own, key=lambda one: realm.depth(one.office)):
        found |= dict.fromkeys(realm.tree.branch(account.office) & set(offices), account)
    return Served(accounts=found, templates=await _templates(connection, found.values()))


async def zalo_ways(
    connection: AsyncConnection,
    realm: Realm,
    ways: Ways,
    offices: Collection[str],
    *,
    at: datetime,
) -> Ways:
    """Give ``ways`` with those of Zalo's accounts, for people of ``offices``."""
    found = await served(connection, realm, offices)
    if not found.accounts:
        return ways
    quotas = [
        one
        for one in await quotas_of(connection)
        if one.oa_id in found.ids and (one.until is None or one.until > at)
    ]
    return replace(
        ways,
        accounts={
            code: one.oa_id for code, one in found.accounts.items() if one.office in offices
        },
        templates=frozenset(
            code for code, one in found.accounts.items() if one.office in found.templates
        ),
        prices=_prices(found.templates.values()),
        quotas=_sums(quotas, {Route.ZALO_CS: PURSES}),
        limits=_sums(quotas, {route: (kind,) for route, kind in LIMITS.items()}),
        paces=realm.deployment.paces(len(found.ids)),
    )


async def _templates(
    connection: AsyncConnection, accounts: Iterable[Account]
) -> Mapping[str, Known]:
    """Give the templates that may be sent, by the offices of the accounts."""
    chosen = await chosen_for(connection, Use.NEWS)
    found: dict[str, Known] = {}
    for account in accounts:
        one = chosen.get(account.office)
        if one and one.known and one.may_go_by_user and one.use.oa_id == account.oa_id:
            found[account.office] = one.known
    return found


def _prices(templates: Collection[Known]) -> Mapping[Route, Price]:
    """Give the highest price of those that are told."""
    told = [
        Price(each=one.template.price_uid, read_at=one.read_at)
        for one in templates
        if one.template.price_uid is not None
    ]
    if not told:
        return {}
    return {Route.ZALO_TEMPLATE: max(told, key=lambda one: one.each)}


def _sums(
    quotas: Collection[Quota], kinds: Mapping[Route, Collection[str]]
) -> Mapping[Route, int]:
    sums: dict[Route, int] = {}
    for route, names in kinds.items():
        told = [one.remain for one in quotas if one.kind in names]
        if told:
            sums[route] = sum(told)
    return sums
