"""Use cases: put an approved text on the public page, take it down."""

from __future__ import annotations

from bot.casework.deeds import Acting
from bot.newsroom.refusing import Refused
from bot.newsroom.telling import held
from bot.officials.audit import Deed
from bot.storage import post_rows
from broadcasts.approval import Refusal
from broadcasts.models import BroadcastStatus
from broadcasts.texts import Broadcast


async def post(acting: Acting, number: int) -> Broadcast:
    """Show the approved version on the public page; where it stands already that is no act.

    Raises:
        NoSuchBroadcast: there is none.
        Refused: it is not approved as it stands.
    """
    broadcast, version, _ = await held(acting, number)
    if broadcast.status is not BroadcastStatus.APPROVED:
        raise Refused(Refusal.ELSEWHERE)
    if await post_rows.put_up(
        acting.connection, broadcast.id, version.number, broadcast.office, at=acting.now
    ):
        _did(acting, broadcast, "broadcast_posted", "")
    return broadcast


async def take_down(acting: Acting, number: int, reason: str) -> Broadcast:
    """Show a text on the public page no more.

    Raises:
        NoSuchBroadcast: there is none.
        Refused: it was not shown.
    """
    broadcast, _, _ = await held(acting, number)
    if not await post_rows.take_down(acting.connection, broadcast.id, at=acting.now):
        raise Refused(Refusal.ELSEWHERE)
    _did(acting, broadcast, "broadcast_taken_down", reason)
    return broadcast


def _did(acting: Acting, broadcast: Broadcast, action: str, reason: str) -> None:
    acting.did(
        Deed(
            action=action,
            office=broadcast.office,
            kind="broadcast",
            subject=str(broadcast.id),
            after={"version": broadcast.version},
            note=reason,
        )
    )
