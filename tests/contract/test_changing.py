"""Changes are wished, decided, scheduled and taken back, alike in both databases."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import orjson
import pytest
from sqlalchemy import select

from bot.casework.changing import decide, propose, undo
from bot.casework.dating import keep_dates
from bot.casework.deeds import acting
from bot.casework.verifying import verify
from bot.officials.audit import By
from bot.officials.changes import Change, ChangeKind, ChangeStatus, Clash, Refusal, Verdict, Wish
from bot.officials.field_marks import Token, token_of
from bot.storage.change_rows import change_of, find_change, over_changes
from bot.storage.console_tables import audit_entries, changes
from bot.storage.database import Database
from bot.storage.standing_rows import SqlStandingStore
from knowledge.models import Fee, FeeStatus, Office, OfficeCode, OpeningHours, Snapshot
from knowledge.repository import SqlSnapshotStore
from knowledge.testing import make_procedure
from tests.conftest import FrozenClock

NAM = By(officer=7, actor="Nguyễn Văn Nam", address="10.0.0.1")
HOA = By(officer=8, actor="Trần Thị Hoa", address="10.0.0.2")
CARD = "1.001193"
EMPTY = token_of({})
FREE = Fee(status=FeeStatus.FREE)
TODAY = date(2026, 11, 20)
OFFICES = (
    Office(code=OfficeCode("tinh"), name="Tỉnh", province="01"),
    Office(code=OfficeCode("xa"), name="Xã", province="01", parent=OfficeCode("tinh")),
)


def a_wish(fields: Mapping[str, Any], **changes: Any) -> Wish:
    wish = Wish(
        kind=ChangeKind.PROCEDURE,
        office="xa",
        ref=CARD,
        title="Đăng ký khai sinh",
        fields=fields,
        reason="Nghị quyết mới",
    )
    return replace(wish, **changes)


class Desk:
    """What an officer does with changes, each act in a transaction."""

    def __init__(self, database: Database, clock: FrozenClock) -> None:
        self.database = database
        self.clock = clock

    async def propose(
        self, wish: Wish, *, token: Token = EMPTY, publish: bool = True, by: By = NAM
    ) -> Change | Clash | Refusal:
        async with acting(self.database, self.clock, by) as doing:
            return await propose(doing, wish, token=token, publish=publish)

    async def made(self, wish: Wish, *, token: Token = EMPTY, publish: bool = True) -> Change:
        done = await self.propose(wish, token=token, publish=publish)
        assert isinstance(done, Change)
        return done

    async def decide(
        self, change: Change, verdict: Verdict, *, by: By = HOA, four_eyes: bool = False
    ) -> Change | Clash | Refusal:
        async with acting(self.database, self.clock, by) as doing:
            return await decide(doing, change.id, verdict, "đồng ý", four_eyes=four_eyes)

    async def undo(
        self, change: Change, *, by: By = HOA, four_eyes: bool = False
    ) -> Change | Refusal:
        async with acting(self.database, self.clock, by) as doing:
            return await undo(doing, change.id, "nhầm", four_eyes=four_eyes)

    async def all(self, status: ChangeStatus) -> list[Change]:
        async with self.database.reading() as connection:
            rows = await connection.execute(select(changes).where(changes.c.status == status))
            return [change_of(row) for row in rows]

    async def stated(self) -> dict[str, Any]:
        """What the office states of the card."""
        layers = await SqlSnapshotStore(self.database).layers()
        edit = layers.edits_of("xa").get(CARD)
        return dict(edit.fields) if edit else {}

    async def status(self, change: Change) -> ChangeStatus:
        async with self.database.reading() as connection:
            found = await find_change(connection, change.id)
        assert found
        return found.status

    async def clashing(self, change: Change) -> tuple[str, ...]:
        async with self.database.reading() as connection:
            found = await find_change(connection, change.id)
        assert found
        return found.clashing

    async def deeds(self) -> list[str]:
        async with self.database.reading() as connection:
            told = select(audit_entries.c.action).order_by(audit_entries.c.seq)
            return list((await connection.execute(told)).scalars())


@pytest.fixture
async def desk(database: Database, clock: FrozenClock) -> Desk:
    store = SqlSnapshotStore(database)
    content = Snapshot(procedures=(make_procedure(CARD),), offices=OFFICES)
    await store.publish_content(content, name="thẻ")
    return Desk(database, clock)


async def test_who_may_publish_puts_a_change_in_force_at_once(desk: Desk) -> None:
    version = await SqlSnapshotStore(desk.database).version()
    change = await desk.made(a_wish({"fee": FREE, "steps": ("Nộp",)}))
    assert (change.status, change.author, change.decided_by) == (ChangeStatus.PUBLISHED, 7, 7)
    assert (change.before, change.fields) == ({}, ("fee", "steps"))
    assert await desk.stated() == {"fee": FREE, "steps": ("Nộp",)}
    assert await SqlSnapshotStore(desk.database).version() != version
    (noted,) = await SqlSnapshotStore(desk.database).edit_changes("xa", CARD)
    assert noted.after == {"fee": FREE, "steps": ("Nộp",)}
    assert await desk.deeds() == ["change_published"]
    assert (await verify(desk.database)).breach is None


async def test_a_preparers_change_waits_until_it_is_approved(desk: Desk) -> None:
    change = await desk.made(a_wish({"result": "Giấy"}), publish=False)
    assert change.status is ChangeStatus.WAITING
    assert await desk.stated() == {}
    approved = await desk.decide(change, Verdict.PUBLISH)
    assert isinstance(approved, Change)
    assert (approved.decided_by, approved.decision) == (8, "đồng ý")
    assert await desk.stated() == {"result": "Giấy"}
    assert await desk.decide(change, Verdict.RETURN) is Refusal.DECIDED
    assert await desk.deeds() == ["change_proposed", "change_published"]


@pytest.mark.parametrize(
    ("verdict", "status"),
    [
        (Verdict.RETURN, ChangeStatus.RETURNED),
        (Verdict.WITHDRAW, ChangeStatus.WITHDRAWN),
    ],
)
async def test_what_is_returned_or_withdrawn_is_told_to_nobody(
    desk: Desk, verdict: Verdict, status: ChangeStatus
) -> None:
    change = await desk.made(a_wish({"result": "Giấy"}), publish=False)
    await desk.decide(change, verdict)
    assert await desk.status(change) is status
    assert await desk.stated() == {}
    assert await desk.decide(change, Verdict.PUBLISH) is Refusal.DECIDED


async def test_what_was_over_before_anybody_approved_it_is_not_published(desk: Desk) -> None:
    change = await desk.made(a_wish({"result": "Giấy"}, valid_until=TODAY), publish=False)
    desk.clock.move(timedelta(days=1))
    assert await desk.decide(change, Verdict.PUBLISH) is Refusal.OVER
    assert (await desk.status(change), await desk.stated()) == (ChangeStatus.WAITING, {})
    assert isinstance(await desk.decide(change, Verdict.RETURN), Change)


async def test_with_four_eyes_nobody_publishes_their_own(desk: Desk) -> None:
    change = await desk.made(a_wish({"result": "Giấy"}), publish=False)
    own = await desk.decide(change, Verdict.PUBLISH, by=NAM, four_eyes=True)
    assert own is Refusal.OWN
    other = await desk.decide(change, Verdict.PUBLISH, by=HOA, four_eyes=True)
    assert isinstance(other, Change)


async def test_of_two_approvers_at_once_one_approves(desk: Desk) -> None:
    change = await desk.made(a_wish({"result": "Giấy"}), publish=False)
    done = await asyncio.gather(*(desk.decide(change, Verdict.PUBLISH) for _ in range(4)))
    assert sorted(isinstance(one, Change) for one in done) == [False, False, False, True]
    assert (await desk.deeds()).count("change_published") == 1


async def test_two_who_change_different_fields_both_count(desk: Desk) -> None:
    await desk.made(a_wish({"result": "Giấy"}))
    second = await desk.made(a_wish({"fee": FREE}))
    assert second.before == {"result": "Giấy"}
    assert await desk.stated() == {"result": "Giấy", "fee": FREE}


async def test_two_who_change_the_same_field_are_told_apart(desk: Desk) -> None:
    first = await desk.made(a_wish({"result": "một"}))
    token = token_of(first.after)
    await desk.made(a_wish({"result": "hai", "sector": "S"}), token=token)
    clash = await desk.propose(a_wish({"result": "ba", "fee": FREE}), token=token, by=HOA)
    assert isinstance(clash, Clash)
    assert clash.clashing == ("result",)
    assert (clash.seen["result"], clash.mine["result"], clash.theirs["result"]) == (
        "một",
        "ba",
        "hai",
    )
    assert clash.merged.keys() == {"result", "fee", "sector"}
    assert await desk.stated() == {"result": "hai", "sector": "S"}
    await desk.made(a_wish(clash.merged), token=clash.token)
    assert await desk.stated() == {"result": "ba", "sector": "S", "fee": FREE}


async def test_of_many_at_once_none_is_lost(desk: Desk) -> None:
    names = ("result", "sector", "for_whom", "papers_note", "time_note", "where_note")
    done = await asyncio.gather(*(desk.propose(a_wish({name: "mới"})) for name in names))
    assert all(isinstance(one, Change) for one in done)
    assert await desk.stated() == dict.fromkeys(names, "mới")


async def test_a_record_below_that_changed_wants_another_look(desk: Desk) -> None:
    wish = a_wish({"result": "Giấy"}, beneath="mới")
    clash = await desk.propose(wish, token=token_of({}, "cũ"))
    assert isinstance(clash, Clash)
    assert (clash.beneath, clash.clashing) == (True, ("result",))
    assert isinstance(await desk.propose(wish, token=clash.token), Change)


async def test_what_changes_nothing_is_no_change(desk: Desk) -> None:
    assert await desk.propose(a_wish({})) is Refusal.UNCHANGED
    assert await desk.deeds() == []


async def test_a_value_that_does_not_fit_is_refused(desk: Desk) -> None:
    with pytest.raises(ValueError, match="Fee"):
        await desk.propose(a_wish({"fee": {"status": "nhiều"}}))
    assert await desk.stated() == {}


async def test_an_approval_that_clashes_sends_the_change_back(desk: Desk) -> None:
    waiting = await desk.made(a_wish({"result": "một"}), publish=False)
    await desk.made(a_wish({"result": "hai"}))
    clash = await desk.decide(waiting, Verdict.PUBLISH)
    assert isinstance(clash, Clash)
    assert clash.clashing == ("result",)
    assert await desk.status(waiting) is ChangeStatus.RETURNED
    assert await desk.clashing(waiting) == ("result",)
    assert await desk.stated() == {"result": "hai"}


async def test_an_approval_leaves_alone_what_others_published_meanwhile(desk: Desk) -> None:
    waiting = await desk.made(a_wish({"result": "một"}), publish=False)
    await desk.made(a_wish({"sector": "S"}))
    approved = await desk.decide(waiting, Verdict.PUBLISH)
    assert isinstance(approved, Change)
    assert approved.fields == ("result",)
    assert await desk.stated() == {"result": "một", "sector": "S"}


async def test_a_change_is_undone_and_the_undoing_too(desk: Desk) -> None:
    first = await desk.made(a_wish({"result": "một"}))
    second = await desk.made(a_wish({"result": "hai"}), token=token_of(first.after))
    undoing = await desk.undo(second)
    assert isinstance(undoing, Change)
    assert (undoing.undoes, await desk.status(second)) == (second.id, ChangeStatus.UNDONE)
    assert await desk.stated() == {"result": "một"}
    assert await desk.undo(second) is Refusal.DECIDED
    assert isinstance(await desk.undo(undoing), Change)
    assert await desk.stated() == {"result": "hai"}
    assert (await desk.deeds())[-2:] == ["change_undone", "change_undone"]


async def test_with_four_eyes_one_takes_back_at_once_and_puts_nothing_back_alone(
    desk: Desk,
) -> None:
    first = await desk.made(a_wish({"result": "một"}), publish=False)
    await desk.decide(first, Verdict.PUBLISH, by=HOA, four_eyes=True)
    undoing = await desk.undo(first, four_eyes=True)
    assert isinstance(undoing, Change)
    assert await desk.stated() == {}
    again = await desk.undo(undoing, by=NAM, four_eyes=True)
    assert isinstance(again, Change)
    assert (again.status, again.undoes) == (ChangeStatus.WAITING, undoing.id)
    assert await desk.stated() == {}
    assert await desk.decide(again, Verdict.PUBLISH, by=NAM, four_eyes=True) is Refusal.OWN
    back = await desk.decide(again, Verdict.PUBLISH, by=HOA, four_eyes=True)
    assert isinstance(back, Change)
    assert await desk.stated() == {"result": "một"}
    assert await desk.status(undoing) is ChangeStatus.UNDONE
    # What two put back is harmful perhaps: one takes it back at once.
    once_more = await desk.undo(back, four_eyes=True)
    assert isinstance(once_more, Change)
    assert (once_more.status, await desk.stated()) == (ChangeStatus.PUBLISHED, {})
    assert (await desk.deeds())[2:] == [
        "change_undone", "change_proposed", "change_published", "change_undone",
    ]  # fmt: skip


async def test_with_four_eyes_what_the_clock_ended_comes_back_only_with_another(
    desk: Desk,
) -> None:
    await desk.made(a_wish({"result": "một"}, valid_until=TODAY))
    desk.clock.move(timedelta(days=2))
    await keep_dates(desk.database, desk.clock)
    (ended,) = await desk.all(ChangeStatus.PUBLISHED)
    again = await desk.undo(ended, four_eyes=True)
    assert isinstance(again, Change)
    assert (again.status, await desk.stated()) == (ChangeStatus.WAITING, {})


async def test_what_was_taken_back_waits_to_come_back_once_however_often_it_is_asked(
    desk: Desk,
) -> None:
    first = await desk.made(a_wish({"result": "một"}), publish=False)
    await desk.decide(first, Verdict.PUBLISH, by=HOA, four_eyes=True)
    undoing = await desk.undo(first, four_eyes=True)
    assert isinstance(undoing, Change)
    asked = [desk.undo(undoing, by=by, four_eyes=True) for by in (NAM, HOA, NAM, HOA)]
    done = await asyncio.gather(*asked)
    assert sorted(map(str, done)).count("ahead") == len(asked) - 1
    (waiting,) = await desk.all(ChangeStatus.WAITING)
    assert waiting.undoes == undoing.id
    await desk.decide(waiting, Verdict.WITHDRAW)
    assert isinstance(await desk.undo(undoing, by=NAM, four_eyes=True), Change)


async def test_what_is_in_force_already_is_closed_and_not_published_again(desk: Desk) -> None:
    first, second = [await desk.made(a_wish({"result": "một"}), publish=False) for _ in range(2)]
    assert isinstance(await desk.decide(first, Verdict.PUBLISH, by=HOA), Change)
    assert await desk.decide(second, Verdict.PUBLISH, by=HOA) is Refusal.UNCHANGED
    assert await desk.status(second) is ChangeStatus.WITHDRAWN
    assert (await desk.deeds())[-2:] == ["change_published", "change_withdrawn"]


async def test_two_who_take_back_at_once_do_it_once(desk: Desk) -> None:
    change = await desk.made(a_wish({"result": "một"}))
    done = await asyncio.gather(*(desk.undo(change) for _ in range(3)))
    assert sorted(isinstance(one, Change) for one in done) == [False, False, True]
    assert (await desk.deeds()).count("change_undone") == 1


async def test_an_older_change_is_undone_where_nobody_touched_its_fields(desk: Desk) -> None:
    first = await desk.made(a_wish({"result": "một"}))
    token = token_of(first.after)
    await desk.made(a_wish({"result": "một", "sector": "S"}), token=token)
    assert isinstance(await desk.undo(first), Change)
    assert await desk.stated() == {"sector": "S"}


async def test_what_was_edited_again_since_is_not_undone(desk: Desk) -> None:
    first = await desk.made(a_wish({"result": "một"}))
    await desk.made(a_wish({"result": "hai"}), token=token_of(first.after))
    assert await desk.undo(first) is Refusal.EDITED
    assert await desk.stated() == {"result": "hai"}


async def test_a_change_begins_and_ends_on_its_days(desk: Desk) -> None:
    tomorrow = TODAY + timedelta(days=1)
    wish = a_wish({"fee": FREE}, valid_from=tomorrow, valid_until=tomorrow)
    change = await desk.made(wish)
    assert change.status is ChangeStatus.SCHEDULED
    assert await keep_dates(desk.database, desk.clock) == 0
    desk.clock.move(timedelta(days=1))
    assert await keep_dates(desk.database, desk.clock) == 1
    assert await desk.stated() == {"fee": FREE}
    assert await keep_dates(desk.database, desk.clock) == 0
    desk.clock.move(timedelta(days=1))
    assert await keep_dates(desk.database, desk.clock) == 1
    assert await desk.stated() == {}
    assert await desk.status(change) is ChangeStatus.ENDED
    assert await desk.deeds() == ["change_scheduled", "change_published", "change_ended"]


async def test_two_clocks_at_once_begin_a_change_once(desk: Desk) -> None:
    await desk.made(a_wish({"fee": FREE}, valid_from=TODAY + timedelta(days=1)))
    desk.clock.move(timedelta(days=1))
    done = await asyncio.gather(*(keep_dates(desk.database, desk.clock) for _ in range(3)))
    assert sum(done) == 1


async def test_a_scheduled_change_is_withdrawn_or_sent_back_by_a_clash(desk: Desk) -> None:
    soon = a_wish({"result": "một"}, valid_from=TODAY + timedelta(days=1))
    withdrawn, clashing = await desk.made(soon), await desk.made(soon)
    await desk.decide(withdrawn, Verdict.WITHDRAW)
    await desk.made(a_wish({"result": "hai"}))
    desk.clock.move(timedelta(days=2))
    assert await keep_dates(desk.database, desk.clock) == 0
    assert await desk.status(withdrawn) is ChangeStatus.WITHDRAWN
    assert await desk.status(clashing) is ChangeStatus.RETURNED
    assert await desk.clashing(clashing) == ("result",)
    assert await desk.stated() == {"result": "hai"}


async def test_an_approved_change_waits_for_its_day(desk: Desk) -> None:
    wish = a_wish({"result": "một"}, valid_from=TODAY + timedelta(days=1))
    waiting = await desk.made(wish, publish=False)
    assert await keep_dates(desk.database, desk.clock) == 0
    approved = await desk.decide(waiting, Verdict.PUBLISH)
    assert isinstance(approved, Change)
    assert approved.status is ChangeStatus.SCHEDULED
    desk.clock.move(timedelta(days=1))
    assert await keep_dates(desk.database, desk.clock) == 1
    (begun,) = await desk.all(ChangeStatus.PUBLISHED)
    # Who approved it is remembered when the clock keeps the day.
    assert (begun.decided_by, begun.decision) == (8, "đồng ý")
    assert begun.decided_at == desk.clock.now()


async def test_what_was_edited_since_its_end_stays_for_an_officer_to_see(desk: Desk) -> None:
    change = await desk.made(a_wish({"result": "một"}, valid_until=TODAY))
    await desk.made(a_wish({"result": "hai"}), token=token_of(change.after))
    desk.clock.move(timedelta(days=2))
    assert await keep_dates(desk.database, desk.clock) == 0
    async with desk.database.reading() as connection:
        over = await over_changes(connection, TODAY + timedelta(days=2))
    assert [one.id for one in over] == [change.id]
    assert await desk.stated() == {"result": "hai"}


async def test_guides_and_the_data_of_offices_are_changed_alike(desk: Desk) -> None:
    guide = a_wish(
        {
            "title": "Chợ phiên họp ngày nào",
            "aliases": ("chợ phiên",),
            "steps": (),
            "source": {"name": "UBND xã", "seen": "2026-11-20"},
        },
        kind=ChangeKind.GUIDE,
        ref="cho-phien",
    )
    hours = (OpeningHours(weekdays=(1, 2), opens="07:30", closes="11:30"),)
    office = a_wish({"hours": hours}, kind=ChangeKind.OFFICE, ref="xa")
    made = await desk.made(guide)
    await desk.made(office)
    told = await SqlSnapshotStore(desk.database).load("tinh")
    assert told.guides == ()
    assert next(one.hours for one in told.offices if one.code == "xa") == hours
    told = await SqlSnapshotStore(desk.database).load("xa")
    assert [one.title for one in told.guides] == ["Chợ phiên họp ngày nào"]
    gone = replace(guide, fields={"gone": True})
    await desk.made(gone, token=token_of(made.after))
    assert (await SqlSnapshotStore(desk.database).load("xa")).guides == ()


async def test_a_setting_is_changed_and_undone(desk: Desk) -> None:
    store = SqlStandingStore(desk.database)
    wish = a_wish({"text": "Chào bà con"}, kind=ChangeKind.SETTING, ref="wording:greeting")
    change = await desk.made(wish)
    version = await store.version()
    (entry,) = (await store.load()).entries
    assert (entry.office, entry.key, entry.value) == ("xa", wish.ref, wish.fields)
    clash = await desk.propose(replace(wish, fields={"text": "Xin chào"}))
    assert isinstance(clash, Clash)
    await desk.undo(change)
    assert (await store.load()).entries == ()
    assert await store.version() != version


async def test_the_audit_tells_what_changed_and_why(desk: Desk) -> None:
    first = await desk.made(a_wish({"result": "một", "sector": "S"}))
    await desk.made(a_wish({"result": "hai", "sector": "S"}), token=token_of(first.after))
    async with desk.database.reading() as connection:
        bodies = (await connection.execute(select(audit_entries.c.body))).scalars()
        told = [orjson.loads(body) for body in bodies]
    second = told[-1]
    assert (second["before"], second["after"]["result"]) == ({"result": "một"}, "hai")
    assert "sector" not in second["after"]
    assert (second["note"], second["office"], second["subject"]) == ("Nghị quyết mới", "xa", CARD)


DECEMBER = {"valid_from": date(2026, 12, 1), "valid_until": date(2026, 12, 31)}
JANUARY = {"valid_from": date(2027, 1, 1)}


async def test_what_is_approved_for_days_for_which_another_is_goes_back(desk: Desk) -> None:
    free = await desk.made(a_wish({"result": "không thu"}, **DECEMBER), publish=False)
    dear = await desk.made(a_wish({"result": "30.000"}, **DECEMBER), publish=False)
    beside = await desk.made(a_wish({"sector": "S"}, **DECEMBER), publish=False)
    after = await desk.made(a_wish({"result": "20.000"}, **JANUARY), publish=False)
    assert isinstance(await desk.decide(free, Verdict.PUBLISH), Change)
    clash = await desk.decide(dear, Verdict.PUBLISH)
    assert isinstance(clash, Clash)
    assert clash.clashing == ("result",)
    assert (await desk.status(dear), await desk.clashing(dear)) == (
        ChangeStatus.RETURNED,
        ("result",),
    )
    for one in (beside, after):
        assert isinstance(await desk.decide(one, Verdict.PUBLISH), Change)
    # Whoever publishes alone is told before anything is stored.
    whole = a_wish({"result": "ba"}, valid_from=date(2026, 12, 31))
    assert await desk.propose(whole) is Refusal.MEETS
    assert len(await desk.all(ChangeStatus.SCHEDULED)) == 3


async def test_of_two_approved_at_once_for_the_same_days_one_is(desk: Desk) -> None:
    made = [
        await desk.made(a_wish({"result": word}, **DECEMBER), publish=False)
        for word in ("một", "hai", "ba")
    ]
    done = await asyncio.gather(*(desk.decide(one, Verdict.PUBLISH) for one in made))
    assert sorted(isinstance(one, Change) for one in done) == [False, False, True]


async def test_what_follows_the_day_after_another_ends_begins_then(desk: Desk) -> None:
    await desk.made(a_wish({"result": "một"}, **DECEMBER))
    await desk.made(a_wish({"result": "hai"}, **JANUARY))
    desk.clock.move(date(2026, 12, 2) - TODAY)
    await keep_dates(desk.database, desk.clock)
    assert await desk.stated() == {"result": "một"}
    desk.clock.move(date(2027, 1, 1) - date(2026, 12, 2))
    await keep_dates(desk.database, desk.clock)
    assert await desk.stated() == {"result": "hai"}
