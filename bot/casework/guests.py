"""Use case: who is in the trial."""

from __future__ import annotations

from bot.casework.deeds import Acting
from bot.officials.audit import Deed
from bot.storage.setting_rows import label_guest, remove_guest


async def label(acting: Acting, office: str, guest: str, said: str) -> bool:
    """Note who a guest is; tell whether there is such a guest."""
    done = await label_guest(acting.connection, office, guest, said)
    if done:
        after = {"label": said} if said else {}
        acting.did(
            Deed(action="guest_labelled", office=office, kind="guest", subject=guest, after=after)
        )
    return done


async def remove(acting: Acting, office: str, guest: str, why: str) -> bool:
    """Take somebody out of the trial; tell whether there was such a guest."""
    done = await remove_guest(acting.connection, office, guest)
    if done:
        acting.did(
            Deed(action="guest_removed", office=office, kind="guest", subject=guest, note=why)
        )
    return done
