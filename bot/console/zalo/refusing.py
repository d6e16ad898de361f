"""Why Zalo, or another office, stands in the way, in words that say what to do."""

from __future__ import annotations

from aiohttp import web

from bot.casework.zalo.connecting import NotConnected, Obstacle
from bot.channels.zalo.faults import ZaloFault, ZaloRefused
from bot.console.choosing import office_names
from bot.console.words import say, wording


def refused_words(fault: ZaloFault) -> str:
    """Say what Zalo answered, and what to do about it."""
    if not isinstance(fault, ZaloRefused):
        return say("zalo_refused.unreachable")
    code = fault.code
    return number_words(str(code.host), code.number, fault.words)


def number_words(host: str, number: int, told: str = "") -> str:
    """Say what an error number of Zalo's means; one without words is told as it came.

    Of consents and tokens few numbers are known, and what may be wrong is little.
    """
    keys = (f"zalo_refused.{host}_{abs(number)}", f"zalo_refused.{host}_other")
    known = next((one for one in keys if one in wording().sentences), "zalo_refused.other")
    return say("zalo_refused.numbered", says=say(known), number=str(number), told=told or host)


def obstacle_words(request: web.Request, obstacle: NotConnected) -> str:
    """Say which account or office is in the way."""
    named = obstacle.named
    if obstacle.why is Obstacle.ELSEWHERE:
        named = office_names(request).get(named, named)
    return say(f"zalo_obstacles.{obstacle.why}", named=named)
