"""Use case: an officer has a chat of their own in which they are reminded."""

from __future__ import annotations

from datetime import datetime

from bot.casework.deeds import Acting
from bot.messages import CitizenAddress
from bot.officials.audit import Deed
from bot.officials.chat_codes import digest_of, new_code
from bot.officials.models import Officer
from bot.storage import officer_chat_rows


async def offer_code(acting: Acting, officer: Officer) -> tuple[str, datetime]:
    """Make a code that makes one chat the officer's, and tell until when it counts.

    It is shown once and stored nowhere; an earlier one counts no more.
    """
    code = new_code()
    until = await officer_chat_rows.put_code(
        acting.connection, officer.id, digest_of(code), acting.now
    )
    _did(acting, "chat_code_made", officer, until=until.isoformat())
    return code, until


async def unlink(acting: Acting, officer: Officer, address: CitizenAddress) -> bool:
    """Write to an officer in this chat no more; tell whether it was theirs."""
    done = await officer_chat_rows.unlink(acting.connection, officer.id, address)
    if done:
        _did(acting, "chat_unlinked", officer, channel=str(address.channel))
    return done


def _did(acting: Acting, action: str, officer: Officer, **after: str) -> None:
    acting.did(
        Deed(
            action=action,
            office=officer.office,
            kind="officer",
            subject=str(officer.id),
            after=after,
        )
    )
