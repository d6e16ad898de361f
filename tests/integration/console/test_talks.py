"""The pages of talks: who waits, what was said, taking over, speaking and giving back."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from bot.console.cookies import fresh_token
from bot.messages import ChannelName, MessageKind
from bot.officials.models import Role
from bot.officials.office_entries import Entry, Stood
from bot.officials.talks import LENGTH
from bot.storage.outbox_rows import mark_unreachable
from bot.storage.tables import OutboxStatus, outbox
from tests.factories import a_citizen
from tests.fakes.console import HERE, ConsoleHouse, Reception, Seat, Shown
from tests.fakes.talks import asked, offered, rename_choices, told

USER = "bi-mat-cua-nguoi-dan"
NASTY = '<script>alert(1)</script>"><img src=x onerror=1> {{7*7}}'


@pytest.fixture
async def lan(signed_in: Reception) -> Seat:
    return await signed_in(Role.PREPARER)


async def say(seat: Seat, talk: int, text: str, **more: str) -> Shown:
    return await seat.post(f"/talks/{talk}/say", text=text, **{"once": fresh_token(), **more})


async def test_who_asks_for_a_person_stands_first_in_the_list(
    house: ConsoleHouse, lan: Seat
) -> None:
    await asked(house, "làm giấy khai sinh", user="khác")
    talk = await asked(house, "cho tôi gặp cán bộ", user=USER)
    page = await lan.get("/talks")
    waiting, recent = page.text.split("<h2>Mới hỏi gần đây")
    assert f'href="/console/talks/{talk}"' in waiting
    assert "cho tôi gặp cán bộ" in waiting
    assert "làm giấy khai sinh" in recent
    assert "làm giấy khai sinh" not in waiting


async def test_the_lists_can_be_taken_away_as_a_spreadsheet(
    house: ConsoleHouse, lan: Seat
) -> None:
    await asked(house, "=1+1 cho tôi gặp cán bộ", user=USER)
    await asked(house, "số của tôi 0912345678", user="khác")
    headers = {"Cookie": f"{lan.cookie}={lan.token}"}
    async with lan.client.get("/console/files/talks.xlsx", headers=headers) as answer:
        body = await answer.read()
    cells = [
        cell
        for row in load_workbook(BytesIO(body)).worksheets[0].iter_rows(values_only=True)
        for cell in row
    ]
    assert "Đang chờ cán bộ" in cells
    assert "'=1+1 cho tôi gặp cán bộ" in cells
    assert "số của tôi [số điện thoại]" in cells
    assert not any(USER in str(cell) or "0912345678" in str(cell) for cell in cells)


async def test_with_nobody_waiting_the_page_says_what_will_stand_here(lan: Seat) -> None:
    page = await lan.get("/talks")
    assert "Không có ai đang chờ gặp cán bộ." in page.text
    assert "Chưa có ai hỏi." in page.text


async def test_a_talk_is_taken_spoken_in_and_given_back(house: ConsoleHouse, lan: Seat) -> None:
    talk = await asked(house, "cho tôi gặp cán bộ", user=USER)
    assert "Tiếp quản" in (await lan.get(f"/talks/{talk}")).text
    taken = await lan.post(f"/talks/{talk}/take")
    assert taken.where == f"/console/talks/{talk}?done=taken"
    sent = await say(lan, talk, "Chào bác, bác cần gì ạ?")
    assert sent.where == f"/console/talks/{talk}?done=sent"
    page = await lan.get(f"/talks/{talk}")
    assert "Chào bác, bác cần gì ạ?" in page.text
    assert "Trả lại cho trợ lý" in page.text
    assert "Bạn đang trả lời" in (await lan.get("/talks")).text
    await lan.post(f"/talks/{talk}/back")
    assert [author for author, _ in await told(house, USER)] == ["bot", "office", "officer", "bot"]
    assert "Không có ai đang chờ gặp cán bộ." in (await lan.get("/talks")).text


async def test_the_bot_is_silent_meanwhile_and_answers_afterwards(
    house: ConsoleHouse, lan: Seat
) -> None:
    talk = await asked(house, "cho tôi gặp cán bộ", user=USER)
    await lan.post(f"/talks/{talk}/take")
    await asked(house, "làm giấy khai sinh", user=USER)
    assert [author for author, _ in await told(house, USER)] == ["bot", "office"]
    await lan.post(f"/talks/{talk}/back")
    await asked(house, "làm giấy khai sinh", user=USER)
    assert (await told(house, USER))[-1][1].startswith("ĐĂNG KÝ KHAI SINH")


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("off", {"reason": "đã nghỉ việc"}),
        ("grants/take", {"role": "preparer", "at": HERE}),
    ],
)
async def test_who_may_not_go_on_loses_the_talk_and_the_citizen_is_told(
    house: ConsoleHouse, lan: Seat, signed_in: Reception, path: str, fields: dict[str, str]
) -> None:
    admin = await signed_in(Role.ADMINISTRATOR, sure=True)
    other = await signed_in(Role.PREPARER)
    talk, elsewhere = [await asked(house, "gặp cán bộ", user=user) for user in (USER, "khác")]
    await lan.post(f"/talks/{talk}/take")
    await other.post(f"/talks/{elsewhere}/take")
    await admin.post(f"/people/{lan.officer}/{path}", **fields)
    said = await told(house, USER)
    assert [author for author, _ in said] == ["bot", "office", "bot"]
    assert "trợ lý tự động trả lời" in said[-1][1]
    page = await other.get(f"/talks/{talk}")
    assert "Tiếp quản" in page.text
    assert len(await told(house, "khác")) == 2
    await asked(house, "làm giấy khai sinh", user=USER)
    assert (await told(house, USER))[-1][1].startswith("ĐĂNG KÝ KHAI SINH")


async def test_a_role_that_is_left_keeps_the_talk(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    admin = await signed_in(Role.ADMINISTRATOR, sure=True)
    lan = await signed_in(Role.PREPARER, Role.APPROVER)
    talk = await asked(house, "gặp cán bộ", user=USER)
    await lan.post(f"/talks/{talk}/take")
    await admin.post(f"/people/{lan.officer}/grants/take", role="approver", at=HERE)
    assert len(await told(house, USER)) == 2


async def test_on_a_channel_switched_off_a_held_talk_goes_on_and_ends_truly(
    house: ConsoleHouse, lan: Seat
) -> None:
    talk = await asked(house, "cho tôi gặp cán bộ", user=USER)
    await lan.post(f"/talks/{talk}/take")
    off = Entry(office=HERE, key="channel:web", value={"off": True})
    house.conversation.stand(Stood(version="1", entries=(off,)))
    assert "Kênh này đang tắt" in (await lan.get(f"/talks/{talk}")).text
    await asked(house, "giấy tờ cần gì ạ", user=USER)
    assert (await say(lan, talk, "Bác mang căn cước")).status == 303
    await lan.post(f"/talks/{talk}/back")
    words = [text for _, text in await told(house, USER)]
    assert words[-2] == "Bác mang căn cước"
    assert "không có trả lời tự động" in words[-1]
    await asked(house, "làm giấy khai sinh", user=USER)
    assert "tạm ngừng" in (await told(house, USER))[-1][1]


async def test_two_officials_are_told_of_each_other(
    house: ConsoleHouse, lan: Seat, signed_in: Reception
) -> None:
    other = await signed_in(Role.SECRETARIAT)
    talk = await asked(house, "cho tôi gặp cán bộ", user=USER)
    await lan.post(f"/talks/{talk}/take")
    refused = await other.post(f"/talks/{talk}/take")
    assert "done=taken" not in refused.where
    page = await other.get(f"/talks/{talk}")
    assert "Nguyễn Thị Lan đang trả lời người này" in page.text
    assert "Tiếp quản" not in page.text
    assert "Người khác đang trả lời" in (await other.get("/talks")).text
    lost = await say(other, talk, "Tôi trả lời nhé")
    assert (lost.status, "Tin chưa gửi" in lost.text) == (422, True)
    assert "Tôi trả lời nhé" not in str(await told(house, USER))


async def test_what_cannot_be_sent_any_more_stays_in_the_box(
    house: ConsoleHouse, lan: Seat
) -> None:
    talk = await asked(house, "cho tôi gặp cán bộ", user=USER)
    await lan.post(f"/talks/{talk}/take")
    for _ in range(2):
        house.clock.move(LENGTH / 2 + timedelta(seconds=1))
        await lan.get("/talks")
    late = await say(lan, talk, "Bác còn đó không ạ?")
    assert late.status == 422
    assert "Bác còn đó không ạ?" in late.text


async def test_the_office_says_how_long_a_silent_official_holds_a_talk_and_by_which_name(
    house: ConsoleHouse, lan: Seat
) -> None:
    entries = (
        Entry(office=HERE, key="rule:take_over_minutes", value={"minutes": 5}),
        Entry(office=HERE, key="rule:show_names", value={"on": True}),
    )
    house.conversation.stand(Stood(version="1", entries=entries))
    talk = await asked(house, "cho tôi gặp cán bộ", user=USER)
    await lan.post(f"/talks/{talk}/take")
    assert "Nguyễn Thị Lan" in str(await told(house, USER))
    house.clock.move(timedelta(minutes=4))
    assert (await say(lan, talk, "Chào bác")).status == 303
    house.clock.move(timedelta(minutes=6))
    assert (await say(lan, talk, "Bác còn đó không ạ?")).status == 422


async def test_a_form_sent_twice_is_said_once(house: ConsoleHouse, lan: Seat) -> None:
    talk = await asked(house, "cho tôi gặp cán bộ", user=USER)
    await lan.post(f"/talks/{talk}/take")
    token = fresh_token()
    for _ in range(2):
        assert (await say(lan, talk, "Chào bác", once=token)).status == 303
    assert [text for _, text in await told(house, USER)].count("Chào bác") == 1


async def test_a_form_counts_in_its_own_talk_only(house: ConsoleHouse, lan: Seat) -> None:
    token = fresh_token()
    for user in (USER, "khác"):
        talk = await asked(house, "cho tôi gặp cán bộ", user=user)
        await lan.post(f"/talks/{talk}/take")
        await say(lan, talk, "Chào bác", once=token)
    for user in (USER, "khác"):
        assert ("officer", "Chào bác") in await told(house, user)


async def test_the_code_of_the_trial_is_hidden_from_who_reads_talks(
    house: ConsoleHouse, lan: Seat, signed_in: Reception
) -> None:
    administrator = await signed_in(Role.ADMINISTRATOR)
    await administrator.post(f"/settings/trial/{HERE}", to="on", reason="thử một tuần")
    code = house.conversation.desk.standing.trial.code
    talk = await asked(house, f"{code.upper()}.", user=USER)
    for address in (f"/talks/{talk}", f"/talks/{talk}/since", "/talks"):
        shown = (await lan.get(address)).text
        assert code not in shown.casefold()
        assert "mã vào thử" in shown


async def test_what_looks_personal_is_sent_only_when_it_is_meant(
    house: ConsoleHouse, lan: Seat
) -> None:
    talk = await asked(house, "cho tôi gặp cán bộ", user=USER)
    await lan.post(f"/talks/{talk}/take")
    text = "Bác gọi 0912 345 678 giúp ạ"
    asked_back = await say(lan, talk, text)
    assert asked_back.status == 422
    assert "số điện thoại" in asked_back.text
    assert 'name="sure"' in asked_back.text
    assert (await say(lan, talk, text, sure="on")).status == 303
    assert (await told(house, USER))[-1] == ("officer", text)


async def test_the_lines_that_are_new_come_as_json(house: ConsoleHouse, lan: Seat) -> None:
    talk = await asked(house, "cho tôi gặp cán bộ", user=USER)
    await lan.post(f"/talks/{talk}/take")
    page = await lan.get(f"/talks/{talk}")
    last = re.findall(r'data-id="([0-9.]+)"', page.text)[-1]
    nothing = json.loads((await lan.get(f"/talks/{talk}/since?after={last}")).text)
    assert nothing == {"lines": [], "ended": False}
    await asked(house, "Tôi ở đây", user=USER)
    await say(lan, talk, "Dạ")
    (heard, said) = json.loads((await lan.get(f"/talks/{talk}/since?after={last}")).text)["lines"]
    assert (heard["kind"], heard["text"]) == ("citizen", "Tôi ở đây")
    assert (said["kind"], said["text"]) == ("officer", "Dạ")
    again = json.loads((await lan.get(f"/talks/{talk}/since?after={said['id']}")).text)
    assert again["lines"] == []
    every = json.loads((await lan.get(f"/talks/{talk}/since?after=nonsense")).text)["lines"]
    assert len(every) == 5


async def test_looking_on_counts_as_no_activity(house: ConsoleHouse, lan: Seat) -> None:
    talk = await asked(house, "cho tôi gặp cán bộ", user=USER)
    statuses = []
    for _ in range(7):
        house.clock.move(timedelta(minutes=5))
        statuses.append((await lan.get(f"/talks/{talk}/since?after=0.0")).status)
    assert (statuses[0], statuses[-1]) == (200, 303)


async def test_nothing_of_the_citizens_address_and_no_denunciation_is_ever_shown(
    house: ConsoleHouse, lan: Seat
) -> None:
    talk = await asked(house, "số của tôi là 0912345678", user=USER)
    await asked(house, "tôi tố cáo ông A nhận hối lộ", user=USER)
    await asked(house, "tôi khiếu nại quyết định thu hồi đất", user=USER)
    await asked(house, "cho tôi gặp cán bộ", user=USER)
    assert "thu hồi đất" not in (await lan.get("/talks")).text
    await lan.post(f"/talks/{talk}/take")
    for path in ("/talks", f"/talks/{talk}", f"/talks/{talk}/since?after="):
        shown = (await lan.get(path)).text
        for hidden in (USER, "hối lộ", "0912345678", "thu hồi đất"):
            assert hidden not in shown, (path, hidden)
    assert "không hiển thị" in (await lan.get(f"/talks/{talk}")).text
    assert "[số điện thoại]" in (await lan.get(f"/talks/{talk}")).text


async def test_what_citizens_and_officials_write_stays_text(
    house: ConsoleHouse, lan: Seat
) -> None:
    talk = await asked(house, NASTY, user=USER)
    await lan.post(f"/talks/{talk}/take")
    await say(lan, talk, NASTY)
    for path in ("/talks", f"/talks/{talk}"):
        shown = (await lan.get(path)).text
        assert "<script>alert" not in shown
        assert "<img src=x" not in shown
        assert "&lt;script&gt;alert" in shown


async def test_danger_stands_out(house: ConsoleHouse, lan: Seat) -> None:
    talk = await asked(house, "cháy nhà rồi cứu với", user=USER)
    assert "Có dấu hiệu khẩn cấp" in (await lan.get("/talks")).text
    page = await lan.get(f"/talks/{talk}")
    assert 'class="urgent"' in page.text
    assert "113, 114, 115" in page.text


async def test_what_was_offered_and_which_was_pressed_is_told_by_name(
    house: ConsoleHouse, lan: Seat
) -> None:
    talk = await asked(house, "làm giấy", user=USER)
    (offer,) = await offered(house, USER)
    for value in (*offer, "none", "f:untell"):
        await asked(house, value, user=USER, kind=MessageKind.CHOICE)
    page = (await lan.get(f"/talks/{talk}")).text
    assert "Báo cho tôi khi có trả lời" in page.split('class="offered"')[1].split("</ol>")[0]
    for label in ("Báo cho tôi khi có trả lời", "Không có mục nào đúng", "Thôi, đừng báo nữa"):
        assert f"Bấm nút “{label}”" in page
    assert "Bấm một nút khác" not in page
    lines = json.loads((await lan.get(f"/talks/{talk}/since?after=")).text)["lines"]
    assert "Báo cho tôi khi có trả lời" in lines[1]["offered"]


async def test_a_button_that_is_gone_is_told_by_what_it_said(
    house: ConsoleHouse, lan: Seat
) -> None:
    talk = await asked(house, "làm giấy khai sinh", user=USER)
    await rename_choices(house, "p:đã-bỏ", "Thủ tục đã bỏ")
    await asked(house, "p:đã-bỏ", user=USER, kind=MessageKind.CHOICE)
    page = (await lan.get(f"/talks/{talk}")).text
    assert "Bấm nút “Thủ tục đã bỏ”" in page


async def test_a_talk_stands_once_on_the_page_with_what_was_said_last(
    house: ConsoleHouse, lan: Seat
) -> None:
    await asked(house, "đăng ký kết hôn", user=USER)
    await asked(house, "toi muon gap can bo", user=USER)
    page = (await lan.get("/talks")).text
    waiting, recent = page.split("<h2>Mới hỏi gần đây")
    assert waiting.count('href="/console/talks/') == 1
    assert 'href="/console/talks/' not in recent
    assert ">toi muon gap can bo</a>" in waiting
    assert "Trước đó hỏi: đăng ký kết hôn" in waiting
    await asked(house, "xin nhanh giúp", user=USER)
    page = (await lan.get("/talks")).text
    assert ">xin nhanh giúp</a>" in page
    assert "toi muon gap can bo" not in page


async def test_a_report_is_read_but_no_complaint_and_no_denunciation(
    house: ConsoleHouse, lan: Seat
) -> None:
    talk = await asked(house, "tôi tố cáo ông A nhận hối lộ", user=USER)
    await asked(house, "tôi khiếu nại quyết định thu hồi đất số 7", user=USER)
    await asked(house, "phản ánh đèn đường hỏng ở thôn Bốn", user=USER)
    page = (await lan.get(f"/talks/{talk}")).text
    assert "đèn đường hỏng ở thôn Bốn" in page
    assert "hối lộ" not in page
    assert "thu hồi đất" not in page
    assert page.count("không hiển thị]") == 2


async def test_without_a_script_the_page_says_how_new_words_are_seen(
    house: ConsoleHouse, lan: Seat
) -> None:
    talk = await asked(house, "cho tôi gặp cán bộ", user=USER)
    page = (await lan.get(f"/talks/{talk}")).text
    assert re.search(r"data-live hidden>Tin mới tự hiện", page)
    without = page.split("<noscript>")[1].split("</noscript>")[0]
    assert f'href="/console/talks/{talk}"' in without
    assert "Tải lại trang" in without


async def test_buttons_and_photos_are_told_in_words(house: ConsoleHouse, lan: Seat) -> None:
    talk = await asked(house, "a:fee:1.001193", user=USER, kind=MessageKind.CHOICE)
    await asked(house, "", user=USER, kind=MessageKind.PHOTO)
    page = (await lan.get(f"/talks/{talk}")).text
    assert "Bấm nút “" in page
    assert "Lệ phí" in page
    assert "a:fee" not in page
    assert "hệ thống không giữ" in page


async def test_what_became_of_the_words_is_told(house: ConsoleHouse, lan: Seat) -> None:
    talk = await asked(house, "cho tôi gặp cán bộ", user="7", channel=ChannelName.TELEGRAM)
    await lan.post(f"/talks/{talk}/take")
    await say(lan, talk, "Chào bác")
    assert "Cán bộ (chờ gửi)" in (await lan.get(f"/talks/{talk}")).text
    async with house.database.writing() as connection:
        await connection.execute(outbox.update().values(status=OutboxStatus.FAILED))
        key = a_citizen("7", ChannelName.TELEGRAM).conversation
        await mark_unreachable(connection, key, "blocked", house.clock.now())
    page = (await lan.get(f"/talks/{talk}")).text
    assert "Cán bộ (không gửi được)" in page
    assert "đã chặn hoặc rời" in page


async def test_who_may_only_look_finds_no_button(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    leader = await signed_in(Role.LEADER)
    talk = await asked(house, "cho tôi gặp cán bộ", user=USER)
    page = await leader.get(f"/talks/{talk}")
    assert "Tiếp quản" not in page.text
    assert (await leader.post(f"/talks/{talk}/take")).status == 403


@pytest.mark.parametrize("name", ["0", "-1", "9999", "1e3", "٣", "9" * 30, "web:s1"])
async def test_what_names_no_talk_is_not_there(lan: Seat, name: str) -> None:
    assert (await lan.get(f"/talks/{name}")).status == 404
