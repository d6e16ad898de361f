"""Use case: an officer has an account write to their own chat, to see whether it can.

The message goes the way of all others, by the outbox: what becomes of it stands in its row.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from bot.casework.deeds import Acting
from bot.casework.telling_officers import Said, tell_officer
from bot.casework.zalo.alarming import is_of
from bot.casework.zalo.wording import words_of
from bot.channels.kept import KEPT
from bot.channels.zalo.accounts import AccountStatus
from bot.clock import VIETNAM
from bot.errors import BotError
from bot.messages import Reply
from bot.officials.audit import Deed
from bot.officials.models import OfficerId
from bot.storage.throttle_rows import count_attempt
from bot.storage.zalo_overview_rows import AccountState

TRIED: Final = "zalo_test:"


class Untried(StrEnum):
    """Why nothing was written."""

    OFF = "zalo_test_off"
    WAIT = "zalo_test_wait"  # an officer tried several times; each further time waits longer
    NO_CHAT = "zalo_test_no_chat"  # the officer has no chat with this account


class NotTried(BotError):
    """Nothing was written to the officer."""

    def __init__(self, why: Untried) -> None:
        """Tell why."""
        super().__init__(str(why))
        self.why = why


async def try_account(acting: Acting, officer: OfficerId, account: AccountState) -> Said:
    """Have ``account`` write to the officer's own chat with it; give the row to look at.

    Raises:
        NotTried: it is switched off, the officer has no such chat, or has to wait.
    """
    if account.status is AccountStatus.OFF:
        raise NotTried(Untried.OFF)
    if await count_attempt(acting.connection, f"{TRIED}{officer}", now=acting.now):
        raise NotTried(Untried.WAIT)
    said = await tell_officer(
        acting.connection,
        officer,
        _message(account, acting),
        at=acting.now,
        kept=KEPT,
        but=lambda address: not is_of(address, account.oa_id),
    )
    if said is None:
        raise NotTried(Untried.NO_CHAT)
    acting.did(
        Deed(
            action="zalo_tested",
            office=account.office,
            kind="zalo",
            subject=account.oa_id,
            after={"account": account.oa_id, "name": account.name},
        )
    )
    return said


def _message(account: AccountState, acting: Acting) -> Reply:
    said = words_of("test")["said"]
    at = f"{acting.now.astimezone(VIETNAM):%H:%M %d/%m/%Y}"
    return Reply(said.format(name=account.name or account.oa_id, at=at))
