"""The knowledge base for a command, and the office it works for."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import typer

from bot.bootstrap import open_database
from bot.commands.knowledge.wording import words
from bot.conversation.opening import home_office
from bot.settings import Settings
from knowledge.publishing import publish_shipped
from knowledge.repository import SqlSnapshotStore


@asynccontextmanager
async def open_store(
    settings: Settings, office: str
) -> AsyncIterator[tuple[SqlSnapshotStore, str]]:
    """Open the store, filled when it is new, and give the office's code: named, set, or first.

    An office nobody knows is refused with the codes there are, and exit code 2.
    """
    async with open_database(settings) as database:
        store = SqlSnapshotStore(database)
        await publish_shipped(store)
        content = (await store.layers()).content
        named = home_office(content, office or settings.office)
        if named is None and content.offices:
            codes = ", ".join(one.code for one in content.offices)
            typer.echo(words("office")["unknown"].format(code=office, codes=codes), err=True)
            raise typer.Exit(2)
        yield store, named.code if named else ""
