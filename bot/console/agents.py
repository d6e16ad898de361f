"""What a browser calls itself, in the two names an officer knows: the browser and the system."""

from __future__ import annotations

import re
from typing import Final

from bot.console.words import say

# The first that fits: many call themselves by others' names besides their own.
BROWSERS: Final = (
    ("coc_coc_browser", "Coc Coc"),
    ("Zalo", "Zalo"),
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox|FxiOS", "Firefox"),
    ("Chrome|CriOS", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS: Final = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X|Macintosh", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux|X11", "Linux"),
)


def browser(agent: str) -> str:
    """Name the browser and the system of ``agent``; one that is none of these as it is."""
    names = [
        next((name for mark, name in known if re.search(mark, agent)), "")
        for known in (BROWSERS, SYSTEMS)
    ]
    if all(names):
        return say("account.agent_on", browser=names[0], system=names[1])
    return agent or say("account.unknown_agent")
