"""Use cases: an officer has Zalo asked now: for templates, or for an account's page and quotas."""

from __future__ import annotations

from typing import Final

from bot.casework.deeds import Acting
from bot.officials.audit import Deed
from bot.storage.throttle_rows import count_attempt
from bot.storage.zalo_overview_rows import AccountState

# By what those who ask are counted, by account.
ASKED: Final = "zalo_asked:"


async def note_read(acting: Acting, office: str, count: int) -> None:
    """Write down that ``count`` templates of the account of ``office`` were read."""
    acting.did(
        Deed(
            action="zalo_templates_read",
            office=office,
            kind="zalo",
            subject=office,
            after={"count": count},
        )
    )


async def may_ask(acting: Acting, account: AccountState) -> bool:
    """Write down that an account's page and quotas are asked for; false where it has to wait.

    Several times in a row each further one waits longer, whoever asks.
    """
    if await count_attempt(acting.connection, f"{ASKED}{account.oa_id}", now=acting.now):
        return False
    acting.did(
        Deed(
            action="zalo_asked",
            office=account.office,
            kind="zalo",
            subject=account.oa_id,
            after={"account": account.oa_id, "name": account.name},
        )
    )
    return True
