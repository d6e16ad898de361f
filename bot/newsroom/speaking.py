"""A text as it is read out over the loudspeakers: its script, and the announcer's sheet."""

from __future__ import annotations

from math import ceil

from bot.clock import VIETNAM
from bot.newsroom.approving import whole
from bot.newsroom.realm import Realm
from bot.newsroom.wording import words
from broadcasts.readings import Reading
from broadcasts.speaking import News, Script, ScriptPage, script, script_page
from broadcasts.texts import Broadcast, Version


def spoken(realm: Realm, broadcast: Broadcast, version: Version) -> Script:
    """Write the script of a version; it takes a while, so do it beside the loop."""
    text = whole(realm, broadcast, version)
    office = speaker(realm, broadcast.office)
    return script(News(title=text.title, body=text.body, office=office, urgent=broadcast.urgent))


def minutes_of(told: Script) -> int:
    """Give how long reading takes, in whole minutes, at least one."""
    return max(1, ceil(told.minutes))


def sheet(
    realm: Realm, broadcast: Broadcast, version: Version, reading: Reading | None = None
) -> ScriptPage:
    """Lay the script out for a reading, with its station and hour; without one they are open."""
    told = spoken(realm, broadcast, version)
    station = speaker(realm, broadcast.office)
    if reading is None:
        return script_page(told, station=station, slot="")
    return script_page(told, station=reading.station or station, slot=_slot(reading))


def speaker(realm: Realm, office: str) -> str:
    """Give the name by which an office speaks."""
    return realm.values(office).get("co_quan", "")


def _slot(reading: Reading) -> str:
    at = reading.due_at.astimezone(VIETNAM)
    return words("reading")["slot"].format(hour=at.hour, minute=at.minute, day=f"{at:%d/%m/%Y}")
