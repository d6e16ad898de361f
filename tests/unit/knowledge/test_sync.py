"""A walk through the portal notes what is new, changed, gone, back or renumbered; nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from knowledge.models import FeeStatus, Level
from knowledge.portal import CATALOGUE, DETAIL, Manners, PortalClient
from knowledge.portal_records import ChangeKind
from knowledge.sync import Phase, SyncReport, sync
from knowledge.testing import InMemorySnapshotStore
from tests.conftest import NOON
from tests.fakes.portal import FakePortal, Illness, PortalAtHand, a_catalogue, a_detail, a_row

QUICK = Manners(pause=0, back_off=(0, 0, 0), patience=1)


@dataclass
class Steps:
    """Keeps what a walk told."""

    heard: list[tuple[Phase, int, int]] = field(default_factory=list)

    async def step(self, phase: Phase, done: int, total: int) -> None:
        self.heard.append((phase, done, total))


@dataclass
class World:
    """A portal, a store and a calendar."""

    portal: FakePortal
    store: InMemorySnapshotStore = field(default_factory=InMemorySnapshotStore)
    day: int = 0

    async def walk(self, **options: Any) -> SyncReport:
        self.day += 1
        at = NOON + timedelta(days=self.day)
        return await sync(PortalAtHand(self.portal), self.store, at=at, watch=Steps(), **options)

    async def codes(self) -> set[str]:
        return {procedure.code for procedure in (await self.store.load()).procedures}


@pytest.fixture
def world() -> World:
    return World(FakePortal(rows=a_catalogue(23)))


async def test_the_first_walk_finds_everything_new(world: World) -> None:
    report = await world.walk()
    assert len(report.of(ChangeKind.NEW)) == len(report.changes) == 23
    assert (report.seen, report.total, report.details_read) == (23, 23, 23)
    assert (report.details_left, report.doubt, report.stopped) == (0, "", "")
    assert len(await world.codes()) == 23


async def test_a_second_walk_over_the_same_portal_notes_nothing(world: World) -> None:
    await world.walk()
    records = await world.store.portal_records()
    report = await world.walk()
    assert (report.changes, report.details_read, report.faults) == ([], 0, ())
    again = await world.store.portal_records()
    assert [one.first_seen for one in again] == [one.first_seen for one in records]
    assert [one.changed_at for one in again] == [one.changed_at for one in records]


async def test_details_tell_fee_time_papers_and_law(world: World) -> None:
    await world.walk()
    procedure = (await world.store.load()).procedures[0]
    assert [(time.amount, time.unit.value) for time in procedure.times] == [(3, "working_day")]
    assert procedure.fee.status is FeeStatus.KNOWN
    assert [paper.name for paper in procedure.papers] == ["Tờ khai"]
    assert procedure.legal == ("60/2014/QH13",)


async def test_a_changed_row_is_noted_field_by_field_and_its_detail_read_again(
    world: World,
) -> None:
    await world.walk()
    world.portal.rows[3] = a_row("1.000004", "Tên mới")
    world.portal.details["1.000004"] = a_detail(world.portal.rows[3], isFullProcess=False)
    report = await world.walk()
    told = {name: change for one in report.changes for name, change in one.fields.items()}
    assert {one.kind for one in report.changes} == {ChangeKind.CHANGED}
    assert told["official_name"] == ("Thủ tục số 1.000004", "Tên mới")
    assert told["online"] == ("full", "unknown")
    assert report.details_read == 1


async def test_a_withdrawn_procedure_keeps_its_date_and_may_return(world: World) -> None:
    await world.walk()
    row = world.portal.rows.pop()
    report = await world.walk()
    assert [one.code for one in report.of(ChangeKind.WITHDRAWN)] == [row["code"]]
    assert row["code"] not in await world.codes()
    (gone,) = (one for one in await world.store.portal_records() if one.withdrawn_at)
    assert gone.withdrawn_at == NOON + timedelta(days=2)
    world.portal.rows.append(row)
    assert [one.kind for one in (await world.walk()).changes] == [ChangeKind.RETURNED]
    assert row["code"] in await world.codes()


async def test_a_renumbered_procedure_keeps_its_former_code(world: World) -> None:
    await world.walk()
    world.portal.rows[2] = {**a_row("1.999999", world.portal.rows[2]["name"]), "id": "id-1.000003"}
    report = await world.walk()
    (change,) = report.changes
    assert change.kind is ChangeKind.RENUMBERED
    assert change.fields["code"] == ("1.000003", "1.999999")
    found = {str(one.code): one for one in (await world.store.load()).procedures}
    assert found["1.999999"].former_codes == ("1.000003",)
    assert "1.000003" not in found
    assert (await world.walk()).changes == []


async def test_a_catalogue_cut_short_withdraws_nothing(world: World) -> None:
    await world.walk()
    world.portal.total = 23
    del world.portal.rows[15:]
    report = await world.walk()
    assert report.changes == []
    assert "bị cắt" in report.doubt
    assert len(await world.codes()) == 23


async def test_a_catalogue_cut_short_tells_of_nothing_new_but_of_what_changed(
    world: World,
) -> None:
    await world.walk()
    known = await world.codes()
    world.portal.rows = [
        a_row("1.000001", "Tên mới"), *world.portal.rows[1:],
        *(a_row(f"9.{number:06}") for number in range(50)),
    ]  # fmt: skip
    world.portal.total = 200
    report = await world.walk()
    assert "bị cắt" in report.doubt
    assert [(one.kind, one.code) for one in report.changes] == [(ChangeKind.CHANGED, "1.000001")]
    assert (report.unconfirmed, await world.codes()) == (50, known)
    world.portal.total = 73
    report = await world.walk()
    assert (report.doubt, report.unconfirmed) == ("", 0)
    assert len(report.of(ChangeKind.NEW)) == 50


async def test_too_many_gone_at_once_is_not_believed(world: World) -> None:
    await world.walk()
    del world.portal.rows[15:]
    report = await world.walk()
    assert report.changes == []
    assert "biến mất" in report.doubt


async def test_an_empty_catalogue_withdraws_nothing(world: World) -> None:
    await world.walk()
    world.portal.rows.clear()
    assert "không có thủ tục nào" in (await world.walk()).doubt
    assert len(await world.codes()) == 23


@pytest.mark.parametrize("total", [-5, 10**9, 1])
async def test_a_catalogue_whose_size_is_a_lie_is_not_published(world: World, total: int) -> None:
    world.portal.rows = a_catalogue(150)
    world.portal.total = total
    before = await world.store.version()
    report = await world.walk()
    assert "danh mục ghi" in report.doubt
    assert await world.store.version() == before
    assert await world.codes() == set()
    assert await world.store.sync_run() is None


async def test_a_doubted_catalogue_takes_nothing_known_away(world: World) -> None:
    await world.walk()
    known = await world.codes()
    world.portal.rows += [a_row(f"9.{number:06}") for number in range(200)]
    world.portal.total = 23
    assert (await world.walk()).doubt
    assert await world.codes() == known
    world.portal.total = None
    assert (await world.walk()).doubt == ""
    assert len(await world.codes()) == 223


@pytest.mark.parametrize(
    ("code", "name"),
    [("<b>1</b>", "Một"), ("mã", "Hai"), ("1.0/../?x=1", "Ba"), ("1.5", "x" * 2001)],
)
async def test_a_row_of_no_catalogue_s_shape_is_told(world: World, code: str, name: str) -> None:
    world.portal.rows.append(a_row(code, name))
    report = await world.walk()
    assert (len(report.faults), len(await world.codes())) == (1, 23)


async def test_a_link_is_made_of_an_encoded_code(world: World) -> None:
    world.portal.rows.append(a_row("1.0/2D"))
    await world.walk()
    (found,) = (one for one in (await world.store.load()).procedures if one.code == "1.0/2D")
    assert found.source.url.endswith("/1.0%2F2D")


async def test_another_procedure_s_detail_is_not_kept_and_tried_again_next_time(
    world: World,
) -> None:
    world.portal.details["1.000001"] = a_detail(a_row("1.000002"))
    world.portal.details["1.000002"] = a_detail(a_row("1.000002", "Tên khác hẳn"))
    report = await world.walk()
    assert [fault.column for fault in report.faults] == ["1.000001", "1.000002"]
    assert (report.details_read, report.stopped) == (21, "")
    world.portal.details.clear()
    assert (await world.walk()).details_read == 2


async def test_ten_useless_details_in_a_row_stop_the_walk(world: World) -> None:
    for row in world.portal.rows[:12]:
        world.portal.details[row["code"]] = {"code": "khác"}
    report = await world.walk()
    assert "10 chi tiết" in report.stopped
    assert (await world.walk()).stopped == ""


async def test_two_rows_with_one_code_are_told_and_the_first_stays(world: World) -> None:
    world.portal.rows.append({**a_row(" 1.000001", "Tên thứ hai"), "id": "khác"})
    report = await world.walk()
    assert ["hai thủ tục cùng mã" in one.problem for one in report.remarks] == [True]
    assert report.faults == ()
    assert (await world.walk()).changes == []


async def test_a_broken_row_is_told_and_the_rest_goes_on(world: World) -> None:
    world.portal.rows[4] = {"id": "hỏng", "code": "1.000005"}
    report = await world.walk()
    assert (len(report.faults), report.seen, report.doubt) == (1, 23, "")
    assert len(await world.codes()) == 22


async def test_a_limit_leaves_the_rest_for_the_next_walk(world: World) -> None:
    world.portal.rows[20] = a_row("1.000021", departments=["Bộ Tư pháp"])
    first = await world.walk(limit=8)
    assert (first.details_read, first.details_left) == (8, 15)
    assert (await world.walk(limit=14)).details_left == 1
    (unread,) = (one for one in await world.store.portal_records() if not one.detail_at)
    assert unread.procedure.level is Level.MINISTRY


async def test_without_details_only_names_are_read(world: World) -> None:
    report = await world.walk(details=False)
    assert (report.details_read, report.details_left) == (0, 23)


async def test_old_details_are_read_again(world: World) -> None:
    await world.walk()
    world.day = 40
    assert (await world.walk()).details_read == 23


async def test_an_unfinished_walk_of_long_ago_is_begun_anew(world: World) -> None:
    world.portal.rows = a_catalogue(200)
    async with world.portal.serving() as portal:
        world.portal.ills.extend([None, None, *[Illness.FIREWALL] * 4])
        async with PortalClient.opened(portal.url, QUICK) as client:
            report = await sync(client, world.store, at=NOON, watch=Steps())
    assert "chặn" in report.stopped
    assert (report.seen, report.unconfirmed, report.changes) == (50, 50, [])
    later = await world.walk()
    assert later.started_at == NOON + timedelta(days=1)


async def test_what_a_catalogue_cut_short_first_brought_is_told_to_nobody(world: World) -> None:
    await world.walk()
    known = await world.codes()
    world.portal.rows = [*a_catalogue(23), *(a_row(f"9.{n:06}", "RÁC") for n in range(200))]
    async with world.portal.serving() as portal:
        world.portal.ills.extend([None, None, None, *[Illness.FIREWALL] * 4])
        async with PortalClient.opened(portal.url, QUICK) as client:
            at = NOON + timedelta(days=2)
            assert (await sync(client, world.store, at=at, watch=Steps())).stopped
            assert await world.codes() == known
    world.day = 8
    report = await world.walk()
    assert len(report.of(ChangeKind.NEW)) == len(report.changes) == 200
    assert len(await world.codes()) == 223


async def test_a_blocked_walk_goes_on_where_it_stood(world: World) -> None:
    world.portal.rows = a_catalogue(120)
    async with world.portal.serving() as portal:
        world.portal.ills.extend([None, None, None, *[Illness.FIREWALL] * 4])
        async with PortalClient.opened(portal.url, QUICK) as client:
            report = await sync(client, world.store, at=NOON, watch=Steps())
            assert report.stopped
            assert report.seen == 100
            asked_before = portal.count(CATALOGUE)
            later = await sync(client, world.store, at=NOON + timedelta(minutes=9), watch=Steps())
    assert portal.count(CATALOGUE) - asked_before == 2
    assert (later.started_at, later.stopped, len(later.changes)) == (NOON, "", 120)
    assert portal.count(DETAIL) == 120


async def test_a_portal_that_repeats_a_page_for_ever_is_left(world: World) -> None:
    world.portal.rows = a_catalogue(200)
    async with world.portal.serving() as portal:
        world.portal.ills.extend([None, None, *[Illness.SAME_PAGE] * 50])
        async with PortalClient.opened(portal.url, QUICK) as client:
            report = await sync(client, world.store, at=NOON, watch=Steps(), details=False)
    assert portal.count(CATALOGUE) == 2
    assert "bị cắt" in report.doubt


async def test_a_forgotten_cursor_begins_the_catalogue_anew(world: World) -> None:
    world.portal.rows = a_catalogue(120)
    async with world.portal.serving() as portal:
        world.portal.ills.extend([None, None, Illness.CLIENT_ERROR])
        async with PortalClient.opened(portal.url, QUICK) as client:
            report = await sync(client, world.store, at=NOON, watch=Steps(), details=False)
    assert (report.stopped, report.seen) == ("", 120)


async def test_progress_is_told_step_by_step(world: World) -> None:
    steps = Steps()
    await sync(PortalAtHand(world.portal), world.store, at=NOON, watch=steps)
    catalogue = [done for phase, done, _ in steps.heard if phase is Phase.CATALOGUE]
    details = [done for phase, done, _ in steps.heard if phase is Phase.DETAILS]
    assert catalogue[:5] == [5, 10, 15, 20, 23]
    assert details == list(range(1, 24))


async def test_the_version_changes_once_a_walk_ends(world: World) -> None:
    before = await world.store.version()
    await world.walk()
    assert await world.store.version() != before
