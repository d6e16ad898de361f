"""Use case: keep a file that was looked at, for an office."""

from __future__ import annotations

from bot.casework.attaching import FitFile
from bot.casework.deeds import Acting
from bot.storage.file_rows import NewFile, store_file


async def stored(acting: Acting, office: str, one: FitFile) -> int:
    """Store a file and give its id; the same one of the office is kept once."""
    new = NewFile(office=office, name=one.name, media=one.media, content=one.content)
    return await store_file(acting.connection, new, at=acting.now, by=acting.by.officer)
