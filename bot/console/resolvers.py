"""What addresses name: each resolver finds it and whose it is, or says that it is not there."""

from __future__ import annotations

from typing import Final

from aiohttp import web

from bot.console.keys import CONSOLE
from bot.console.routing import Found, NotThere
from bot.officials.models import EVERYWHERE

# In an address, where nothing may be empty, this stands for what belongs to every office.
ALL: Final = "-"
# What a whole number of the tables has at most.
LONGEST_NUMBER: Final = 18


async def office_in_path(request: web.Request) -> Found:
    """Find the office of ``{office}``; the thing found is the office, ``None`` for all of them."""
    code = request.match_info["office"]
    if code == ALL:
        return Found(office=EVERYWHERE)
    office = request.app[CONSOLE].conversation.desk.knowledge.offices.get(code)
    if office is None:
        raise NotThere
    return Found(office=code, thing=office)


async def one_office_in_path(request: web.Request) -> Found:
    """Find the office of ``{office}`` where something always belongs to one, as a case does."""
    known = await office_in_path(request)
    if known.thing is None:
        raise NotThere
    return known


def out_of_path(code: str) -> str:
    """Read an office's code that ``in_path`` wrote."""
    return EVERYWHERE if code == ALL else code


def in_path(office: str) -> str:
    """Write an office's code as ``office_in_path`` reads it."""
    return office or ALL


def number_in(written: str) -> int:
    """Read the number of a row out of an address.

    Raises:
        NotThere: it is none.
    """
    if not (written.isascii() and written.isdigit() and len(written) <= LONGEST_NUMBER):
        raise NotThere
    return int(written)
