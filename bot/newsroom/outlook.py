"""A text as it would go out now: whole, with its files, and its public page where it has one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.messages import Reply
from bot.newsroom.approving import whole
from bot.newsroom.letters import enclosed, page_of, reply_of
from bot.newsroom.previewing import Preview, messages, preview
from bot.newsroom.realm import Realm
from bot.storage.file_rows import FileHead, file_heads
from bot.storage.post_rows import posted_version
from broadcasts.models import NewsText, Route
from broadcasts.texts import Broadcast, Version


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """A whole text and what is told of its files; ``is_up`` when a version of it is public."""

    text: NewsText
    heads: Mapping[int, FileHead]
    is_up: bool

    @property
    def reply(self) -> Reply:
        """Give the message that readers get."""
        return reply_of(self.text, self.heads)

    @property
    def messages(self) -> Mapping[Route, int]:
        """Give of how many messages it consists, by the ways where it is more than one."""
        return messages(self.text, self.heads)

    def shown(self, route: Route) -> Preview:
        """Show it as it arrives by ``route``."""
        return preview(self.text, route, self.heads)


async def outlook(
    connection: AsyncConnection, realm: Realm, broadcast: Broadcast, version: Version, *, site: str
) -> Outlook:
    """Give a text as it would go out now; ``site`` is where everybody reaches us, if anywhere."""
    posted = await posted_version(connection, broadcast.id)
    page = page_of(site, broadcast.id) if posted == version.number else ""
    text = replace(whole(realm, broadcast, version), page=page)
    heads = await file_heads(connection, enclosed(text))
    return Outlook(text=text, heads=heads, is_up=posted is not None)
