"""Use case: connect an office's Official Account, by a consent or by a pair made by hand.

Zalo is asked outside any transaction. Whose account a pair opens, the account itself tells
(getoa): a code that came with another account's id connects nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.casework.deeds import Acting
from bot.casework.zalo.consenting import Returned
from bot.casework.zalo.port import Zalo
from bot.channels.zalo.accounts import AccountStatus
from bot.channels.zalo.addresses import ID
from bot.channels.zalo.pairs import Pair
from bot.errors import BotError
from bot.officials.audit import Deed
from bot.officials.models import OfficerId
from bot.storage.database import Database
from bot.storage.zalo_account_rows import account_in, account_of, tell_state
from bot.storage.zalo_begun_rows import Begun
from bot.storage.zalo_connecting_rows import (
    Connected,
    complete_readers,
    connect_account,
    disconnect_account,
    try_again,
)
from bot.vault import Vault


class Obstacle(StrEnum):
    """Why an account is not connected."""

    OTHER_ACCOUNT = "other_account"  # the pair opens another account than the callback named
    NO_ACCOUNT = "no_account"  # Zalo did not tell whose pair it is
    ELSEWHERE = "elsewhere"  # another office has this account
    TAKEN = "taken"  # the office has another account
    AT_ONCE = "at_once"  # somebody gives the office, or the account, away at the same moment
    MIXED = "mixed"  # the two halves of a pair made by hand are not of one account


class NotConnected(BotError):
    """An account is not connected; nothing was stored."""

    def __init__(self, why: Obstacle, named: str = "") -> None:
        """Tell why, and which office or account stands in the way."""
        super().__init__(str(why))
        self.why = why
        self.named = named


@dataclass(frozen=True, slots=True, kw_only=True)
class Proved:
    """A pair, and the account that it opens."""

    oa_id: str
    pair: Pair
    told: Mapping[str, Any]


async def redeemed(zalo: Zalo, begun: Begun, returned: Returned) -> Proved:
    """Exchange the code of a consent.

    Raises:
        NotConnected: the pair opens another account than the one that came back.
        ZaloFault: Zalo refused, or did not answer.
    """
    proved = await proved_by(zalo, await zalo.exchange(returned.code, begun.verifier))
    if proved.oa_id != returned.oa_id:
        raise NotConnected(Obstacle.OTHER_ACCOUNT, proved.oa_id)
    return proved


async def proved_by(zalo: Zalo, pair: Pair) -> Proved:
    """Ask whose account a pair opens.

    Raises:
        NotConnected: Zalo does not tell it.
        ZaloFault: Zalo refused, or did not answer.
    """
    told = await zalo.look(pair.access)
    oa_id = str(told.get("oa_id") or told.get("oaid") or "")
    if not ID.fullmatch(oa_id):
        raise NotConnected(Obstacle.NO_ACCOUNT)
    return Proved(oa_id=oa_id, pair=pair, told=told)


async def pasted(database: Database, zalo: Zalo, office: str, pair: Pair) -> Proved:
    """Prove a pair made by hand by the next one, which stands in its place.

    Its halves are typed apart: with the refresh token of another account the office would speak,
    from the first refresh on, as that one. So it is used at once, when nothing else is in the way.

    Raises:
        NotConnected: the halves are of two accounts, or the account, or the office, is connected
            with another.
        ZaloFault: Zalo refused, or did not answer.
    """
    typed = await proved_by(zalo, pair)
    async with database.reading() as connection:
        await _is_free(connection, office, typed.oa_id)
    proved = await proved_by(zalo, await zalo.refresh(pair.refresh))
    if proved.oa_id != typed.oa_id:
        raise NotConnected(Obstacle.MIXED, str(proved.told.get("name") or proved.oa_id))
    return proved


async def connect(acting: Acting, vault: Vault, office: str, proved: Proved) -> None:
    """Let an office speak through an account from now on; everything known of it stays.

    Raises:
        NotConnected: the account, or the office, is connected with another.
    """
    await _is_free(acting.connection, office, proved.oa_id)
    name = str(proved.told.get("name") or proved.oa_id)[:200]
    officer = None if acting.by.officer is None else OfficerId(acting.by.officer)
    told = Connected(oa_id=proved.oa_id, office=office, name=name, officer=officer)
    try:
        await connect_account(acting.connection, vault, told, proved.pair, acting.now)
    except IntegrityError:
        raise NotConnected(Obstacle.AT_ONCE) from None
    await tell_state(acting.connection, proved.oa_id, proved.told, at=acting.now)
    await complete_readers(acting.connection, office, proved.oa_id)
    _remember(acting, "zalo_connected", proved.oa_id, office, name)


async def retry(acting: Acting, oa_id: str) -> bool:
    """Have a pair that Zalo refused tried once more; tell whether one waited for that.

    So what was wrong with the app, at Zalo or in its secret here, needs no new consent.
    """
    account = await account_of(acting.connection, oa_id)
    if account is None or not await try_again(acting.connection, oa_id):
        return False
    _remember(acting, "zalo_tried_again", oa_id, account.office, account.name)
    return True


async def disconnect(acting: Acting, oa_id: str, reason: str) -> bool:
    """Speak through an account no more and erase its tokens; tell whether it was connected."""
    account = await account_of(acting.connection, oa_id)
    if account is None or not await disconnect_account(acting.connection, oa_id):
        return False
    _remember(acting, "zalo_disconnected", oa_id, account.office, account.name, reason)
    return True


async def _is_free(connection: AsyncConnection, office: str, oa_id: str) -> None:
    known = await account_of(connection, oa_id)
    if known and known.office != office and known.status is not AccountStatus.OFF:
        raise NotConnected(Obstacle.ELSEWHERE, known.office)
    own = await account_in(connection, office)
    if own and own.oa_id != oa_id and own.status is not AccountStatus.OFF:
        raise NotConnected(Obstacle.TAKEN, own.name)


def _remember(
    acting: Acting, action: str, oa_id: str, office: str, name: str, reason: str = ""
) -> None:
    after = {"account": oa_id, "name": name}
    acting.did(
        Deed(action=action, office=office, kind="zalo", subject=oa_id, after=after, note=reason)
    )
