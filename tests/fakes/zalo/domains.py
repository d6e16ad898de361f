"""Whether a site is the app's: by a file at its root, or by a tag on its first page."""

from __future__ import annotations

from enum import StrEnum
from html.parser import HTMLParser
from typing import Final

from aiohttp import ClientError, ClientSession, ClientTimeout

TAG: Final = "zalo-platform-site-verification"
PATIENCE: Final = ClientTimeout(total=5)


class Proof(StrEnum):
    """Where the code was found."""

    FILE = "file"
    TAG = "tag"
    NONE = ""


async def proven(site: str, code: str) -> Proof:
    """Look for the code of a developer page on a site, as Zalo does."""
    base = site.rstrip("/")
    async with ClientSession(timeout=PATIENCE) as session:
        if code in (await _read(session, f"{base}/zalo_verifier{code}.html") or ""):
            return Proof.FILE
        tags = _Tags()
        tags.feed(await _read(session, f"{base}/") or "")
    return Proof.TAG if code in tags.found else Proof.NONE


async def _read(session: ClientSession, url: str) -> str | None:
    try:
        async with session.get(url) as answer:
            return await answer.text() if answer.ok else None
    except (ClientError, TimeoutError, ValueError):
        return None


class _Tags(HTMLParser):
    """Collects what the tags of the proof say."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "meta" and told.get("name") == TAG:
            self.found.append(told.get("content") or "")
