"""The Official Accounts of a deployment, one for each office that has connected its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class AccountStatus(StrEnum):
    """How an account stands: a new consent is a person's act at Zalo, nothing mends it here."""

    CONNECTED = "connected"
    CONSENT_NEEDED = "consent_needed"
    OFF = "off"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An office's account; its tokens are not here.

    ``plain_until``: till then no buttons are tried, as Zalo refused them. ``fault`` is why a new
    consent is needed, in a word of ``codes.toml``.
    """

    oa_id: str
    office: str
    name: str
    status: AccountStatus
    fault: str = ""
    plain_until: datetime | None = None


class AccountsClosed(Exception):
    """Nobody can tell now how an account stands."""


class Accounts(Protocol):
    """What is known of the accounts; every answer is read anew.

    Raises:
        AccountsClosed: it cannot be told now.
    """

    async def find(self, oa_id: str) -> Account | None:
        """Give an account, whatever its status; nothing for one of nobody's."""
        ...

    async def every(self) -> tuple[Account, ...]:
        """Give all, by office."""
        ...

    async def plain(self, oa_id: str, until: datetime) -> None:
        """Note that Zalo refused buttons: none are tried till then."""
        ...
