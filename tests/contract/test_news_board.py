"""The public news in tables: put up, replaced, taken down; files only of what is up."""

from __future__ import annotations

from datetime import timedelta

from bot.storage.broadcast_rows import add_broadcast, put_version
from bot.storage.database import Database
from bot.storage.file_rows import NewFile, store_file
from bot.storage.post_rows import SqlNewsBoard, posted_version, put_up, take_down
from broadcasts.models import Audience, BroadcastId, NewsText
from broadcasts.texts import Version, Wish
from tests.conftest import NOON

HOUR = timedelta(hours=1)
PAPER = NewFile(office="xa", name="a.pdf", media="application/pdf", content=b"%PDF-")


async def a_text(database: Database, title: str, *, file: int | None = None) -> BroadcastId:
    """Store a broadcast with its first version."""
    text = NewsText(title=title, body="Nội dung.", files=(file,) if file else ())
    wish = Wish(office="xa", kind="khac", text=text, audience=Audience(offices=("xa",)))
    async with database.writing() as connection:
        number = await add_broadcast(connection, wish, author=1, at=NOON)
        await put_version(connection, version(number, 1, text))
    return number


def version(broadcast: BroadcastId, number: int, text: NewsText) -> Version:
    return Version(
        broadcast=broadcast,
        number=number,
        text=text,
        audience=Audience(offices=("xa",)),
        variables={},
        digest="",
        author=1,
        made_at=NOON,
        frozen_at=NOON,
    )


async def test_news_stand_newest_first_and_page_by_page(database: Database) -> None:
    board = SqlNewsBoard(database)
    assert await board.changed_at() is None
    ids = [await a_text(database, f"Tin {number}") for number in range(5)]
    async with database.writing() as connection:
        for place, number in enumerate(ids):
            # Two at one moment: the later number stands first.
            await put_up(connection, number, 1, "xa", at=NOON + HOUR * (place // 2))
    first = await board.newest(limit=3)
    rest = await board.newest(before=first[-1].id, limit=3)
    assert [one.title for one in (*first, *rest)] == [f"Tin {n}" for n in (4, 3, 2, 1, 0)]
    assert await board.newest(before=10**9, limit=3) == ()
    assert await board.changed_at() == NOON + 2 * HOUR


async def test_a_new_version_keeps_its_day_and_what_is_taken_down_is_gone(
    database: Database,
) -> None:
    board = SqlNewsBoard(database)
    number = await a_text(database, "Cũ")
    async with database.writing() as connection:
        await put_up(connection, number, 1, "xa", at=NOON)
        await put_version(connection, version(number, 2, NewsText(title="Mới", body="b")))
        assert await put_up(connection, number, 2, "xa", at=NOON + HOUR)
        assert not await put_up(connection, number, 2, "xa", at=NOON + 2 * HOUR)
        assert await posted_version(connection, number) == 2
    post = await board.post(number)
    assert post is not None
    assert (post.title, post.posted_at, post.changed_at) == ("Mới", NOON, NOON + HOUR)
    async with database.writing() as connection:
        assert await take_down(connection, number, at=NOON + 3 * HOUR)
        assert not await take_down(connection, number, at=NOON + 3 * HOUR)
        assert await posted_version(connection, number) is None
    assert await board.post(number) is None
    assert await board.newest(limit=9) == ()
    assert await board.changed_at() == NOON + 3 * HOUR


async def test_a_file_is_given_by_the_post_that_shows_it_alone(database: Database) -> None:
    board = SqlNewsBoard(database)
    async with database.writing() as connection:
        file = await store_file(connection, PAPER, at=NOON, by=1)
    shown, other = await a_text(database, "Có tệp", file=file), await a_text(database, "Không")
    async with database.writing() as connection:
        await put_up(connection, shown, 1, "xa", at=NOON)
        await put_up(connection, other, 1, "xa", at=NOON)
    found = await board.content(shown, file)
    assert found is not None
    assert (found[0].name, found[1]) == (PAPER.name, PAPER.content)
    assert await board.content(other, file) is None
    async with database.writing() as connection:
        await take_down(connection, shown, at=NOON)
    assert await board.content(shown, file) is None
