"""Every store of the knowledge package keeps the same promises."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from knowledge.layers import OfficeEdit
from knowledge.models import (
    Fee,
    FeeStatus,
    Note,
    Office,
    OfficeCode,
    OpeningHours,
    ProcessingTime,
    RequiredDocument,
    Snapshot,
    Source,
    TimeUnit,
)
from knowledge.portal_records import ChangeKind, PortalChange, PortalRecord, SyncRun
from knowledge.record_edits import RecordEdit, RecordKind
from knowledge.repository import SqlSnapshotStore
from knowledge.testing import InMemorySnapshotStore, make_procedure
from tests.conftest import NOON, open_database

Store = InMemorySnapshotStore | SqlSnapshotStore


@pytest.fixture(params=["memory", "sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    """An empty store of each kind."""
    if request.param == "memory":
        yield InMemorySnapshotStore()
        return
    async with open_database(request.param, request, tmp_path) as database:
        yield SqlSnapshotStore(database)


def a_record(code: str = "1.000001", **changes: object) -> PortalRecord:
    record = PortalRecord(
        portal_id=f"id-{code}",
        procedure=make_procedure(code, has_card=False),
        stamp="s1",
        seen_at=NOON,
        first_seen=NOON,
        changed_at=NOON,
    )
    return replace(record, **changes)  # type: ignore[arg-type]


async def test_an_empty_store_has_no_version_and_knows_nothing(store: Store) -> None:
    assert await store.version() == ""
    assert await store.load() == Snapshot()


async def test_the_shipped_content_comes_back_as_it_was(store: Store, snapshot: Snapshot) -> None:
    assert await store.publish_content(snapshot, name="thẻ")
    loaded = await store.load()
    assert loaded == replace(snapshot, version=loaded.version)


async def test_the_same_content_is_published_once(store: Store) -> None:
    content = Snapshot(procedures=(make_procedure(),))
    assert await store.content_name() == ""
    assert await store.publish_content(content, name="một")
    version = await store.version()
    assert not await store.publish_content(content, name="một")
    assert await store.content_name() == "một"
    assert await store.version() == version != ""
    assert await store.publish_content(Snapshot(), name="hai")
    assert await store.version() != version


async def test_of_several_publishers_at_once_one_publishes(store: Store) -> None:
    content = Snapshot(procedures=(make_procedure(),))
    done = await asyncio.gather(*(store.publish_content(content, name="thẻ") for _ in range(4)))
    assert sorted(done) == [False, False, False, True]
    assert (await store.load()).procedures == content.procedures


async def test_publishing_leaves_edits_and_portal_alone(store: Store) -> None:
    await store.save_portal([a_record("1.000002")], run=None)
    edit = OfficeEdit(office="", code="1.001193", fields={"result": "Giấy khai sinh"})
    await store.save_edits([edit], at=NOON)
    await store.publish_content(Snapshot(procedures=(make_procedure(),)), name="thẻ")
    loaded = {str(one.code): one for one in (await store.load()).procedures}
    assert loaded["1.001193"].result == "Giấy khai sinh"
    assert not loaded["1.000002"].has_card


async def test_an_edit_keeps_the_types_of_its_fields(store: Store) -> None:
    fields = {
        "fee": Fee(status=FeeStatus.FREE, note="đúng hạn"),
        "times": (ProcessingTime(unit=TimeUnit.WORKING_DAY, amount=3),),
        "papers": (RequiredDocument(name="Tờ khai", originals=1),),
        "notes": (Note(text="đến cuối năm", until=date(2026, 12, 31)),),
        "any_centre": True,
    }
    edit = OfficeEdit(office="mau-xa", code="1.001193", fields=fields)
    await store.save_edits([edit], at=NOON)
    assert (await store.layers()).edits == (edit,)


async def test_an_edit_replaces_the_earlier_one_and_an_empty_one_takes_it_back(
    store: Store,
) -> None:
    for result in ("một", "hai"):
        edit = OfficeEdit(office="", code="1.001193", fields={"result": result})
        await store.save_edits([edit], at=NOON)
    assert [one.fields["result"] for one in (await store.layers()).edits] == ["hai"]
    version = await store.version()
    await store.save_edits([OfficeEdit(office="", code="1.001193")], at=NOON)
    assert (await store.layers()).edits == ()
    assert await store.version() != version


async def test_what_an_edit_said_before_each_change_is_kept(store: Store) -> None:
    fee = Fee(status=FeeStatus.FREE)
    said: list[dict[str, object]] = [{"result": "một"}, {"result": "hai", "fee": fee}, {}, {}]
    for hours, fields in enumerate(said):
        edit = OfficeEdit(office="xa", code="1.001193", fields=fields)
        other = OfficeEdit(office="xa", code="1.000894", fields={"result": "khác"})
        await store.save_edits([edit, other], at=NOON + timedelta(hours=hours))
    changes = await store.edit_changes("xa", "1.001193")
    assert [(one.at.hour - NOON.hour, one.before, one.after) for one in changes] == [
        (0, {}, said[0]),
        (1, said[0], said[1]),
        (2, said[1], {}),
    ]
    assert len(await store.edit_changes("xa", "1.000894")) == 1
    assert await store.edit_changes("", "1.001193") == []


async def test_the_nearest_office_has_the_last_word(store: Store) -> None:
    offices = (
        Office(code=OfficeCode("tinh"), name="Tỉnh", province="01"),
        Office(code=OfficeCode("xa"), name="Xã", province="01", parent=OfficeCode("tinh")),
        Office(code=OfficeCode("xa-khac"), name="Xã khác", province="01"),
    )
    content = Snapshot(procedures=(make_procedure(result="thẻ"),), offices=offices)
    await store.publish_content(content, name="thẻ")
    await store.save_edits(
        [
            OfficeEdit(office="tinh", code="1.001193", fields={"result": "tỉnh", "sector": "S"}),
            OfficeEdit(office="xa", code="1.001193", fields={"result": "xã"}),
        ],
        at=NOON,
    )
    said = {}
    for office in ("", "tinh", "xa", "xa-khac"):
        (procedure,) = (await store.load(office)).procedures
        said[office] = (procedure.result, procedure.sector)
    assert said == {
        "": ("thẻ", "Hộ tịch"),
        "tinh": ("tỉnh", "S"),
        "xa": ("xã", "S"),
        "xa-khac": ("thẻ", "Hộ tịch"),
    }


async def test_a_card_goes_before_the_portal(store: Store) -> None:
    await store.save_portal([a_record("1.001193"), a_record("1.000001")], run=None)
    await store.publish_content(Snapshot(procedures=(make_procedure(),)), name="thẻ")
    loaded = (await store.load()).procedures
    assert [(one.code, one.has_card) for one in loaded] == [
        ("1.001193", True),
        ("1.000001", False),
    ]


async def test_what_the_portal_withdrew_is_not_offered(store: Store) -> None:
    gone = a_record("1.000001", withdrawn_at=NOON)
    await store.save_portal([gone], run=None)
    assert (await store.load()).procedures == ()
    assert list(await store.portal_records()) == [gone]


async def test_a_renumbered_card_names_its_new_code_and_covers_it(store: Store) -> None:
    left = make_procedure("1.001193", renumbered_to="1.999999", has_card=False)
    await store.save_portal(
        [
            a_record("1.001193", procedure=left, withdrawn_at=NOON),
            a_record("1.999999"),
        ],
        run=None,
    )
    await store.publish_content(Snapshot(procedures=(make_procedure(),)), name="thẻ")
    (card,) = (await store.load()).procedures
    assert (card.code, card.renumbered_to, card.has_card) == ("1.001193", "1.999999", True)


async def test_portal_records_are_replaced_by_code(store: Store) -> None:
    first = a_record(detail_stamp="s1", detail_at=NOON)
    later = replace(first, stamp="s2", seen_at=NOON + timedelta(days=1))
    await store.save_portal([first], run=None)
    await store.save_portal([later], run=None)
    assert list(await store.portal_records()) == [later]


async def test_a_walk_is_kept_until_it_ends(store: Store) -> None:
    assert await store.sync_run() is None
    run = SyncRun(started_at=NOON, cursor="abc", total=5, catalogue_done=True)
    await store.save_portal(run=run)
    assert await store.sync_run() == run
    await store.save_portal(run=None)
    assert await store.sync_run() is None


async def test_only_a_publication_changes_the_version(store: Store) -> None:
    await store.save_portal([a_record()], run=None)
    assert await store.version() == ""
    await store.save_portal(run=None, publish=True)
    assert await store.version() != ""


async def test_changes_are_told_by_walk_and_in_order(store: Store) -> None:
    def change(kind: ChangeKind, day: int) -> PortalChange:
        return PortalChange(
            at=NOON + timedelta(days=day),
            kind=kind,
            code="1.000001",
            name="Tên",
            fields={"sector": ("cũ", "mới"), "times": ([], [{"unit": "day", "amount": 3}])},
        )

    kinds = (ChangeKind.NEW, ChangeKind.CHANGED, ChangeKind.WITHDRAWN)
    await store.save_portal(run=None, changes=[change(kind, 0) for kind in kinds])
    await store.save_portal(run=None, changes=[change(ChangeKind.RETURNED, 1)])
    assert list(await store.portal_changes(NOON)) == [change(kind, 0) for kind in kinds]


FAQ = {
    "title": "Chợ phiên họp ngày nào",
    "aliases": ("chợ phiên họp hôm nào",),
    "steps": (),
    "intro": "Ngày 5 và 20 hằng tháng.",
    "source": Source(name="UBND xã", seen=date(2026, 11, 1)),
}


def a_faq(office: str = "", **changes: object) -> RecordEdit:
    return RecordEdit(
        office=office, kind=RecordKind.GUIDE, ref="cho-phien", fields={**FAQ, **changes}
    )


async def test_an_edit_to_a_record_keeps_the_types_of_its_fields(store: Store) -> None:
    hours = (OpeningHours(weekdays=(1, 2), opens="07:30", closes="11:30"),)
    edits = (
        RecordEdit(office="", kind=RecordKind.OFFICE, ref="xa", fields={"hours": hours}),
        a_faq("xa"),
        RecordEdit(office="xa", kind=RecordKind.HOTLINE, ref="1022", fields={"gone": True}),
    )
    await store.save_records(edits, at=NOON)
    assert sorted((await store.layers()).records, key=lambda one: one.ref) == sorted(
        edits, key=lambda one: one.ref
    )


async def test_edited_records_are_told_and_told_back(store: Store) -> None:
    offices = (Office(code=OfficeCode("xa"), name="Xã", province="01"),)
    await store.publish_content(Snapshot(offices=offices), name="thẻ")
    await store.save_records([a_faq("xa"), a_faq("khac", title="Khác")], at=NOON)
    (guide,) = (await store.load("xa")).guides
    assert (guide.id, guide.title, guide.intro) == ("cho-phien", FAQ["title"], FAQ["intro"])
    assert (await store.load()).guides == ()
    version = await store.version()
    taken_back = RecordEdit(office="xa", kind=RecordKind.GUIDE, ref="cho-phien")
    await store.save_records([taken_back], at=NOON)
    assert (await store.load("xa")).guides == ()
    assert await store.version() != version


async def test_what_an_edit_to_a_record_said_before_is_kept(store: Store) -> None:
    for hours, edit in enumerate((a_faq(), a_faq(intro="Ngày 6."), a_faq(intro="Ngày 6."))):
        await store.save_records([edit], at=NOON + timedelta(hours=hours))
    hidden = RecordEdit(office="", kind=RecordKind.GUIDE, ref="cho-phien", fields={"gone": True})
    await store.save_records([hidden], at=NOON + timedelta(hours=4))
    changes = await store.edit_changes("", "cho-phien")
    assert [(one.kind, one.before, one.after) for one in changes] == [
        (RecordKind.GUIDE, {}, FAQ),
        (RecordKind.GUIDE, FAQ, {**FAQ, "intro": "Ngày 6."}),
        (RecordKind.GUIDE, {**FAQ, "intro": "Ngày 6."}, {"gone": True}),
    ]


async def test_what_seldom_changes_is_told_anew_when_it_does(store: Store) -> None:
    await store.publish_content(Snapshot(procedures=(make_procedure(),)), name="một")
    await store.save_portal([a_record("1.000002")], run=None)
    first = await store.layers()
    await store.save_records([a_faq()], at=NOON)
    again = await store.layers()
    assert again.content.procedures[0] is first.content.procedures[0]
    assert again.portal[0] is first.portal[0]
    assert again.records == (a_faq(),)
    await store.save_portal([a_record("1.000003")], run=None)
    await store.publish_content(Snapshot(procedures=(make_procedure("1.7"),)), name="hai")
    last = await store.layers()
    assert [one.code for one in last.portal] == ["1.000002", "1.000003"]
    assert [one.code for one in last.content.procedures] == ["1.7"]
