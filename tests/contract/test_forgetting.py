"""An ended case is made one of nobody: no word of it is left, and every number stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

import pytest
from sqlalchemy import insert, select

from bot.casework.deeds import acting
from bot.feedback.errors import NotAllowed
from bot.feedback.models import Case, CaseId, Contact, Place, Remark, Result
from bot.feedback.moves import Author
from bot.feedback.office_times import OfficeTimes
from bot.feedback.reports.report import Report
from bot.feedback.reports.stretches import stretch_of
from bot.feedback.wishes import Rate, Say
from bot.handling.afterwards import close, reopen
from bot.handling.answering import answer
from bot.handling.asking import ask
from bot.handling.forgetting import forget_case
from bot.handling.merging import merge
from bot.handling.noting import note
from bot.handling.reporting import Wanted, reported
from bot.handling.stepping import By
from bot.handling.telling_on import TellingOn
from bot.officials.models import OfficerId
from bot.officials.office_entries import Stood
from bot.storage.case_answer_rows import AnswerWords, write_answer
from bot.storage.case_rows import find_case
from bot.storage.conflict_rows import Complained, put_complained
from bot.storage.database import Database
from bot.storage.feedback_tables import (
    answers,
    cases,
    claims,
    complained_of,
    events,
    feedback_files,
    fetches,
    followers,
    notices,
    releases,
)
from bot.storage.forgetting_rows import NOTHING
from bot.storage.photo_rows import NewPhoto, add_photo, give_files
from tests.conftest import FrozenClock
from tests.factories import a_citizen
from tests.fakes.chambers import Chamber
from tests.fakes.console import HERE
from tests.fakes.reported import Seeding, always_open, seed_cases

DONE: Final = AnswerWords(result=Result.DONE, text="Kính gửi bà MARK, đã dọn trước nhà MARK.")
OF_CASES: Final = (cases, events, feedback_files, fetches, notices, releases, answers, claims)
NOW: Final = datetime(2026, 9, 20, 3, 0, tzinfo=UTC)
SOME: Final = Seeding(count=120, first=datetime(2025, 6, 1, tzinfo=UTC), days=480)
STRETCHES: Final = ("2026-Q3", "2026-H1", "2026", "2025")


@pytest.fixture
async def room(database: Database, clock: FrozenClock) -> Chamber:
    return await Chamber(database, clock).open()


async def lived(room: Chamber) -> Case:
    """Let a case of somebody called MARK go through all that leaves words."""
    case = await room.begun(
        "mark",
        words="MARK kể: rác ở nhà MARK",
        place=Place(words="12 ngõ MARK", hamlet="Thôn Đông", latitude=21.1, longitude=105.8),
        happened="tối qua, MARK thấy",
        contact=Contact(name="MARK", phone="0912000111", address="12 ngõ MARK"),
        anchor=77,
        call_back=True,
    )
    await room.does("minh", case, lambda d, c: note(d, c, "MARK gọi hai lần"))
    await room.does("minh", case, lambda d, c: ask(d, room.bureau, c, "MARK ở đâu ạ?"))
    await said(room, Say(case=case.id, words="nhà MARK, sau chợ"))
    await room.does("minh", case, lambda d, c: answer(d, room.bureau, c, DONE))
    await said(room, Rate(case=case.id, level=2, factor="thai_do", why="MARK không vui"))
    await room.does("minh", case, lambda d, c: close(d, c, "MARK bảo thôi"))
    await laid_beside(room, case)
    return await room.now(case)


async def said(room: Chamber, wish: Say | Rate) -> None:
    telling = TellingOn(seals=room.bureau.seals, clockwork=room.bureau.clockwork)
    async with room.database.writing() as connection:
        case = await find_case(connection, wish.case)
        assert case is not None
        await telling.tell_on(connection, case, wish, room.clock.now())


async def laid_beside(room: Chamber, case: Case) -> None:
    """Give a case a photo, one that comes, its public form, and an answer begun anew."""
    now, key = room.clock.now(), a_citizen("mark").conversation
    photo = NewPhoto(media="image/jpeg", size=4, digest="MARK", sealed=b"MARK")
    async with room.database.writing() as connection:
        files = [await add_photo(connection, key, one, now) for one in (photo, None)]
        await connection.execute(
            insert(fetches).values(
                file=files[1],
                inbox_id=5,
                channel="web",
                user_id="mark",
                reference="MARK",
                attempts=0,
            )
        )
        await give_files(connection, key, files, case.id, case.version)
        await connection.execute(
            insert(releases).values(
                case=case.id,
                office=HERE,
                topic="moi_truong",
                unit="",
                question="MARK",
                answer="MARK",
                kept="MARK",
                version=1,
                received_at=now,
                answered_at=now,
                prepared_by=room.officers["minh"],
                prepared_at=now,
                released_at=now,
            )
        )
        of = Complained(unit=None, officer=room.officers["lan"])
        await put_complained(connection, case.id, of)
        await write_answer(connection, case.id, DONE, room.officers["minh"], now)


async def forgotten(room: Chamber, case: Case) -> Case | None:
    by = By(author=Author.CLOCK, at=room.clock.now())
    async with room.database.writing() as connection:
        return await forget_case(connection, case.id, by)


async def all_of(room: Chamber) -> str:
    return repr([tuple(row) for table in OF_CASES for row in await room.rows(table)]).casefold()


async def test_no_word_and_nothing_sealed_is_left_of_it(room: Chamber) -> None:
    case = await lived(room)
    assert "mark" in await all_of(room)
    after = await forgotten(room, case)
    assert after is not None
    assert "mark" not in await all_of(room)
    (row,) = await room.rows(cases)
    assert {
        name for name in row._fields if name.endswith("_sealed") and getattr(row, name)
    } == set()
    assert {one.text_sealed for one in await room.rows(events)} == {None}
    for table in (complained_of, feedback_files, fetches, notices, answers, claims):
        assert await room.rows(table) == []
    # Its page is known as gone; nothing of what stood there is.
    (gone,) = await room.rows(releases)
    assert (gone.question, gone.answer, gone.kept) == ("", "", "")
    assert gone.withdrawn_at is not None
    assert (row.contact_digest, row.anchor, row.latitude, row.user_id) == (None, None, None, "")


async def test_what_is_counted_stays_with_every_step_and_who_did_it(room: Chamber) -> None:
    case = await lived(room)
    before, (kept,) = await room.events(case), await room.rows(cases)
    await forgotten(room, case)
    *after, last = await room.events(case)
    assert [(e.did, e.at, e.by, e.state) for e in after] == [
        (e.did, e.at, e.by, e.state) for e in before
    ]
    assert (last.did, last.author, last.public) == (Remark.ERASED, Author.CLOCK, False)
    (row,) = await room.rows(cases)
    for name in kept._fields:
        if name not in {*NOTHING, "version", "erased_at"}:
            assert getattr(row, name) == getattr(kept, name), name
    assert (row.hamlet, row.level, row.erased_at) == ("Thôn Đông", 2, room.clock.now())


async def test_done_again_it_does_nothing_and_nobody_works_on_it_any_more(room: Chamber) -> None:
    case = await lived(room)
    await forgotten(room, case)
    once = [*await room.rows(cases), *await room.rows(events)]
    room.clock.move(timedelta(days=1))
    assert await forgotten(room, case) is None
    assert [*await room.rows(cases), *await room.rows(events)] == once
    with pytest.raises(NotAllowed):
        await room.does("minh", case, lambda d, c: reopen(d, room.bureau, c, "xem lại"))
    with pytest.raises(NotAllowed):
        await room.does("minh", case, lambda d, c: note(d, c, "MARK gọi"))


async def test_an_open_case_needs_its_words(room: Chamber) -> None:
    case = await room.begun("mark")
    with pytest.raises(NotAllowed):
        await forgotten(room, case)
    assert (await room.now(case)).words == case.words
    with pytest.raises(LookupError):
        await forgotten(room, replace(case, id=CaseId(404)))


async def test_who_came_with_it_hears_no_more_but_others_follow_on(room: Chamber) -> None:
    main, other = await room.begun("chị-năm"), await room.filed("mark")
    await room.followed(main, "cô-tư")
    async with acting(room.database, room.clock, room.by("hoa")) as doing:
        await merge(doing, room.bureau, other, main.id)
    await forgotten(room, other)
    assert [one.user_id for one in await room.rows(followers)] == ["cô-tư"]
    await room.does("minh", main, lambda d, c: answer(d, room.bureau, c, DONE))
    assert {who for case, _, who in await room.owed() if case == main.id} == {"chị-năm", "cô-tư"}


async def test_a_report_tells_the_same_numbers_before_and_after(database: Database) -> None:
    async with database.writing() as connection:
        await seed_cases(connection, SOME)
    before = {code: await a_report(database, code) for code in STRETCHES}
    by = By(author=Author.CLOCK, at=NOW)
    async with database.writing() as connection:
        ended = select(cases.c.id).where(~cases.c.is_open)
        for number in (await connection.execute(ended)).scalars().all():
            assert await forget_case(connection, CaseId(number), by) is not None
    assert {code: await a_report(database, code) for code in STRETCHES} == before


async def a_report(database: Database, code: str) -> Report:
    stretch = stretch_of(code)
    assert stretch
    wanted = Wanted(reader=OfficerId(1), offices=None, name="Xã A", stretch=stretch)
    async with database.reading() as connection:
        return await reported(connection, wanted, OfficeTimes(always_open(), Stood()), NOW)
