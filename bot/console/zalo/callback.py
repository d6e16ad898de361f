"""What Zalo's callback brought, read and judged before an officer is asked about it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from aiohttp import web

from bot.casework.zalo.consenting import Returned, answers, begun_by, sealed_for
from bot.channels.zalo.addresses import ID
from bot.console.actor import Actor
from bot.console.keys import CONSOLE
from bot.console.resolvers import in_path
from bot.console.zalo.ready import Ready
from knowledge.models import OfficeCode

CODE: Final = re.compile(r"[A-Za-z0-9._~-]{8,512}")
STATE: Final = re.compile(r"[A-Za-z0-9_-]{0,64}")
# Sealed and written in base64: the longest code, an account, a state and a moment.
SEALED: Final = r"[A-Za-z0-9_-]{60,1400}"


class Verdict(StrEnum):
    """What is to be said of a callback."""

    FITS = "fits"
    UNREADABLE = "unreadable"  # no code, or no account: who agreed pressed no, or it is none
    NOT_BEGUN = "not_begun"  # this officer began none within the hour
    FOREIGN = "foreign"  # it belongs to another consent


@dataclass(frozen=True, slots=True, kw_only=True)
class CameBack:
    """A callback as the page shows it; the code itself is sealed."""

    verdict: Verdict
    oa_id: str = ""
    office: str = ""
    office_name: str = ""
    sealed: str = ""


async def came_back(request: web.Request, actor: Actor, at_work: Ready) -> CameBack:
    """Read what came back and find what it answers."""
    house, now = request.app[CONSOLE], request.app[CONSOLE].clock.now()
    asked = {name: request.query.get(name, "") for name in ("code", "oa_id", "state")}
    readable = CODE.fullmatch(asked["code"]) and ID.fullmatch(asked["oa_id"])
    if not (readable and STATE.fullmatch(asked["state"])):
        return CameBack(verdict=Verdict.UNREADABLE)
    returned = Returned(at=now, **asked)
    async with house.database.reading() as connection:
        begun = await begun_by(connection, at_work.vault, actor.officer.id, now)
    if begun is None:
        return CameBack(verdict=Verdict.NOT_BEGUN)
    if not answers(returned, begun, at_work.settings):
        return CameBack(verdict=Verdict.FOREIGN)
    known = house.conversation.desk.knowledge.offices.get(OfficeCode(begun.office))
    return CameBack(
        verdict=Verdict.FITS,
        oa_id=returned.oa_id,
        office=in_path(begun.office),
        office_name=known.name if known else begun.office,
        sealed=sealed_for(at_work.vault, returned, actor.officer.id),
    )
