"""What citizens wish about feedback is done with their turn: once, theirs alone, sealed."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from bot.conversation.desk import Desk
from bot.feedback.kinds import Kind
from bot.feedback.models import Contact
from bot.feedback.moves import CaseState
from bot.feedback.reference import Unread, shown
from bot.feedback.views import CaseView, Wait
from bot.feedback.wishes import (
    Count,
    Drop,
    File,
    Follow,
    Keep,
    Miss,
    Rate,
    Reopen,
    Say,
    Seal,
    Withdraw,
)
from bot.officials.throttle import FREE_FAILURES
from bot.storage.consent_rows import uses_of
from bot.storage.database import Database
from bot.storage.feedback_person_tables import (
    consents,
    drafts,
    sealed_items,
    way_counts,
)
from bot.storage.feedback_tables import cases, events, followers, notices
from bot.storage.tables import outbox
from tests.conftest import FrozenClock
from tests.factories import a_citizen
from tests.fakes.filers import Filers, a_draft

OTHER = a_citizen("8")
PHONE = "0912345678"


@pytest.fixture
def filers(database: Database, clock: FrozenClock, desk: Desk) -> Filers:
    return Filers(database, clock, desk)


async def test_a_draft_comes_back_and_stands_sealed(filers: Filers) -> None:
    draft = a_draft((await filers.says()).reserved, words=f"gọi {PHONE}")
    await filers.says(Keep(draft))
    assert (await filers.says()).draft == draft
    (row,) = await filers.rows(drafts)
    assert PHONE.encode() not in row.told_sealed
    await filers.says(Drop())
    assert (await filers.says()).draft is None


async def test_a_case_is_filed_once_however_often_it_is_pressed(filers: Filers) -> None:
    draft = a_draft((await filers.says()).reserved)
    await filers.says(Keep(draft))
    for _ in range(2):
        await filers.says(File(draft))
    known = await filers.says()
    assert [one.reference for one in known.cases] == [draft.reference]
    assert known.draft is None
    (case,) = await filers.rows(cases)
    assert (case.state, case.is_open, case.version) == (CaseState.RECEIVED, True, 1)
    assert len(await filers.rows(events)) == 1
    assert [row.version for row in await filers.rows(consents)] == ["1"]


async def test_each_use_of_somebodys_data_is_noted_with_its_words_and_ends(
    filers: Filers,
) -> None:
    contact = Contact(name="Nguyễn Văn Tám", phone=PHONE)
    known = await filers.files(contact=contact)
    case = known.cases[0].id
    for _ in range(2):
        await filers.says(Follow(case), who=OTHER)
    await filers.says(Follow(case, on=False), who=OTHER)
    async with filers.database.writing() as connection:
        ended = {"state": CaseState.ANSWERED, "is_open": False, "answered_at": filers.clock.now()}
        await connection.execute(update(cases).values(ended))
    for why in ("", "chờ lâu"):
        await filers.says(Rate(case=case, level=2, why=why))
    told = [(one.purpose, one.version) for one in await filers.rows(consents)]
    assert told == [
        ("handle_case", "1"),
        ("contact", "contact-2"),
        ("follow", "follow-1"),
        ("survey", "survey-1"),
    ]
    ended = {one.purpose: one.withdrawn_at for one in await filers.rows(consents)}
    assert [purpose for purpose, at in ended.items() if at] == ["follow"]
    (row,) = await filers.rows(cases)
    assert row.basis == "91/2025/QH15"
    async with filers.database.reading() as connection:
        noted = await uses_of(connection, case)
    assert [str(one.purpose) for one in noted] == ["handle_case", "contact", "survey"]


async def test_no_table_tells_who_somebody_is(filers: Filers) -> None:
    contact = Contact(name="Nguyễn Văn Tám", phone=PHONE, address="số 9 tổ 3")
    words = f"rác trước nhà tôi, số tôi là {PHONE}"
    known = await filers.files(words=words, contact=contact)
    (row,) = await filers.rows(cases)
    written = repr(tuple(row))
    assert PHONE not in written
    assert "Văn Tám" not in written
    seals = filers.talking.granting.filing.seals
    reference = known.cases[0].reference
    assert seals.words_of("words_sealed", reference, row.words_sealed) == words
    assert seals.contact_of(reference, row.contact_sealed) == contact


async def test_a_stranger_sees_no_words_of_a_case(filers: Filers) -> None:
    mine = (await filers.files()).cases[0]
    looked = (await filers.says(text=f"tra cứu {shown(mine.reference)}", who=OTHER)).looked
    assert isinstance(looked, CaseView)
    assert (looked.state, looked.words, looked.own) == (CaseState.RECEIVED, "", False)
    assert looked.place == "Thôn Đông"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("PA-2222-2222-3", Unread.MISTYPED),
        ("PA-2222-2222-2", Unread.NO_REFERENCE),
        ("pa gì vậy", None),
        ("xin chào", None),
    ],
)
async def test_what_is_no_reference_is_told_apart(
    filers: Filers, typed: str, found: Unread | None
) -> None:
    assert (await filers.says(text=typed)).looked is found


async def test_who_guesses_references_must_wait_and_sees_their_own_all_the_same(
    filers: Filers,
) -> None:
    mine = shown((await filers.files()).cases[0].reference)
    for _ in range(FREE_FAILURES):
        await filers.says(Miss(), text="tra cứu PA-2222-2222-2")
    assert (await filers.says(text="tra cứu PA-2222-2222-2")).looked == Wait(1)
    assert isinstance((await filers.says(text=f"tra cứu {mine}")).looked, CaseView)
    looked = (await filers.says(text="tra cứu PA-2222-2222-2", who=OTHER)).looked
    assert looked is Unread.NO_REFERENCE


async def test_words_and_levels_of_others_change_nothing(filers: Filers) -> None:
    case = (await filers.files()).cases[0].id
    for wish in (
        Say(case=case, words="tôi là người khác"),
        Rate(case=case, level=1),
        Withdraw(case),
        Reopen(case=case, why="không xong"),
    ):
        await filers.says(wish, who=OTHER)
    assert len(await filers.rows(events)) == 1


async def test_more_words_stand_beside_the_case(filers: Filers) -> None:
    case = (await filers.files()).cases[0].id
    await filers.says(Say(case=case, words=f"gọi tôi số {PHONE}"))
    added = (await filers.rows(events))[-1]
    assert (added.did, added.public) == ("added", False)
    assert PHONE not in added.text
    assert added.text_sealed is not None


async def test_what_is_withdrawn_is_over_and_stays_so(filers: Filers) -> None:
    case = (await filers.files()).cases[0].id
    for _ in range(2):
        await filers.says(Withdraw(case))
    (row,) = await filers.rows(cases)
    assert (row.state, row.result, row.is_open) == ("closed", "withdrawn", False)
    assert [one.did for one in await filers.rows(events)] == ["file", "withdraw"]


async def test_who_follows_hears_of_the_next_step_once(filers: Filers) -> None:
    case = (await filers.files()).cases[0].id
    await filers.says(Follow(case), who=OTHER)
    await filers.says(Follow(case), who=OTHER)
    assert len(await filers.rows(followers)) == 1
    await filers.says(Withdraw(case))
    assert [row.user_id for row in await filers.rows(notices)] == [OTHER.user_id]
    for _ in range(2):
        await filers.says(who=OTHER)
    told = [row for row in await filers.rows(outbox) if row.author == "office"]
    assert len(told) == 1
    assert "đã rút" in told[0].text
    await filers.says(Follow(case, on=False), who=OTHER)
    assert await filers.rows(followers) == []


async def test_lawful_ways_are_counted_and_nothing_else_is_kept(filers: Filers) -> None:
    for _ in range(2):
        await filers.says(Count(Kind.COMPLAINT))
    await filers.says(Count(Kind.DENUNCIATION))
    assert {(row.kind, row.count) for row in await filers.rows(way_counts)} == {
        ("khieu_nai", 2),
        ("to_cao", 1),
    }


async def test_sealed_words_open_with_the_readers_key_alone(filers: Filers) -> None:
    await filers.says(Seal("ông A nhận tiền"))
    (row,) = await filers.rows(sealed_items)
    assert filers.sealed is not None
    where = f"feedback_sealed_items|words_sealed|{row.anchor}"
    assert filers.sealed.words(row.words_sealed, where) == "ông A nhận tiền"


async def test_without_keys_nothing_is_sealed_and_nothing_kept(
    database: Database, clock: FrozenClock, desk: Desk
) -> None:
    bare = Filers(database, clock, desk, vault=None, sealed=None)
    await bare.says(Seal("ông A nhận tiền"))
    assert await bare.rows(sealed_items) == []
    await bare.files(contact=Contact(phone=PHONE))
    (row,) = await bare.rows(cases)
    assert (row.contact_sealed, row.contact_digest, row.words_sealed) == (None, None, None)


async def test_cases_of_today_are_counted_and_near_ones_found(filers: Filers) -> None:
    assert (await filers.files()).today == 1
    before = await filers.says(who=OTHER)
    await filers.says(Keep(a_draft(before.reserved)), who=OTHER)
    known = await filers.says(who=OTHER)
    assert [one.place.hamlet for one in known.near] == ["Thôn Đông"]
    assert known.promise is not None
