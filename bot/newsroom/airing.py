"""Use cases: lay down when the loudspeakers read an approved text, and call readings off.

What stands in the list is of the version that was approved; an edit calls off what is to come.
"""

from __future__ import annotations

import asyncio

from bot.casework.deeds import Acting
from bot.newsroom.realm import Realm
from bot.newsroom.refusing import Refused
from bot.newsroom.speaking import minutes_of, spoken
from bot.newsroom.telling import held
from bot.officials.audit import Deed
from bot.storage import reading_rows
from broadcasts.approval import Refusal
from broadcasts.models import BroadcastStatus
from broadcasts.readings import Reading, Round, Unfit, UnfitTimes, airings
from broadcasts.texts import Broadcast


async def lay_down(acting: Acting, realm: Realm, number: int, wish: Round) -> int:
    """Put the readings of a round into the list; give how many. What is over is left out.

    Raises:
        NoSuchBroadcast: there is none.
        Refused: it is not approved as it stands.
        UnfitTimes: the times cannot be kept, or all stand in the list already.
    """
    broadcast, version, _ = await held(acting, number)
    if broadcast.status is not BroadcastStatus.APPROVED:
        raise Refused(Refusal.ELSEWHERE)
    minutes = minutes_of(await asyncio.to_thread(spoken, realm, broadcast, version))
    air = None if broadcast.urgent else realm.air_time(broadcast.office)
    found = airings(wish, minutes=minutes, air=air, now=acting.now)
    added = await reading_rows.add_readings(
        acting.connection,
        found,
        broadcast=broadcast.id,
        version=version.number,
        office=broadcast.office,
        minutes=minutes,
        by=acting.by.officer,
        now=acting.now,
    )
    if not added:
        raise UnfitTimes(Unfit.KNOWN)
    first, last = found[0].due_at, found[-1].due_at
    _did(acting, broadcast, "readings_laid", {"rows": added, "first": first, "last": last})
    return added


async def call_off_readings(acting: Acting, broadcast: Broadcast, note: str = "") -> int:
    """Take off the list what is still to be read of a text; give how many."""
    rows = await reading_rows.take_off_ahead(acting.connection, broadcast.id, acting.now)
    if rows:
        _did(acting, broadcast, "readings_called_off", {"rows": rows}, note)
    return rows


async def take_off(acting: Acting, reading: Reading, reason: str) -> None:
    """Take one reading off the list.

    Raises:
        Refused: it was ticked, or taken off before.
    """
    if not await reading_rows.take_off(acting.connection, reading.id):
        raise Refused(Refusal.ELSEWHERE)
    acting.did(
        Deed(
            action="reading_taken_off",
            office=reading.office,
            kind="reading",
            subject=str(reading.id),
            before={
                "broadcast": reading.broadcast,
                "air_at": reading.due_at,
                "station": reading.station,
            },
            note=reason,
        )
    )


def _did(
    acting: Acting, broadcast: Broadcast, action: str, after: dict[str, object], note: str = ""
) -> None:
    acting.did(
        Deed(
            action=action,
            office=broadcast.office,
            kind="broadcast",
            subject=str(broadcast.id),
            after={"version": broadcast.version, **after},
            note=note,
        )
    )
