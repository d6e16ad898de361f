"""Use case: the list of who receives news is given, part by part, but for the web chat's."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection
from typing import Final

from bot.casework.deeds import Acting
from bot.officials.audit import Deed
from bot.storage.database import Database
from bot.storage.paging import Page
from bot.storage.reader_list_rows import listed_after

PART: Final = 1_000


async def given(
    database: Database, offices: Collection[str] | None
) -> AsyncIterator[tuple[str, ...]]:
    """Give the rows of a list of active subscribers, of these offices or of all, part by part."""
    after = ""
    while True:
        part = await given_part(database, offices, after)
        for row in part.rows:
            yield row
        after = part.next
        if not after:
            return


async def given_part(
    database: Database, offices: Collection[str] | None, after: str
) -> Page[tuple[str, ...]]:
    """Give the rows behind those that ``Page.next`` names; from the first on where it is empty."""
    async with database.reading() as connection:
        part = await listed_after(connection, int(after or 0), offices, PART)
    rows = tuple(
        (one.channel, one.address, one.office, str(one.kind), ";".join(one.topics or ()))
        for _, one in part
    )
    return Page(rows=rows, next=str(part[-1][0]) if len(part) == PART else "")


def gave(acting_now: Acting, rows: int, name: str, office: str = "") -> None:
    """Remember in the audit that a list was given; ``office`` is that of who took it."""
    acting_now.did(
        Deed(
            action="subscribers_exported",
            office=office,
            kind="subscribers",
            subject="",
            after={"rows": rows, "name": name},
        )
    )
