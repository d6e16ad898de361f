"""The conversation for commands that answer without a channel."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import typer

from bot.clock import VIETNAM, SystemClock
from bot.commands.environment import read_settings
from bot.conversation.opening import open_desk, published
from bot.conversation.pipeline import Conversation
from bot.settings import Settings
from bot.storage.opening import open_database
from knowledge.catalogue import read_catalogue
from knowledge.models import Snapshot
from knowledge.publishing import publish_shipped
from knowledge.repository import SqlSnapshotStore
from knowledge.shelf import FileShelf


def open_conversation(catalogue: Path | None) -> Conversation:
    """Open the database, made when missing, and lay out what it knows and ``catalogue``."""
    settings = read_settings()
    snapshot = asyncio.run(_published(settings))
    if catalogue:
        snapshot = with_catalogue(snapshot, catalogue)
    shelf = FileShelf(settings.data_dir)
    return Conversation(
        open_desk(snapshot, office=settings.office, province=settings.province, shelf=shelf)
    )


async def _published(settings: Settings) -> Snapshot:
    async with open_database(settings) as database:
        store = SqlSnapshotStore(database)
        await publish_shipped(store)
        return await published(store, settings.office)


def with_catalogue(snapshot: Snapshot, catalogue: Path) -> Snapshot:
    """Add the procedures of a catalogue that have no card; faults go to standard error."""
    today = SystemClock().now().astimezone(VIETNAM).date()
    procedures, faults = read_catalogue(catalogue, seen=today)
    for fault in faults:
        typer.echo(str(fault), err=True)
    known = {procedure.code for procedure in snapshot.procedures}
    added = tuple(procedure for procedure in procedures if procedure.code not in known)
    return replace(snapshot, procedures=(*snapshot.procedures, *added))
