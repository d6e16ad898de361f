"""What somebody tells at the desk is heard by the classifier: it proposes, and it warns."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import select

from bot.feedback.classifying import classify
from bot.officials.models import Role
from bot.storage.feedback_tables import cases
from tests.fakes.console import HERE, ConsoleHouse, Reception
from tests.fakes.filed import file_cases
from tests.integration.console.test_cases import deeds

ENTRY = f"/cases/new/{HERE}"
WIRE = "Dây điện đứt rơi xuống đường trước trường học, tóe lửa, trẻ con đang đi qua"
DENOUNCED = "Tôi tố cáo ông chủ tịch xã nhận hối lộ 50 triệu của doanh nghiệp"
NOT_SO = "Đã hỏi lại: người gửi chỉ phản ánh"


def typed(words: str, **more: str) -> dict[str, str]:
    return {"once": "a" * 20, "source": "desk", "words": words, **more}


async def stored(house: ConsoleHouse) -> list[Any]:
    async with house.database.reading() as connection:
        return list(await connection.execute(select(cases)))


def chosen(text: str) -> list[str]:
    return re.findall(r'<option value="([a-z_]+)" selected', text)


async def test_kind_field_and_urgency_left_open_are_proposed_and_confirmed_by_the_officer(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    seat = await signed_in(Role.PREPARER)
    shown = await seat.post(ENTRY, **typed(WIRE))
    assert shown.status == 422
    assert "Máy đề nghị 3 mục" in shown.text
    for name in ("kind", "topic", "urgent"):
        assert f'id="f-{name}-proposed"><b>Máy đề nghị theo lời kể' in shown.text
        assert re.search(rf'name="{name}" aria-describedby="f-{name}-proposed"', shown.text)
    for of_a_fault in ("cần sửa", "aria-invalid", "field wrong", 'class="fault"'):
        assert of_a_fault not in shown.text
    kind, topic = chosen(shown.text)
    assert (kind, topic) == ("phan_anh", classify(WIRE).topic)
    assert re.search(r'name="urgent"[^>]*checked', shown.text)
    assert await stored(house) == []
    sent = await seat.post(ENTRY, **typed(WIRE, kind=kind, topic=topic, urgent="on"))
    assert sent.status == 303
    (case,) = await stored(house)
    assert (case.kind, case.topic, case.urgent) == (kind, topic, True)


async def test_a_fault_is_told_as_one_beside_what_is_only_proposed(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    seat = await signed_in(Role.PREPARER)
    shown = await seat.post(ENTRY, **typed(WIRE, call_back="on"))
    assert "Có 1 chỗ cần sửa" in shown.text
    assert shown.text.count('aria-invalid="true"') == 1
    assert 'id="f-topic-proposed"' in shown.text
    assert await stored(house) == []


async def test_what_the_officer_chose_is_not_proposed_away(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    seat = await signed_in(Role.PREPARER)
    shown = await seat.post(ENTRY, **typed(WIRE, kind="kien_nghi"))
    assert chosen(shown.text)[0] == "kien_nghi"
    assert (await seat.post(ENTRY, **typed(WIRE, kind="kien_nghi", topic="khac"))).status == 303
    (case,) = await stored(house)
    assert (case.kind, case.topic, case.urgent) == ("kien_nghi", "khac", False)


async def test_a_denunciation_is_not_stored_and_its_way_is_shown_to_be_told(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    seat = await signed_in(Role.PREPARER)
    form = typed(DENOUNCED, kind="phan_anh", topic="khac")
    assert NOT_SO not in (await seat.get(ENTRY)).text
    shown = await seat.post(ENTRY, **form)
    assert (shown.status, "chưa lưu gì" in shown.text) == (422, True)
    assert "Nói với người gửi:" in shown.text
    assert "Luật Tố cáo" in shown.text
    assert NOT_SO in shown.text
    assert await stored(house) == []
    assert await deeds(house) == []
    again = await seat.post(ENTRY, **form, no_way="on", phone="12")
    assert (again.status, NOT_SO in again.text) == (422, True)
    assert (await seat.post(ENTRY, **form, no_way="on")).status == 303
    assert len(await stored(house)) == 1
    assert await deeds(house, about="không tố cáo") == ["case_entered"]


async def test_an_entry_by_mistake_is_taken_back_by_who_gives_out_work(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    entered, sent = await file_cases(house, [{"source": "desk"}, {}])
    lead, worker = await signed_in(Role.SECRETARIAT), await signed_in(Role.PREPARER)
    path = f"/cases/{entered.id}"
    assert "Rút vụ nhập nhầm" in (await lead.get(path)).text
    assert "Rút vụ nhập nhầm" not in (await lead.get(f"/cases/{sent.id}")).text
    assert (await worker.post(f"{path}/take-back", reason="nhập hai lần")).status == 403
    assert (await lead.post(f"{path}/take-back", reason="nhập hai lần")).status == 303
    assert [one.result for one in await stored(house)] == ["withdrawn", ""]
    theirs = await lead.post(f"/cases/{sent.id}/take-back", reason="nhập hai lần")
    assert (theirs.status, "chỉ họ rút được" in theirs.text) == (422, True)
