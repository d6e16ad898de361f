"""Prepared answers: kept with gaps that are known, and gone when emptied."""

from __future__ import annotations

from http import HTTPStatus

from bot.officials.models import Role
from tests.fakes.console import ConsoleHouse, Reception

PAGE = "/cases/settings/templates"
WHY = "cho nhanh"


async def _token(seat: object, path: str) -> str:
    page = (await seat.get(path)).text  # type: ignore[attr-defined]
    return str(page.partition('name="token" value="')[2].partition('"')[0])


async def test_a_prepared_answer_is_kept_changed_and_gone(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    seat = await signed_in(Role.LEADER)
    told = {"name": "Đã dọn rác", "text": "Vụ {ma}: đã dọn.", "reason": WHY}
    token = await _token(seat, f"{PAGE}/xa-a/new")
    sent = await seat.post(f"{PAGE}/xa-a/new", **told, token=token)
    assert sent.where == f"/console{PAGE}?office=xa-a&done=saved"
    (key,) = house.conversation.desk.standing.templates
    template = house.conversation.desk.standing.templates[key]
    assert (template.name, template.text) == (told["name"], told["text"])
    assert "Đã dọn rác" in (await seat.get(f"{PAGE}?office=xa-a")).text
    assert "Câu trả lời mẫu" in (await seat.get("/settings?office=xa-a")).text
    token = await _token(seat, f"{PAGE}/xa-a/{key}")
    slip = {**told, "text": "Vụ {mã}", "token": token}
    sent = await seat.post(f"{PAGE}/xa-a/{key}", **slip)
    assert sent.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "{mã}" in sent.text
    await seat.post(f"{PAGE}/xa-a/{key}", **{**slip, "text": ""})
    assert house.conversation.desk.standing.templates == {}
    assert (await seat.get(f"{PAGE}/xa-a/{key}")).status == HTTPStatus.NOT_FOUND
