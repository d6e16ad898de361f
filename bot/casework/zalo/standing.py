"""Whether anything can be said through an account now; pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from bot.channels.zalo.accounts import AccountStatus
from bot.channels.zalo.codes import Kind
from bot.channels.zalo.hosts import Host
from bot.channels.zalo.pairs import PASSING
from bot.channels.zalo.tally import REPLIES, Refusal
from bot.storage.zalo_overview_rows import AccountState


class Standing(StrEnum):
    """How an account stands; ``MUTE`` it is connected, and yet nothing can go out."""

    CONNECTED = "connected"
    MUTE = "mute"
    CONSENT_NEEDED = "consent_needed"
    OFF = "off"


def standing_of(account: AccountState, stuck: Iterable[Refusal], now: datetime) -> Standing:
    """Tell how an account stands; ``stuck`` is what Zalo refuses until somebody acts."""
    if account.status is not AccountStatus.CONNECTED:
        return Standing(account.status)
    is_over = account.access_until is None or account.access_until <= now
    if account.fault in PASSING or (account.fault and is_over) or any(map(_is_of_all, stuck)):
        return Standing.MUTE
    return Standing.CONNECTED


def _is_of_all(one: Refusal) -> bool:
    """Tell whether no reply goes, and not only one whose words somebody has to read."""
    is_reply = one.code.host is Host.API and one.feature == REPLIES
    return is_reply and one.code.kind is Kind.OPERATOR
