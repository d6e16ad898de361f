"""Headers of a console page; ``bot.web.headers.guard`` adds those of every answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.settings import Settings
from bot.web.headers import POLICY, own_files_only

A_YEAR: Final = 31_536_000


def page_headers(settings: Settings) -> Mapping[str, str]:
    """Give the headers of every page: its own files only, framed by nobody, kept nowhere.

    A browser tells our own pages where a form was sent from, which ``origin`` looks at.
    """
    headers = {
        POLICY: own_files_only("'none'"),
        "Referrer-Policy": "same-origin",
        "Cache-Control": "no-store",
        "X-Frame-Options": "DENY",
    }
    if settings.public_url.startswith("https://"):
        headers["Strict-Transport-Security"] = f"max-age={A_YEAR}"
    return headers
