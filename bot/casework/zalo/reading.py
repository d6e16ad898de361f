"""Use case: an officer has the templates of an account read from Zalo now."""

from __future__ import annotations

from bot.casework.deeds import Acting
from bot.officials.audit import Deed


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
