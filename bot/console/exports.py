"""Giving a list away as a spreadsheet."""

from __future__ import annotations

from typing import Final

from aiohttp import hdrs, web

from bot.clock import VIETNAM
from bot.console.keys import CONSOLE, WRITING
from bot.console.xlsx import Sheet

CONTENT_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


async def give_sheet(request: web.Request, sheet: Sheet, stem: str) -> web.Response:
    """Give ``sheet`` as a file to be kept; ``stem`` names it, a word of ours and never typed.

    That it was taken is a deed, which the caller remembers.
    """
    day = request.app[CONSOLE].clock.now().astimezone(VIETNAM).date()
    body = await request.app[WRITING].workbook(sheet)
    headers = {
        hdrs.CONTENT_DISPOSITION: f'attachment; filename="{stem}-{day.isoformat()}.xlsx"',
        hdrs.CACHE_CONTROL: "no-store",
    }
    return web.Response(body=body, content_type=CONTENT_TYPE, headers=headers)
