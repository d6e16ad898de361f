"""How the data of each purpose ends: which rows are old, and what becomes of a portion of them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Table

from bot.casework.deeds import Acting
from bot.feedback.models import CaseId
from bot.feedback.moves import Author
from bot.feedback.purposes import Purpose
from bot.handling.forgetting import forget_case
from bot.handling.sealed_inbox import erase_decided
from bot.handling.stepping import By
from bot.storage import keeping_rows as old
from bot.storage.feedback_person_tables import consents, data_wishes, drafts
from bot.storage.feedback_tables import followers, notices
from bot.storage.keeping_rows import Ages, Rows
from bot.storage.kept_rows import empty_events, erase_photos, erase_rows

Erase = Callable[[Acting, Rows, int], Awaitable[int]]


@dataclass(frozen=True, slots=True)
class Ending:
    """Gives the old rows of a purpose, and erases a portion of so many of them."""

    rows: Callable[[Ages, datetime], Rows]
    erase: Erase


async def _forget_cases(doing: Acting, rows: Rows, limit: int) -> int:
    by = By(author=Author.CLOCK, at=doing.now)
    found = (await doing.connection.execute(rows.limit(limit))).all()
    for row in found:
        await forget_case(doing.connection, CaseId(row.id), by)
    return len(found)


async def _empty_ratings(doing: Acting, rows: Rows, limit: int) -> int:
    return await empty_events(doing.connection, rows, limit)


async def _erase_photos(doing: Acting, rows: Rows, limit: int) -> int:
    return await erase_photos(doing.connection, rows, limit)


async def _erase_items(doing: Acting, _: Rows, limit: int) -> int:
    return await erase_decided(doing, limit)


def _of(rows: Callable[[Ages], Rows], erase: Erase) -> Ending:
    return Ending(lambda ages, _: rows(ages), erase)


def _gone_from(table: Table, rows: Callable[[Ages], Rows]) -> Ending:
    async def erase(doing: Acting, rows: Rows, limit: int) -> int:
        return await erase_rows(doing.connection, table, rows, limit)

    return _of(rows, erase)


# Place, contact and chat go with their case; a publication, too. Cases come last: what would go
# with them was counted by itself, so it goes by itself.
ENDINGS: Final[Mapping[Purpose, Ending]] = {
    Purpose.SURVEY: _of(old.old_ratings, _empty_ratings),
    Purpose.FOLLOW: _gone_from(followers, old.old_followers),
    Purpose.NOTICE: _gone_from(notices, old.old_notices),
    Purpose.DRAFT: _gone_from(drafts, old.old_drafts),
    Purpose.PHOTO: _of(old.old_photos, _erase_photos),
    Purpose.SEALED: Ending(lambda _, now: old.decided_items(now), _erase_items),
    Purpose.DATA_WISH: _gone_from(data_wishes, old.old_wishes),
    Purpose.CONSENT_LOG: _gone_from(consents, old.old_consents),
    Purpose.HANDLE_CASE: _of(old.old_cases, _forget_cases),
}
