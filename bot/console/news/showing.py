"""All that the page of a text shows, read in one go."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.console.keys import CONSOLE
from bot.console.news.airing import shown_reading
from bot.console.news.here import TextHere, realm_of, unserved_ways
from bot.console.news.readership import readership
from bot.console.news.starting import choices, planned_start
from bot.console.people.roster import names_of
from bot.newsroom import approving
from bot.newsroom.closed_ways import closed_ways
from bot.newsroom.outlook import outlook
from bot.newsroom.realm import Realm
from bot.newsroom.recipients import forecast
from bot.newsroom.upcoming import upcoming
from bot.newsroom.whereabouts import whereabouts
from bot.officials.models import OfficerId
from bot.storage.broadcast_rows import steps_of
from bot.storage.reading_rows import readings_of
from broadcasts.composing.kinds import kinds
from broadcasts.schedule.models import GRACE_MINUTES
from broadcasts.texts import sent_back


async def shown_text(
    request: web.Request, connection: AsyncConnection, here: TextHere, now: datetime
) -> Mapping[str, Any]:
    """Give the text as its readers will see it, whom it reaches, and where it stands."""
    realm, broadcast, version = realm_of(request), here.broadcast, here.version
    site = request.app[CONSOLE].settings.public_url
    seen = await outlook(connection, realm, broadcast, version, site=site)
    told = await forecast(
        connection,
        realm,
        version.audience,
        office=broadcast.office,
        at=now,
        urgent=broadcast.urgent,
        messages=seen.messages,
    )
    return {
        "known": broadcast,
        "version": version,
        "kind": kinds().get(broadcast.kind),
        "findings": approving.look_over(realm, broadcast, version),
        "shown": seen.text,
        "heads": seen.heads,
        "enclosures": seen.reply.enclosures,
        "up": seen.is_up,
        "readership": readership(version.audience),
        "forecast": told,
        "closed_ways": await closed_ways(
            connection,
            seen.text,
            offices=realm.reached(version.audience),
            wanted=version.audience.routes,
            at=now,
        ),
        "unserved": unserved_ways(request),
        "previews": [seen.shown(one.route) for one in told.routes],
        **await _standing(connection, realm, here, now),
        "readings": [
            shown_reading(one, now) for one in await readings_of(connection, broadcast.id)
        ],
        "air": realm.air_time(broadcast.office),
    }


async def _standing(
    connection: AsyncConnection, realm: Realm, here: TextHere, now: datetime
) -> Mapping[str, Any]:
    """Give where it stands, what was done with it, and when it may go out."""
    broadcast = here.broadcast
    steps = await steps_of(connection, broadcast.id)
    people = frozenset(OfficerId(one.officer) for one in steps if one.officer)
    planned = await planned_start(connection, broadcast, now)
    where = await whereabouts(connection, broadcast)
    return {
        "where": where,
        "upcoming": upcoming(realm, where),
        "steps": steps,
        "returned": sent_back(steps),
        "names": await names_of(connection, people),
        "planned": planned,
        "whens": choices(planned),
        "grace": GRACE_MINUTES,
    }
