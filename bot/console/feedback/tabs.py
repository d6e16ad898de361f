"""The row of tabs above the lists of cases: those of the inbox, then what was given away."""

from __future__ import annotations

from collections.abc import Mapping

from aiohttp import web

from bot.console.redirects import address
from bot.console.words import say
from bot.storage.case_tab_rows import COUNTED, Tab


def tabs_of(
    request: web.Request, kept: Mapping[str, str], counts: Mapping[Tab, int]
) -> list[tuple[str, str]]:
    """Give the address and the name of each tab; those of the inbox keep what else was asked."""
    inbox = [(tab_address(request, kept, tab), count_words(tab, counts)) for tab in Tab]
    return [*inbox, (address(request, "sent_cases.overview"), say("case_tabs.sent"))]


def tab_address(request: web.Request, kept: Mapping[str, str], tab: Tab) -> str:
    """Give where a tab of the inbox stands."""
    return address(request, "cases.inbox", {**kept, "tab": str(tab)})


def count_words(tab: Tab, counts: Mapping[Tab, int]) -> str:
    """Name a tab with how many stand in it; who counts a hundred is told of more than 99."""
    name = say(f"case_tabs.{tab}")
    if tab not in counts:
        return name
    count = counts[tab]
    return f"{name} ({count if count < COUNTED else f'{COUNTED - 1}+'})"
