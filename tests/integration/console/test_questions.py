"""Questions nobody could answer, as officials work on them in the console."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import event, insert, select, update

from bot.casework.collecting import REFUSED, UNCHOSEN, collect
from bot.console.slices import SLICE
from bot.conversation.outcomes import Outcome
from bot.conversation.turn import ConversationState, TurnResult
from bot.messages import ChannelName
from bot.officials.models import Role
from bot.storage.console_tables import answers, audit_entries, changes, follow_ups, questions
from bot.storage.outbox_rows import FOLLOW_UP
from bot.storage.tables import outbox, unreachable
from tests.conftest import NOON
from tests.factories import a_message
from tests.fakes.console import ConsoleHouse, Reception, Seat
from tests.fakes.offers import OFFERS, said
from tests.fakes.questions import ANSWERED, agrees, asks, stored
from tests.integration.console.made.questions import questions_of_the_week

TELEGRAM = ChannelName.TELEGRAM
SILK = "nuôi tằm lấy tơ"
NASTY = '<script>alert(1)</script> {{7*7}} " onload=x'


async def one_asks(
    house: ConsoleHouse, user: str = "nam", text: str = SILK, *, near: str = "1.000894"
) -> None:
    """Let a citizen ask and agree to be told."""
    question = await stored(house.database, asks(text, near=near), user=user)
    await stored(house.database, agrees(question), user=user)


async def told(house: ConsoleHouse) -> list[tuple[str, str, str]]:
    async with house.database.reading() as connection:
        rows = select(outbox.c.user_id, outbox.c.text, outbox.c.choices).order_by(outbox.c.id)
        return [
            tuple(row) for row in await connection.execute(rows.where(outbox.c.seq == FOLLOW_UP))
        ]


def answered(house: ConsoleHouse, text: str) -> TurnResult:
    return house.conversation.answer(a_message(text), ConversationState(), now=NOON)


@pytest.fixture
async def lan(signed_in: Reception) -> Seat:
    return await signed_in(Role.APPROVER)


async def test_the_list_shows_groups_of_ones_own_offices(
    house: ConsoleHouse, lan: Seat, signed_in: Reception
) -> None:
    await one_asks(house)
    await stored(house.database, asks("hát chèo", office="xa-b"), user="xa")
    shown = await lan.get("/questions")
    assert shown.heading == "Câu chưa trả lời"
    assert SILK in shown.text
    assert "Đăng ký kết hôn" in shown.text
    assert "hát chèo" not in shown.text
    assert (
        "hát chèo" in (await (await signed_in(Role.LEADER, office="tinh")).get("/questions")).text
    )
    assert (await lan.get("/questions/2")).status == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("text=nuoi+TAM", True),
        ("text=t%C6%A1", True),
        ("text=%25", False),
        ("text=kh%C3%A1c", False),
        ("status=answered", False),
        ("status=all", True),
        ("status=nonsense", True),
        ("channel=web", True),
        ("channel=telegram", False),
        ("from=20/11/2026&to=20/11/2026", True),
        ("from=21/11/2026", False),
        ("to=2026-11-19", False),
        ("sort=wishes&page=nonsense", True),
        ("office=xa-a", True),
        ("office=xa-b", False),
        ("office=xa-a-mot-cua", False),
    ],
)
async def test_the_list_is_narrowed(
    house: ConsoleHouse, lan: Seat, query: str, found: bool
) -> None:
    await one_asks(house)
    shown = await lan.get(f"/questions?{query}")
    assert shown.status == HTTPStatus.OK
    assert (f">{SILK}<" in shown.text) is found


async def test_the_list_goes_on_page_by_page(house: ConsoleHouse, lan: Seat) -> None:
    for number in range(52):
        await stored(house.database, asks(f"việc {number}"), user=f"c{number}")
    first = await lan.get("/questions?sort=asked")
    assert first.text.count("/console/questions/") >= 50
    following = first.text.partition('rel="next" href="/console')[2].partition('"')[0]
    second = await lan.get(following.replace("&amp;", "&"))
    assert sum(f">việc {number}<" in second.text for number in range(52)) == 2


async def test_what_nobody_chose_from_has_its_own_part_of_the_list(
    house: ConsoleHouse, lan: Seat
) -> None:
    await one_asks(house)
    wifi = "ở đây có wifi chùa không"
    await said(house.database, wifi, OFFERS, since=NOON - timedelta(hours=1))
    await collect(
        house.database, UNCHOSEN, clock=house.clock, desk_of=lambda: house.conversation.desk
    )
    real = await lan.get("/questions")
    assert f">{SILK}<" in real.text
    assert f">{wifi}<" not in real.text
    assert "Chưa trả lời được (1)" in real.text
    assert "Đã gợi ý, người hỏi không chọn (1)" in real.text
    shown = await lan.get("/questions?kind=unchosen")
    assert f">{wifi}<" in shown.text
    assert f">{SILK}<" not in shown.text
    assert f">{wifi}<" not in (await lan.get("/questions?kind=none_fits")).text
    assert f">{wifi}<" in (await lan.get("/questions?kind=all")).text
    book = load_workbook(BytesIO((await lan.get("/files/questions.xlsx?kind=unchosen")).body))
    assert [cell.value for cell in book.worksheets[0][2]][:6] == [wifi, 0, 0, 1, 0, 0]
    await lan.post("/questions/2/join", into="1")
    joined = await lan.get("/questions/1")
    assert "<dt>Không trả lời được</dt><dd>1</dd>" in joined.text
    assert "<dt>Đã gợi ý, người hỏi không chọn</dt><dd>1</dd>" in joined.text
    assert f">{SILK}<" in (await lan.get("/questions?kind=unchosen")).text
    async with house.database.reading() as connection:
        taken = select(questions.c.inbox_id).where(questions.c.kind == "unchosen")
        number = (await connection.execute(taken)).scalar_one()
    await lan.post(f"/asked/{number}/split")
    assert "(1)" in (await lan.get("/questions?kind=unchosen")).text
    assert f">{SILK}<" not in (await lan.get("/questions?kind=unchosen")).text


async def test_what_was_refused_has_its_own_part_of_the_list(
    house: ConsoleHouse, lan: Seat
) -> None:
    await one_asks(house)
    wifi = "xã mình có wifi miễn phí không"
    refused = replace(ANSWERED, outcome=Outcome.OUT_OF_SCOPE)
    await said(house.database, wifi, refused, since=NOON - timedelta(hours=1))
    await collect(
        house.database, REFUSED, clock=house.clock, desk_of=lambda: house.conversation.desk
    )
    real = await lan.get("/questions")
    assert f">{wifi}<" not in real.text
    assert "Chưa trả lời được (1)" in real.text
    assert "Trợ lý cho là ngoài phạm vi (1)" in real.text
    shown = await lan.get("/questions?kind=refused")
    assert f">{wifi}<" in shown.text
    assert "Số lần từ chối" in shown.text
    assert f">{SILK}<" not in shown.text
    assert f">{wifi}<" not in (await lan.get("/questions?kind=unchosen")).text
    assert f">{wifi}<" in (await lan.get("/questions?kind=all&sort=refused")).text
    book = load_workbook(BytesIO((await lan.get("/files/questions.xlsx?kind=refused")).body))
    assert [cell.value for cell in book.worksheets[0][2]][:6] == [wifi, 0, 0, 0, 1, 0]
    group = await lan.get("/questions/2")
    assert "<dt>Trợ lý cho là ngoài phạm vi</dt><dd>1</dd>" in group.text
    assert "không hẹn" not in group.text


async def test_an_answer_goes_to_who_agreed_and_the_group_is_done(
    house: ConsoleHouse, lan: Seat
) -> None:
    await one_asks(house)
    await stored(house.database, asks(SILK), user="mai")
    page = await lan.get("/questions/1")
    assert "1 người đã đồng ý nhận tin" in page.text
    assert page.text.count(SILK) >= 3
    sent = await lan.post("/questions/1/answer", text="Nuôi được.\n\nKhông cần giấy phép.")
    assert sent.status == HTTPStatus.SEE_OTHER
    after = await lan.get(sent.where.removeprefix("/console"))
    assert "1 người đã đồng ý nhận tin được báo qua kênh của họ" in after.text
    assert "Không cần giấy phép." in after.text
    assert "answering" not in after.text
    assert "/questions/1/answer" not in after.text
    ((user, text, _),) = await told(house)
    assert user == "nam"
    assert text.endswith("Nuôi được.\n\nKhông cần giấy phép.")
    again = await lan.post("/questions/1/answer", text="Một câu khác hẳn.")
    assert again.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "vừa được người khác trả lời" in again.text
    assert "Một câu khác hẳn." in again.text
    assert len(await told(house)) == 1


async def test_a_number_in_an_answer_is_asked_about_first(house: ConsoleHouse, lan: Seat) -> None:
    await one_asks(house)
    text = "Gọi anh Bảy số 0912345678."
    asked = await lan.post("/questions/1/answer", text=text)
    assert asked.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "số điện thoại" in asked.text
    assert 'name="sure"' in asked.text
    assert text in asked.text
    assert await told(house) == []
    assert (await lan.post("/questions/1/answer", text=text, sure="on")).status == 303
    assert len(await told(house)) == 1


async def test_who_works_on_a_group_is_not_written_over(
    house: ConsoleHouse, lan: Seat, signed_in: Reception
) -> None:
    await one_asks(house)
    minh = await signed_in(Role.PREPARER)
    assert (await lan.post("/questions/1/claim")).status == HTTPStatus.SEE_OTHER
    theirs = await minh.get("/questions/1")
    assert "Nguyễn Thị Lan đang xử lý nhóm này" in theirs.text
    assert "/questions/1/answer" not in theirs.text
    refused = await minh.post("/questions/1/answer", text="Của người khác.")
    assert refused.status == HTTPStatus.UNPROCESSABLE_ENTITY
    await minh.post("/questions/1/claim")
    assert "Bạn đang xử lý" in (await lan.get("/questions/1")).text
    await lan.post("/questions/1/release")
    assert (await minh.post("/questions/1/answer", text="Của người khác.")).status == 303


async def test_another_way_of_asking_is_answered_with_at_once(
    house: ConsoleHouse, lan: Seat
) -> None:
    await one_asks(house)
    assert answered(house, SILK).procedure == ""
    tab = await lan.get("/questions/1?do=alias")
    assert "/questions/1/try?ref=p:1.000894" in tab.text
    found = await lan.get("/questions/1?do=alias&find=khai+sinh")
    assert "/questions/1/try?ref=p:1.001193" in found.text
    sent = await lan.post("/questions/1/alias", ref="p:1.001193", aliases=f"{SILK}\ntằm tơ ở nhà")
    assert sent.status == HTTPStatus.SEE_OTHER
    result = answered(house, SILK)
    assert (result.outcome, result.procedure) == (Outcome.ANSWERED, "1.001193")
    assert answered(house, "làm giấy khai sinh").procedure == "1.001193"
    ((_, _, choices),) = await told(house)
    assert "p:1.001193" in choices
    after = await lan.get("/questions/1")
    assert "Thử ngay câu mẫu: trợ lý trả lời bằng “Đăng ký khai sinh”" in after.text


async def test_a_way_of_asking_belongs_to_one_card(house: ConsoleHouse, lan: Seat) -> None:
    await one_asks(house)
    clash = await lan.post("/questions/1/alias", ref="p:1.000894", aliases="làm giấy khai sinh")
    assert clash.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "đang thuộc “Đăng ký khai sinh”" in clash.text
    for ref in ("p:9.999999", "g:nobody"):
        unknown = await lan.post("/questions/1/alias", ref=ref, aliases="nuôi tằm")
        assert unknown.status == HTTPStatus.UNPROCESSABLE_ENTITY
    lines = "\n".join(f"tằm {number}" for number in range(31))
    many = await lan.post("/questions/1/alias", ref="p:1.000894", aliases=lines)
    assert many.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert await told(house) == []


async def test_what_would_change_is_shown_before_anything_does(
    house: ConsoleHouse, lan: Seat
) -> None:
    await one_asks(house)
    await stored(house.database, asks("nuôi tằm lấy tơ ở nhà"), user="mai")
    page = await lan.get("/questions/1")
    assert "Thêm cách hỏi này vào “Đăng ký kết hôn”" in page.text
    shown = await lan.get("/questions/1/try?ref=p:1.001193")
    assert shown.heading == "Thêm cách hỏi này vào “Đăng ký khai sinh”"
    assert "Trợ lý trả lời ngay bằng “Đăng ký khai sinh”." in shown.text
    assert "1 câu sẽ được trả lời khác đi" in shown.text
    assert "nuôi tằm lấy tơ ở nhà" in shown.text
    assert "1 người đang chờ tin sẽ nhận nút mở thẻ" in shown.text
    assert answered(house, SILK).procedure == ""
    assert await told(house) == []
    other = await lan.get("/questions/1/try?ref=p:1.001193&aliases=m%C3%A8o+con")
    assert "không câu nào đổi câu trả lời" in other.text
    assert "mèo con</textarea>" in other.text
    for nothing in ("/questions/1/try", "/questions/1/try?ref=p:9.999999"):
        assert "Tìm thẻ hoặc hỏi đáp có sẵn" in (await lan.get(nothing)).text


async def test_anothers_own_words_are_taught_only_when_said_so_twice(
    house: ConsoleHouse, lan: Seat
) -> None:
    await one_asks(house)
    words = {"ref": "p:1.000894", "aliases": "làm giấy khai sinh"}
    shown = await lan.get(
        "/questions/1/try?ref=p:1.000894&aliases=l%C3%A0m+gi%E1%BA%A5y+khai+sinh"
    )
    assert "đang thuộc “Đăng ký khai sinh”" in shown.text
    assert 'name="sure"' in shown.text
    refused = await lan.post("/questions/1/alias", **words)
    assert refused.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert 'name="sure"' in refused.text
    assert (await lan.post("/questions/1/alias", **words, sure="on")).status == 303


@pytest.mark.parametrize(
    ("alias", "why"),
    [
        ("nuôi tằm nhà ông [tên người]", "còn chỗ đã che"),
        ("[…] nuôi tằm", "còn chỗ đã che"),
        ("gọi 0912345678 nuôi tằm", "thông tin cá nhân"),
        ("a", "chưa nói việc gì"),
        ("bao nhiêu tiền", "chưa nói việc gì"),
        ("cháy nhà", "lời kêu cứu"),
    ],
)
async def test_what_may_not_be_taught_is_refused_with_its_reason(
    house: ConsoleHouse, lan: Seat, alias: str, why: str
) -> None:
    await one_asks(house)
    sent = await lan.post("/questions/1/alias", ref="p:1.000894", aliases=f"nuôi tằm\n{alias}")
    assert sent.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert why in sent.text
    guide = {"title": "Nuôi tằm lấy tơ", "text": "Được.", "source": "UBND xã A"}
    sent = await lan.post("/questions/1/guide", **guide, aliases=alias)
    assert why in sent.text
    assert await told(house) == []


async def test_what_was_hidden_is_never_taught_also_when_joined_or_taken_apart(
    house: ConsoleHouse, lan: Seat
) -> None:
    await one_asks(house, text="nuôi tằm gọi [phone] nhé")
    await one_asks(house, "mai", "ông Bảy nuôi tằm ở Xóm Chùa")
    async with house.database.reading() as connection:
        wanted = select(follow_ups.c.inbox_id).where(follow_ups.c.user_id == "mai")
        question = (await connection.execute(wanted)).scalar_one()
    await lan.post(f"/asked/{question}/mask", words="ông Bảy")
    await lan.post("/questions/1/join", into="2")
    for group in ("2", "1"):
        for page in (f"/questions/{group}/try?ref=p:1.000894", f"/questions/{group}?do=guide"):
            offered = (await lan.get(page)).text.partition("<textarea")[2]
            assert "ông Bảy" not in offered
            assert not {"[", "]"} & set(offered.partition("</textarea>")[0])
        await lan.post(f"/asked/{question}/split")
    title = {"title": "Ông [phone] nuôi tằm", "text": "Được.", "source": "UBND xã A"}
    refused = await lan.post("/questions/2/guide", **title, aliases="")
    assert "Tên còn chỗ đã che" in refused.text


async def test_a_new_guide_answers_the_next_who_asks(house: ConsoleHouse, lan: Seat) -> None:
    await one_asks(house)
    sent = await lan.post(
        "/questions/1/guide",
        title="Nuôi tằm lấy tơ có phải xin phép không",
        text="Không phải xin phép.",
        aliases=SILK,
        source="UBND xã A",
        link="https://example.vn/tam",
    )
    assert sent.status == HTTPStatus.SEE_OTHER
    result = answered(house, SILK)
    assert result.outcome is Outcome.GUIDE
    assert "Không phải xin phép." in result.replies[0].text
    assert "UBND xã A" in result.replies[0].text
    ((_, text, _),) = await told(house)
    assert text.endswith("Không phải xin phép.")


async def test_who_may_not_publish_answers_now_and_waits_with_the_guide(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    await one_asks(house)
    minh = await signed_in(Role.PREPARER)
    assert "chờ người duyệt" in (await minh.get("/questions/1?do=guide")).text
    fields = {"title": "Nuôi tằm lấy tơ", "text": "Không phải xin phép.", "aliases": SILK}
    sent = await minh.post("/questions/1/guide", **fields, source="UBND xã A")
    group = (await minh.get(sent.where.removeprefix("/console"))).text
    assert "Hỏi đáp mới đã gửi duyệt, chưa dùng ngay. 1 người đang chờ" in group
    assert "chưa chắc chắn" not in group
    change = (await minh.get("/changes/1")).text
    assert "Không phải xin phép." in change
    assert "Các bước" not in change
    assert len(await told(house)) == 1
    assert answered(house, SILK).outcome is not Outcome.GUIDE
    async with house.database.reading() as connection:
        waiting = (await connection.execute(select(changes.c.status, changes.c.ref))).one()
        kept = (await connection.execute(select(answers.c.change))).scalar()
    assert waiting.status == "waiting"
    assert waiting.ref.startswith("cau-hoi-20261120-1")
    assert kept == 1


async def test_the_secretariat_answers_but_writes_no_cards(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    await one_asks(house)
    page = await (await signed_in(Role.SECRETARIAT)).get("/questions/1?do=alias")
    assert "/questions/1/answer" in page.text
    assert "Thêm cách hỏi</a>" not in page.text
    reader = await (await signed_in(Role.LEADER)).get("/questions/1")
    assert "/answer" not in reader.text
    assert "/claim" not in reader.text


async def test_out_of_scope_needs_a_reason(house: ConsoleHouse, lan: Seat) -> None:
    await one_asks(house)
    bare = await lan.post("/questions/1/out", reason="", text="")
    assert bare.status == HTTPStatus.UNPROCESSABLE_ENTITY
    sent = await lan.post("/questions/1/out", reason="việc của tỉnh", text="Hỏi Chi cục Thú y.")
    assert sent.status == HTTPStatus.SEE_OTHER
    ((_, text, _),) = await told(house)
    assert "không do Xã A giải quyết" in text
    assert "việc của tỉnh" not in text
    async with house.database.reading() as connection:
        rows = (
            await connection.execute(select(audit_entries.c.action, audit_entries.c.body))
        ).all()
    assert [row.action for row in rows] == ["question_out"]
    assert "việc của tỉnh" in rows[0].body
    await lan.post("/questions/1/reopen")
    assert "/questions/1/answer" in (await lan.get("/questions/1")).text


async def test_where_nobody_waits_for_word_that_is_said(house: ConsoleHouse, lan: Seat) -> None:
    await stored(house.database, asks(SILK), user="mai")
    sent = await lan.post("/questions/1/out", reason="việc của tỉnh", text="Hỏi Chi cục Thú y.")
    after = await lan.get(sent.where.removeprefix("/console"))
    assert "Không có ai chờ tin về câu này" in after.text


async def test_groups_are_joined_and_lead_on(house: ConsoleHouse, lan: Seat) -> None:
    await one_asks(house)
    await one_asks(house, "mai", "nuôi tằm dâu")
    page = await lan.get("/questions/2")
    assert f'<option value="1">{SILK}</option>' in page.text
    assert (await lan.post("/questions/2/join", into="99")).status == 422
    joined = await lan.post("/questions/2/join", into="1")
    assert joined.where.startswith("/console/questions/1")
    assert (await lan.get("/questions/2")).where == "/console/questions/1"
    assert "nuôi tằm dâu" in (await lan.get("/questions/1")).text


async def test_one_question_is_taken_out_masked_and_sealed(house: ConsoleHouse, lan: Seat) -> None:
    await one_asks(house)
    await one_asks(house, "mai", "ông Bảy nuôi tằm")
    await lan.post("/questions/2/join", into="1")
    async with house.database.reading() as connection:
        wanted = select(follow_ups.c.inbox_id).where(follow_ups.c.user_id == "mai")
        question = (await connection.execute(wanted)).scalar_one()
    page = await lan.get(f"/asked/{question}")
    assert "ông Bảy nuôi tằm" in page.text
    out = await lan.post(f"/asked/{question}/split")
    own = out.where.removeprefix("/console").removesuffix("?done=split")
    assert own not in (out.where, "/questions/1")
    again = await lan.post(f"/asked/{question}/split")
    assert again.status == HTTPStatus.UNPROCESSABLE_ENTITY
    wrong = await lan.post(f"/asked/{question}/mask", words="Tám")
    assert wrong.status == HTTPStatus.UNPROCESSABLE_ENTITY
    await lan.post(f"/asked/{question}/mask", words="ông Bảy")
    page = await lan.get(own)
    assert "ông Bảy" not in page.text
    assert "[…] nuôi tằm" in page.text
    await lan.post(f"/asked/{question}/seal")
    assert "nuôi tằm" not in (await lan.get(f"/asked/{question}")).text


async def test_nothing_a_citizen_wrote_is_run(house: ConsoleHouse, lan: Seat) -> None:
    await one_asks(house, text=NASTY)
    for path in ("/questions", "/questions/1", "/questions/1?do=alias", "/questions/1?do=guide"):
        shown = await lan.get(path)
        assert shown.status == HTTPStatus.OK
        assert "<script>alert" not in shown.text
        assert "{{7*7}}" in shown.text
        assert '" onload' not in shown.text


async def test_who_asked_is_on_no_page(house: ConsoleHouse, lan: Seat) -> None:
    secret = "bi-mat-cua-trinh-duyet"
    await one_asks(house, secret)
    await lan.post("/questions/1/answer", text="Được.")
    for path in ("/questions?status=all", "/questions/1", "/files/questions.xlsx?status=all"):
        shown = await lan.get(path)
        assert secret not in shown.text
        assert secret.encode() not in shown.body


async def test_the_spreadsheet_is_the_list_and_runs_nothing(
    house: ConsoleHouse, lan: Seat
) -> None:
    await one_asks(house, text="=1+1 nuôi tằm")
    question = await stored(
        house.database, asks("nuôi ong"), user="7", channel=ChannelName.TELEGRAM
    )
    await stored(house.database, agrees(question), user="7", channel=ChannelName.TELEGRAM)
    shown = await lan.get("/files/questions.xlsx?channel=web&from=2026-11-01")
    assert shown.headers["Content-Disposition"].startswith(
        'attachment; filename="cau-chua-tra-loi-'
    )
    book = load_workbook(BytesIO(shown.body))
    sheet, conditions = book.worksheets
    assert sheet.max_row == 2
    row = [cell.value for cell in sheet[2]]
    assert row[0] == "'=1+1 nuôi tằm"
    assert row[1:6] == [1, 0, 0, 0, 1]
    assert row[10] == "Chưa trả lời"
    told_of = {cells[0].value: cells[1].value for cells in conditions.iter_rows()}
    assert told_of["Từ ngày"] == "01/11/2026"
    assert told_of["Người tải"] == "Nguyễn Thị Lan"
    async with house.database.reading() as connection:
        (action,) = (await connection.execute(select(audit_entries.c.action))).scalars()
    assert action == "exported"


async def test_asked_again_after_the_answer_is_said(house: ConsoleHouse, lan: Seat) -> None:
    await one_asks(house)
    await lan.post("/questions/1/answer", text="Được.")
    await one_asks(house, "mai")
    assert "Hỏi lại sau khi đã trả lời" in (await lan.get("/questions")).text
    page = await lan.get("/questions/1")
    assert "/questions/1/answer" in page.text
    assert "Được." in page.text


async def test_an_address_that_names_nothing(lan: Seat) -> None:
    for path in (
        "/questions/x",
        "/questions/99",
        f"/questions/{'9' * 30}",
        "/asked/0",
        "/asked/x",
    ):
        assert (await lan.get(path)).status == HTTPStatus.NOT_FOUND


async def test_a_long_list_goes_into_the_spreadsheet_slice_by_slice(
    house: ConsoleHouse, lan: Seat
) -> None:
    many = 2 * SLICE + 7
    await questions_of_the_week(house, many)
    statements: list[str] = []
    engine = house.database.engine.sync_engine

    def note(*told: Any) -> None:
        statements.append(told[2])

    event.listen(engine, "before_cursor_execute", note)
    shown = await lan.get("/files/questions.xlsx")
    event.remove(engine, "before_cursor_execute", note)
    sheet = load_workbook(BytesIO(shown.body), read_only=True).worksheets[0]
    samples = [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert samples == [f"nuôi tằm {number}" for number in range(many)]
    assert sum("question_groups.sample" in one for one in statements) == 3
    async with house.database.reading() as connection:
        (body,) = (await connection.execute(select(audit_entries.c.body))).scalars()
    assert f'"rows":{many}' in body


async def test_the_page_says_whom_the_answer_reached_by_which_channel_and_whom_not(
    house: ConsoleHouse, lan: Seat, signed_in: Reception
) -> None:
    await one_asks(house)
    await one_asks(house, "mai")
    for user in ("7", "8"):
        question = await stored(house.database, asks(SILK), user=user, channel=TELEGRAM)
        await stored(house.database, agrees(question), user=user, channel=TELEGRAM)
    async with house.database.writing() as connection:
        blocked = {"conversation": "telegram:8", "reason": "blocked", "since": NOON}
        await connection.execute(insert(unreachable).values(**blocked))
    before = await lan.get("/questions/1")
    assert "<dt>Đang chờ tin</dt><dd>Telegram 1, Web 2</dd>" in before.text
    gone = "<dt>Không liên lạc được lúc này (đã chặn trợ lý)</dt><dd>Telegram 1</dd>"
    assert gone in before.text
    await lan.post("/questions/1/answer", text="Được.")
    after = await lan.get("/questions/1")
    assert "<dt>Đang gửi</dt><dd>Telegram 1</dd>" in after.text
    assert "<dt>Nhận tin khi nhắn lại</dt><dd>Telegram 1</dd>" in after.text
    assert "<dt>Đã báo</dt><dd>Web 2</dd>" in after.text
    assert "Bấm “Mở lại”" in after.text
    async with house.database.writing() as connection:
        await connection.execute(
            update(outbox).where(outbox.c.channel == "telegram").values(status="failed")
        )
    assert "<dt>Chưa báo được</dt><dd>Telegram 1</dd>" in (await lan.get("/questions/1")).text
    await stored(house.database, asks("nuôi ong"))
    page = await (await signed_in(Role.SECRETARIAT)).get("/questions/2")
    assert "nhờ cán bộ hoặc người duyệt" in page.text
