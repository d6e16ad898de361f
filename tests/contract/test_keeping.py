"""What is kept of persons goes when its time is over, each use by its own rule; never before."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, Final

import pytest
from sqlalchemy import insert, update

from bot.casework.deeds import CLOCKWORK
from bot.clock import VIETNAM
from bot.feedback.models import Case, Result
from bot.feedback.office_times import OfficeTimes
from bot.feedback.purposes import Purpose, retention, uses
from bot.feedback.wishes import DataWish, Rate
from bot.handling.afterwards import close
from bot.handling.answering import answer
from bot.handling.keeping import Keeping
from bot.handling.merging import merge
from bot.handling.old_rows import ENDINGS
from bot.handling.telling_on import TellingOn
from bot.officials.office_entries import Entry, Stood
from bot.storage.case_answer_rows import AnswerWords
from bot.storage.data_wish_rows import add_wish
from bot.storage.database import Database
from bot.storage.draft_case_rows import keep_draft
from bot.storage.feedback_person_tables import consents, data_wishes, drafts
from bot.storage.feedback_tables import cases, events, followers, notices
from bot.storage.kept_rows import Run, note_run
from bot.storage.notice_rows import NoticeStatus
from bot.storage.photo_rows import add_photo
from bot.storage.tables import turns
from bot.upkeep.feedback import keep
from bot.upkeep.retention import ClockDoubted
from tests.conftest import FrozenClock
from tests.factories import a_citizen
from tests.fakes.chambers import Chamber
from tests.fakes.console import HERE, LITTLE

DONE: Final = AnswerWords(result=Result.DONE, text="Đã dọn.")
DAY: Final = timedelta(days=1)


@dataclass
class Office:
    """A chamber with what it keeps; ``stood`` is what the offices have set."""

    room: Chamber
    stood: Stood = field(default_factory=Stood)

    @property
    def keeping(self) -> Keeping:
        return Keeping(
            database=self.room.database,
            clock=self.room.clock,
            times=lambda: OfficeTimes(LITTLE, self.stood),
            at_once=2,
        )

    def keeps(self, limit: str, days: int) -> None:
        value = {"limit": days, "limit_unit": "d", "confirmed": False, "paper": ""}
        entry = Entry(office=HERE, key=f"deadline:{limit}", value=value)
        self.stood = replace(self.stood, entries=(*self.stood.entries, entry))

    async def closed(self, who: str, **told: Any) -> Case:
        case = await self.room.begun(who, **told)
        await self.room.does("minh", case, lambda d, c: answer(d, self.room.bureau, c, DONE))
        closed: Case = await self.room.does("minh", case, lambda d, c: close(d, c, "xong"))
        return closed

    async def old(self) -> dict[Purpose, int]:
        return {one.purpose: one.count for one in await self.keeping.old() if one.count}

    async def erased(self) -> dict[Purpose, int]:
        """Erase, and see that it was what was told before."""
        told = await self.old()
        gone = {one.purpose: one.count for one in await self.keeping.erase(CLOCKWORK) if one.count}
        assert gone == told
        return gone

    async def is_erased(self, case: Case) -> bool:
        return (await self.room.now(case)).is_erased


@pytest.fixture
async def office(database: Database, clock: FrozenClock) -> Office:
    return Office(await Chamber(database, clock).open())


def test_every_use_has_its_end_or_goes_with_its_case() -> None:
    assert set(ENDINGS) == {purpose for purpose in Purpose if uses()[purpose].limit} - {
        Purpose.PLACE
    }
    for purpose in (Purpose.CONTACT, Purpose.CONTACT_BY_LAW, Purpose.PUBLISH):
        assert retention(purpose) is None
    assert uses()[Purpose.PLACE].limit == uses()[Purpose.HANDLE_CASE].limit


async def test_a_case_goes_two_years_after_its_end_and_open_ones_never(office: Office) -> None:
    ended, still = await office.closed("7"), await office.room.begun("8")
    office.room.clock.move(730 * DAY - timedelta(seconds=1))
    assert Purpose.HANDLE_CASE not in await office.old()
    office.room.clock.move(timedelta(seconds=2))
    (told,) = [one for one in await office.keeping.old() if one.purpose is Purpose.HANDLE_CASE]
    assert (told.count, told.since) == (1, ended.closed_at)
    assert await office.old() == await office.erased()
    assert await office.is_erased(ended)
    assert not await office.is_erased(still)
    assert await office.erased() == {}


async def test_portions_go_on_until_nothing_is_left(office: Office) -> None:
    some = [await office.closed(who) for who in "abcde"]
    office.room.clock.move(731 * DAY)
    assert (await office.erased())[Purpose.HANDLE_CASE] == 5
    assert all([await office.is_erased(one) for one in some])
    assert (await office.keeping.last())[Purpose.HANDLE_CASE].count == 5


async def test_an_office_may_keep_less_and_never_more(office: Office) -> None:
    here, elsewhere = await office.closed("7"), await office.closed("8")
    async with office.room.database.writing() as connection:
        moved = update(cases).where(cases.c.id == elsewhere.id).values(office="xa-b")
        await connection.execute(moved)
    office.keeps("keep_case", 90)
    office.keeps("keep_follow", 900)
    office.room.clock.move(91 * DAY)
    assert (await office.erased())[Purpose.HANDLE_CASE] == 1
    assert (await office.is_erased(here), await office.is_erased(elsewhere)) == (True, False)
    assert OfficeTimes(LITTLE, office.stood).kept(HERE, Purpose.FOLLOW) == 30 * DAY


async def test_what_was_joined_ends_with_the_main_one(office: Office) -> None:
    room = office.room
    main, other = await room.begun("7"), await room.filed("8")
    await room.followed(other, "9")
    await room.does("hoa", main, lambda d, _: merge(d, room.bureau, other, main.id))
    room.clock.move(731 * DAY)
    assert await office.erased() == {}
    await room.does("minh", main, lambda d, c: answer(d, room.bureau, c, DONE))
    await room.does("minh", main, lambda d, c: close(d, c, "xong"))
    assert await office.erased() == {}
    room.clock.move(31 * DAY)
    assert (await office.erased())[Purpose.FOLLOW] == 3
    assert await room.rows(followers) == []
    room.clock.move(730 * DAY)
    assert (await office.erased())[Purpose.HANDLE_CASE] == 2


async def test_what_goes_sooner_than_its_case(office: Office) -> None:
    room = office.room
    case = await room.begun("7")
    await room.followed(case, "9")
    await room.does("minh", case, lambda d, c: answer(d, room.bureau, c, DONE))
    telling = TellingOn(seals=room.bureau.seals, clockwork=room.bureau.clockwork)
    rating = Rate(case=case.id, level=2, factor="thai_do", why="chờ lâu quá")
    async with room.database.writing() as connection:
        await telling.tell_on(connection, await room.now(case), rating, room.clock.now())
        await connection.execute(update(notices).values(status=NoticeStatus.SAID))
        late = notices.c.user_id == "9"
        await connection.execute(update(notices).where(late).values(status=NoticeStatus.CLOSED))
    room.clock.move(5 * DAY)
    await room.does("minh", case, lambda d, c: close(d, c, "xong"))
    async with room.database.writing() as connection:
        await connection.execute(update(notices).values(at=room.clock.now()))
    room.clock.move(31 * DAY)
    gone = await office.erased()
    assert (gone[Purpose.FOLLOW], gone[Purpose.NOTICE]) == (1, 2)
    assert {one.status for one in await room.rows(notices)} == {"closed", "due"}
    room.clock.move(697 * DAY)
    assert (await office.erased()) == {Purpose.SURVEY: 1}
    (rated,) = [one for one in await room.rows(events) if one.did == "rated"]
    assert (rated.text, rated.text_sealed, (await room.now(case)).level) == ("", None, 2)


async def laid_down(office: Office) -> None:
    """Store a draft, a photo, a wish that was seen to, and consents, all of now."""
    room, now, person = office.room, office.room.clock.now(), a_citizen("7")
    case = await office.closed("7")
    async with room.database.writing() as connection:
        await keep_draft(connection, "web:7", office=HERE, step="what", sealed=b"x", at=now)
        await add_photo(connection, "web:7", None, now)
        await add_wish(connection, DataWish.EXPORT, person, office=HERE, at=now, due_at=now)
        await connection.execute(update(data_wishes).values(done_at=now))
        await add_wish(connection, DataWish.ERASE, person, office=HERE, at=now, due_at=now)
        for number in (case.id, None):
            told = {
                "person_digest": "d",
                "case": number,
                "purpose": "p",
                "version": "1",
                "at": now,
            }
            await connection.execute(insert(consents).values(told))


async def test_drafts_photos_wishes_and_consents_each_have_their_time(office: Office) -> None:
    await laid_down(office)
    room = office.room
    for days, gone in (
        (1, {Purpose.PHOTO: 1}),
        (29, {Purpose.DRAFT: 1}),
        (700, {Purpose.DATA_WISH: 1, Purpose.HANDLE_CASE: 1}),
        (1095, {Purpose.CONSENT_LOG: 1}),
    ):
        room.clock.move(days * DAY - timedelta(seconds=1))
        assert await office.old() == {}
        room.clock.move(timedelta(seconds=2))
        assert await office.erased() == gone
        room.clock.move(-timedelta(seconds=1))
    assert [one.status for one in await room.rows(data_wishes)] == ["waiting"]
    assert [one.case for one in await room.rows(consents)] == [None]
    async with room.database.writing() as connection:
        await connection.execute(update(consents).values(withdrawn_at=room.clock.now()))
    room.clock.move(1826 * DAY)
    assert await office.erased() == {Purpose.CONSENT_LOG: 1}


async def test_the_night_looks_for_all_and_each_hour_for_what_goes_soon(office: Office) -> None:
    room = office.room
    await laid_down(office)
    assert await keep(office.keeping) == 0
    room.clock.move(31 * DAY)
    at = room.clock.now().astimezone(VIETNAM)
    room.clock.move(timedelta(hours=(5 - at.hour) % 24))
    await noted(office)
    assert await keep(office.keeping) == 1, "the photo alone"
    room.clock.move(timedelta(hours=21))
    assert await keep(office.keeping) == 1, "the draft, at two o'clock"
    await laid_down(office)
    room.clock.move(31 * DAY + timedelta(hours=8))
    assert await keep(office.keeping) > 1, "by day, since the nights were missed"
    assert "data_erased" in await room.deeds()


async def noted(office: Office) -> None:
    """Let the night be over."""
    async with office.room.database.writing() as connection:
        run = Run(at=office.room.clock.now(), count=0)
        await note_run(connection, Purpose.HANDLE_CASE, run)


async def test_a_clock_that_leaps_erases_nothing(office: Office) -> None:
    await laid_down(office)
    room = office.room
    room.clock.move(31 * DAY)
    told = dict.fromkeys(("question", "outcome", "procedure", "aspect", "hits"), "")
    turn = {"inbox_id": 1, "conversation": "web:7", "channel": "web", "took_ms": 1, **told}
    async with room.database.writing() as connection:
        later = room.clock.now() + 400 * DAY
        await connection.execute(insert(turns).values(**turn, created_at=later))
    with pytest.raises(ClockDoubted):
        await keep(office.keeping)
    assert len(await room.rows(drafts)) == 1
