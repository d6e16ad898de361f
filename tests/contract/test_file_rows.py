"""A file of an office is kept once and comes back as it was."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

from bot.storage.database import Database
from bot.storage.file_rows import FileHead, NewFile, file_content, file_heads, store_file
from tests.conftest import NOON

LETTER = NewFile(office="xa", name="công văn.pdf", media="application/pdf", content=b"%PDF-\x00")


async def test_a_file_comes_back_and_is_kept_once(database: Database) -> None:
    async with database.writing() as connection:
        first = await store_file(connection, LETTER, at=NOON, by=1)
        again = await store_file(connection, LETTER, at=NOON, by=2)
        others = await store_file(connection, replace(LETTER, office="b"), at=NOON, by=None)
        plan = replace(LETTER, media="application/octet-stream")
        assert await store_file(connection, plan, at=NOON, by=1) != first
    async with database.reading() as connection:
        assert await file_content(connection, first) == LETTER.content
        assert await file_content(connection, 10**9) is None
        heads = await file_heads(connection, [first, 10**9])
    assert first == again != others
    assert heads == {
        first: FileHead(
            id=first,
            office="xa",
            name="công văn.pdf",
            media="application/pdf",
            size=6,
            digest=sha256(LETTER.content).hexdigest(),
        )
    }
