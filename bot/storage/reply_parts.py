"""What goes with a reply beside its words, as a column of the outbox: JSON of this release."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Final

import orjson
import structlog

from bot.messages import Enclosure, Link, Reply, Wanted

NOTHING: Final = "{}"
log = structlog.get_logger()


def parts_text(reply: Reply) -> str:
    """Write down the links and files of a reply, its page, and what it asks for."""
    told = {
        "links": [asdict(one) for one in reply.links],
        "enclosures": [asdict(one) for one in reply.enclosures],
        "page": reply.page,
        "wants": reply.wants,
    }
    return orjson.dumps(told).decode() if any(told.values()) else NOTHING


def with_parts(reply: Reply, parts: str, *, row: int) -> Reply:
    """Give a reply with what was written down; what another release wrote is left out."""
    if parts == NOTHING:
        return reply
    try:
        told = orjson.loads(parts)
        return replace(
            reply,
            links=tuple(Link(**one) for one in told["links"]),
            enclosures=tuple(Enclosure(**one) for one in told["enclosures"]),
            page=str(told["page"]),
            # The release before wrote none.
            wants=tuple(map(Wanted, told.get("wants", ()))),
        )
    except (KeyError, TypeError, ValueError):
        log.warning("parts_not_read", reply=row)
        return reply
