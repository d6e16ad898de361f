"""A text from its author to its readers: written, approved by another, let go, watched."""

from __future__ import annotations

import re
from datetime import date
from http import HTTPStatus
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import delete, select, update

from bot.officials.models import EVERYWHERE, Role
from bot.storage.broadcast_rows import find_version
from bot.storage.broadcast_tables import broadcasts, deliveries, runs, subscribers
from bot.storage.console_tables import audit_entries
from bot.storage.inbox_rows import insert_messages
from bot.storage.plan_tables import officer_chats
from bot.storage.schedule_rows import schedules_of
from bot.storage.tables import outbox
from broadcasts.models import BroadcastId
from broadcasts.schedule.rules import occurrences
from tests.conftest import NOON
from tests.factories import a_citizen, a_message
from tests.fakes.console import HERE, ConsoleHouse, Reception, Seat, Shown
from tests.integration.console.made.news import a_run

TEXT = {
    "kind": "khac",
    "title": "Nộp hồ sơ trực tuyến",
    "body": "Theo Quyết định số 5/QĐ-UBND, hồ sơ nộp tại https://dichvucong.gov.vn.",
    "whom": "all",
}


async def written(seat: Seat, **other: str) -> Shown:
    return await seat.post(f"/news/{HERE}/new", **{**TEXT, **other})


async def a_draft(seat: Seat, **other: str) -> str:
    """Write a draft; give the path of its page."""
    done = await written(seat, **other)
    assert done.status == HTTPStatus.SEE_OTHER, done.text
    return done.where.removeprefix("/console").partition("?")[0]


async def a_reader(house: ConsoleHouse, address: str = "7001", channel: str = "telegram") -> None:
    async with house.database.writing() as connection:
        await connection.execute(
            subscribers.insert().values(
                channel=channel,
                address=address,
                office=HERE,
                kind="citizen",
                person=f"{channel}:{address}",
                status="active",
                consent="import",
                agreed_at=NOON,
                changed_at=NOON,
            )
        )


async def test_a_text_goes_out_by_two_peoples_hands(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    await a_reader(house)
    author = await signed_in(Role.PREPARER)
    path = await a_draft(author)
    assert "done=text_submitted" in (await author.post(f"{path}/submit")).where
    approver = await signed_in(Role.APPROVER)
    page = await approver.get(path)
    assert "Gửi đến 1 người" in page.text
    assert "Gửi cho</dt><dd>tất cả" in page.text
    assert "Người nhận qua Telegram thấy" in page.text
    assert "chưa nối: phải chờ" not in page.text
    set_up = house.channels.copy()
    house.channels.clear()
    assert "chưa nối: phải chờ" in (await approver.get(path)).text
    house.channels.update(set_up)
    spoken = await approver.get(f"{path}/script.txt")
    assert "Quyết định số năm" in spoken.text
    assert "done=text_approved" in (await approver.post(f"{path}/approve", version="1")).where
    assert "done=text_started" in (await approver.post(f"{path}/start", when="now")).where
    assert "đã hẹn giờ" in (await approver.get(path)).text


async def test_who_wrote_it_does_not_approve_it(signed_in: Reception) -> None:
    seat = await signed_in(Role.APPROVER)
    path = await a_draft(seat)
    await seat.post(f"{path}/submit")
    assert "không tự duyệt" in (await seat.get(path)).text
    refused = await seat.post(f"{path}/approve", version="1")
    assert refused.status == HTTPStatus.UNPROCESSABLE_ENTITY


async def test_an_edit_of_an_approved_text_is_a_draft_again(signed_in: Reception) -> None:
    author, approver = await signed_in(Role.PREPARER), await signed_in(Role.APPROVER)
    path = await a_draft(author)
    await author.post(f"{path}/submit")
    await approver.post(f"{path}/approve", version="1")
    kept = await author.post(f"{path}/edit", **{**TEXT, "title": "Nộp hồ sơ tại nhà"})
    assert "done=text_kept" in kept.where
    page = await approver.get(path)
    assert "bản nháp" in page.text
    assert (
        await approver.post(f"{path}/start", when="now")
    ).status == HTTPStatus.UNPROCESSABLE_ENTITY


async def test_what_is_returned_says_what_to_mend(signed_in: Reception) -> None:
    author, approver = await signed_in(Role.PREPARER), await signed_in(Role.APPROVER)
    path = await a_draft(author)
    await author.post(f"{path}/submit")
    await approver.post(f"{path}/return", note="Ghi rõ địa chỉ một cửa")
    page = await author.get(path)
    above = page.text.partition("Xem trước")[0]
    assert "Ghi rõ địa chỉ một cửa" in above
    assert "bị trả lại" in above
    assert "Ghi rõ địa chỉ một cửa" in (await author.get(f"{path}/edit")).text
    await author.post(f"{path}/edit", **TEXT)
    assert "Ghi rõ địa chỉ một cửa" in (await author.get(path)).text.partition("Xem trước")[0]
    await author.post(f"{path}/submit")
    above, _, below = (await author.get(path)).text.partition("Xem trước")
    assert "Ghi rõ địa chỉ một cửa" not in above
    assert "Ghi rõ địa chỉ một cửa" in below


async def test_an_incomplete_text_is_not_submitted(signed_in: Reception) -> None:
    author = await signed_in(Role.PREPARER)
    path = await a_draft(author, body="Gọi {so_la} để hỏi.")
    refused = await author.post(f"{path}/submit")
    assert refused.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "{so_la}" in refused.text


async def test_buttons_stand_one_on_a_line_and_slips_are_named(signed_in: Reception) -> None:
    author = await signed_in(Role.PREPARER)
    refused = await written(author, buttons="Nộp ngay https://dichvucong.gov.vn")
    assert refused.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "chữ trên nút | địa chỉ" in refused.text
    path = await a_draft(author, buttons="Nộp ngay | https://dichvucong.gov.vn")
    assert "Nộp ngay" in (await author.get(path)).text


async def test_a_form_whose_files_a_person_left_out_is_taken(signed_in: Reception) -> None:
    seat = await signed_in(Role.PREPARER)
    done = await seat.leave_out(f"/news/{HERE}/new", ("picture", "file"), **TEXT)
    assert "done=text_kept" in done.where, done.text
    page = await seat.get(done.where.removeprefix("/console").partition("?")[0])
    assert "Tệp kèm theo" not in page.text


async def test_an_urgent_notice_goes_out_at_once_by_one_person(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    await a_reader(house)
    seat = await signed_in(Role.SECRETARIAT)
    path = await a_draft(seat, kind="khan_cap", urgent="on")
    sent = await seat.post(f"{path}/urgent", reason="Bão số 9 vào đêm nay")
    assert "done=text_started" in sent.where
    async with house.database.reading() as connection:
        rows = (await connection.execute(select(deliveries.c.address))).scalars().all()
    assert rows == ["7001"]
    page = await seat.get(path)
    assert "đang gửi" in page.text


async def test_a_preparer_writes_no_urgent_notice(signed_in: Reception) -> None:
    seat = await signed_in(Role.PREPARER)
    assert (await written(seat, urgent="on")).status == HTTPStatus.FORBIDDEN


async def test_what_is_of_the_urgent_kind_goes_the_urgent_way_or_is_not_kept(
    signed_in: Reception,
) -> None:
    clerk, secretary = await signed_in(Role.PREPARER), await signed_in(Role.SECRETARIAT)
    assert "chỉ người có quyền phát tin khẩn" in (await clerk.get("/news/new?kind=khan_cap")).text
    refused = await written(clerk, kind="khan_cap")
    assert refused.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "đánh dấu ô “Tin khẩn”" in refused.text
    offered = (await secretary.get("/news/new?kind=khan_cap")).text
    assert 'name="urgent" value="on" checked' in offered
    assert 'name="urgent" value="on">' in (await secretary.get("/news/new?kind=khac")).text
    path = await a_draft(clerk)
    turned = await clerk.post(f"{path}/edit", **TEXT | {"kind": "khan_cap"})
    assert turned.status == HTTPStatus.UNPROCESSABLE_ENTITY
    path = await a_draft(secretary, kind="khan_cap", urgent="on")
    shown = (await clerk.get(path)).text
    assert '<span aria-hidden="true">!</span> TIN KHẨN' in shown
    assert "Tin khẩn không trình duyệt" in shown


async def test_a_run_rests_goes_on_and_ends(house: ConsoleHouse, signed_in: Reception) -> None:
    await a_reader(house)
    seat = await signed_in(Role.SECRETARIAT)
    path = await a_draft(seat, kind="khan_cap", urgent="on")
    await seat.post(f"{path}/urgent", reason="Bão số 9 vào đêm nay")
    page = await seat.get(path)
    run = page.text.partition('href="/console/runs/')[2].partition('"')[0]
    why = {"reason": "Thử điều khiển"}
    for act, said, told in (
        ("pause", {}, "tạm dừng"),
        ("resume", why, "đang gửi"),
        ("cancel", why, "đã hủy"),
    ):
        done = await seat.post(f"/runs/{run}/{act}", **said)
        assert "done=run_" in done.where
        assert told in (await seat.get(f"/runs/{run}")).text
    history = (await seat.get(f"/runs/{run}")).text.partition("Đã làm với lượt gửi này")[2]
    assert history.count("Thử điều khiển") == 2
    assert "Tạm dừng lượt gửi" in history
    assert "<h2>Tin chưa rõ</h2>" in history
    table = await seat.get(f"/runs/{run}/file")
    assert table.status == HTTPStatus.OK
    assert "failed=run_moved" in (await seat.post(f"/runs/{run}/pause")).where


async def test_the_page_of_a_run_that_moves_asks_for_no_words(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    await a_reader(house)
    seat = await signed_in(Role.SECRETARIAT)
    path = await a_draft(seat, kind="khan_cap", urgent="on")
    await seat.post(f"{path}/urgent", reason="Bão số 9 vào đêm nay")
    (run,) = re.findall(r'href="/console(/runs/\d+)"', (await seat.get(path)).text)
    moves = await seat.get(run)
    assert "Refresh" in moves.headers
    assert 'name="reason"' not in moves.text
    await seat.post(f"{run}/pause")
    rests = await seat.get(run)
    assert "Refresh" not in rests.headers
    assert f'action="/console{run}/cancel"' in rests.text
    assert 'name="reason"' in rests.text


async def test_a_text_that_was_let_go_shows_itself_anew_until_its_run_is_there(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    await a_reader(house)
    author, approver = await signed_in(Role.PREPARER), await signed_in(Role.APPROVER)
    path = await a_draft(author)
    await author.post(f"{path}/submit")
    await approver.post(f"{path}/approve", version="1")
    assert "Refresh" not in (await approver.get(path)).headers
    await approver.post(f"{path}/start", when="at", at="01/12/2026 08:00")
    assert "Refresh" not in (await approver.get(path)).headers
    await approver.post(f"{path}/call-off", reason="Gửi ngay thì hơn")
    await approver.post(f"{path}/start", when="now")
    assert "Refresh" in (await approver.get(path)).headers


async def test_what_goes_out_monthly_on_the_31st_leaves_out_no_shorter_month(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    author, approver = await signed_in(Role.PREPARER), await signed_in(Role.APPROVER)
    path = await a_draft(author)
    await author.post(f"{path}/submit")
    await approver.post(f"{path}/approve", version="1")
    told = {"when": "at", "at": "31/12/2026 08:00", "often": "monthly"}
    told |= {"until": "31/03/2027", "closed": "keep"}
    assert "done=text_started" in (await approver.post(f"{path}/start", **told)).where
    async with house.database.reading() as connection:
        (made,) = await schedules_of(connection, BroadcastId(int(path.rpartition("/")[2])))
    starts_at = made.timetable.starts_at
    days = [one.date() for one in occurrences(made.timetable.rrule, starts_at)]
    assert days == [date(2026, 12, 31), date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 31)]


async def test_a_runs_file_begins_with_what_somebody_has_to_look_into(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    run = (await a_run(house, HERE))["run"]
    seat = await signed_in(Role.SECRETARIAT)
    book = load_workbook(BytesIO((await seat.get(f"/runs/{run}/file")).body))
    assert [row[3] for row in book.worksheets[0].values] == ["Tình trạng", "chưa rõ", "đã gửi"]


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "http://xa.vn"])
async def test_a_draft_makes_no_link_of_an_address_that_is_none(
    signed_in: Reception, address: str
) -> None:
    author = await signed_in(Role.PREPARER)
    page = (await author.get(await a_draft(author, buttons=f"Mở | {address}"))).text
    assert f": {address}</li>" in page
    assert f'href="{address}"' not in page


async def test_an_approved_text_stands_on_the_public_page_until_it_is_taken_down(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    author, approver = await signed_in(Role.PREPARER), await signed_in(Role.APPROVER)
    path = await a_draft(author)
    early = await approver.post(f"{path}/post")
    assert early.status == HTTPStatus.UNPROCESSABLE_ENTITY
    await author.post(f"{path}/submit")
    await approver.post(f"{path}/approve", version="1")
    for _ in range(2):
        assert "done=text_posted" in (await approver.post(f"{path}/post")).where
    posted = select(audit_entries.c.seq).where(audit_entries.c.action == "broadcast_posted")
    async with house.database.reading() as connection:
        assert len((await connection.execute(posted)).all()) == 1
    assert "đang trên trang tin" in (await approver.get(path)).text
    down = await approver.post(f"{path}/take-down", reason="Tin đã cũ")
    assert "done=text_taken_down" in down.where


async def test_who_works_everywhere_narrows_the_list_by_any_office(
    signed_in: Reception,
) -> None:
    path = await a_draft(await signed_in(Role.PREPARER))
    seat = await signed_in(Role.LEADER, office=EVERYWHERE)
    page = await seat.get("/news")
    assert path in page.text
    # Whether it went out stands with the text and its runs.
    assert "Việc duyệt" in page.text
    assert "Trạng thái" not in page.text
    for code in re.findall(r'<option value="([^"]*)"', page.text.partition('name="office"')[2]):
        shown = await seat.get(f"/news?office={code}")
        assert shown.status == HTTPStatus.OK
    assert path in (await seat.get("/news?office=tinh")).text
    assert '<option value="-"' not in page.text


async def test_what_was_missed_wants_a_word_where_others_said_it_meanwhile(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    run = (await a_run(house, HERE))["run"]
    async with house.database.writing() as connection:
        await connection.execute(delete(deliveries))
        await connection.execute(update(runs).values(status="missed"))
        await connection.execute(update(broadcasts).values(status="approved"))
    await a_run(house, HERE)
    seat = await signed_in(Role.SECRETARIAT)
    why = {"reason": "Gửi bù cho đủ"}
    asked = await seat.post(f"/runs/{run}/start", **why)
    assert asked.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert 'name="again"' in asked.text
    done = await seat.post(f"/runs/{run}/start", **why, again="on")
    assert "done=run_started" in done.where


async def test_what_nobody_was_sure_of_is_settled_by_who_asked(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    run = (await a_run(house, HERE))["run"]
    async with house.database.writing() as connection:
        await connection.execute(update(runs).values(status="finished"))
    seat = await signed_in(Role.SECRETARIAT)
    page = await seat.get(f"/runs/{run}?status=uncertain")
    (row,) = set(re.findall(r'name="rows" value="([0-9]+)"', page.text))
    settle = {"came": "yes", "reason": "Đã gọi hỏi người nhận"}
    assert (await seat.post(f"/runs/{run}/settle", **settle)).status == 422
    done = await seat.post(f"/runs/{run}/settle", **settle, rows=row)
    assert "done=run_settled&count=1" in done.where
    again = await seat.post(f"/runs/{run}/settle", **{**settle, "came": "no"}, rows=row)
    assert "count=0" in again.where
    async with house.database.reading() as connection:
        kept = (await connection.execute(select(deliveries.c.status))).scalars().all()
    assert kept == ["sent", "sent"]
    assert "Tin chưa rõ đã đến" not in (await seat.get("/")).text
    assert "Đã gọi hỏi người nhận" in (await seat.get(f"/runs/{run}")).text


async def test_a_draft_is_tried_in_ones_own_chat_alone(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    await a_reader(house)
    author = await signed_in(Role.PREPARER)
    path = await a_draft(author, buttons="Nộp hồ sơ | https://dichvucong.gov.vn")
    assert "Nối cuộc trò chuyện để gửi thử" in (await author.get(path)).text
    nowhere = await author.post(f"{path}/try")
    assert nowhere.status == HTTPStatus.UNPROCESSABLE_ENTITY
    async with house.database.writing() as connection:
        await insert_messages(connection, [a_message("cb-xxxxxxxx", address=a_citizen("nam"))])
        await connection.execute(
            officer_chats.insert().values(
                conversation="web:nam",
                officer=author.officer,
                channel="web",
                user_id="nam",
                linked_at=NOON,
            )
        )
    assert "done=text_tried" in (await author.post(f"{path}/try")).where
    async with house.database.reading() as connection:
        rows = (await connection.execute(select(outbox).order_by(outbox.c.id))).all()
        sent = (await connection.execute(select(deliveries.c.id))).all()
    assert [row.user_id for row in rows] == ["nam", "nam"]
    assert "gửi thử" in rows[0].text
    assert rows[1].text.startswith(TEXT["title"])
    assert "https://dichvucong.gov.vn" in rows[1].parts
    assert sent == []


@pytest.mark.parametrize(
    ("told", "followed"),
    [
        ({"kind": "huong_dan_dvc"}, ("huong_dan_dvc",)),
        ({"kind": "huong_dan_dvc", "topics": "van_ban_moi"}, ("van_ban_moi",)),
        ({"kind": "huong_dan_dvc", "urgent": "on"}, ()),
        ({"kind": "khac"}, ()),
    ],
)
async def test_a_text_goes_to_those_who_chose_its_kind_unless_its_author_says_otherwise(
    house: ConsoleHouse, signed_in: Reception, told: dict[str, str], followed: tuple[str, ...]
) -> None:
    path = await a_draft(await signed_in(Role.SECRETARIAT), **told)
    async with house.database.reading() as connection:
        version = await find_version(connection, BroadcastId(int(path.rpartition("/")[2])), 1)
    assert version is not None
    assert version.audience.topics == followed


async def test_what_waits_for_a_way_that_is_not_set_up_can_be_given_up(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    run = (await a_run(house, HERE))["run"]
    async with house.database.writing() as connection:
        await connection.execute(update(runs).values(status="running"))
        await connection.execute(update(deliveries).values(status="pending"))
        await connection.execute(
            deliveries.insert().values(
                run=run, route="web", subscriber=1, address="a", status="sent",
                not_before=NOON, ended_at=house.clock.now(),
            )
        )  # fmt: skip
    seat = await signed_in(Role.SECRETARIAT)
    flowing = (await seat.get(f"/runs/{run}")).text
    assert "Đang chờ đường gửi chưa nối" not in flowing
    assert "Còn khoảng" in flowing
    house.channels.clear()
    waiting = (await seat.get(f"/runs/{run}")).text
    assert "Đang chờ đường gửi chưa nối" in waiting
    assert "Còn khoảng" not in waiting
    await seat.post(f"/runs/{run}/skip", reason="Chưa nối Telegram")
    async with house.database.reading() as connection:
        left = (await connection.execute(select(deliveries.c.status))).scalars().all()
    assert set(left) == {"skipped", "sent"}
