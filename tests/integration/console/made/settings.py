"""What the settings' pages name."""

from __future__ import annotations

from secrets import token_hex

from bot.console.pages.bodies import body_in_path
from bot.console.pages.case_templates import template_in_path
from bot.console.pages.channels import channel_in_path
from bot.console.pages.deadlines import deadline_in_path
from bot.console.pages.notices import notice_in_path
from bot.console.pages.sentences import sentence_in_path
from bot.console.pages.trial import guest_in_path
from bot.console.resolvers import in_path
from bot.console.routing import Resolver
from bot.officials.office_entries import Entry
from bot.storage.setting_rows import guest_id
from bot.storage.standing_rows import add_guest, put_standing
from tests.conftest import NOON
from tests.fakes.console import HERE, ConsoleHouse
from tests.integration.console.made.kinds import Factory, Filler, Parts


async def a_sentence(_house: ConsoleHouse, office: str) -> Parts:
    return {"office": in_path(office), "key": "menu"}


async def a_notice(house: ConsoleHouse, office: str) -> Parts:
    value = {"level": "info", "text": "Nghỉ", "begins": "2026-11-20T00:00:00+07:00"}
    notice = Entry(
        office=office,
        key=f"notice:{token_hex(6)}",
        value={**value, "ends": "2026-11-30T00:00:00+07:00"},
    )
    async with house.database.writing() as connection:
        await put_standing(connection, [notice], at=NOON, change=None)
    return {"office": in_path(office), "notice": notice.key.partition(":")[2]}


async def a_channel(_house: ConsoleHouse, office: str) -> Parts:
    return {"office": in_path(office), "channel": "telegram"}


async def a_deadline(_house: ConsoleHouse, office: str) -> Parts:
    return {"office": in_path(office), "deadline": "kn_outcome"}


async def a_guest(house: ConsoleHouse, office: str) -> Parts:
    conversation = f"web:{token_hex(6)}"
    async with house.database.writing() as connection:
        await add_guest(connection, conversation, office, at=NOON)
    return {"office": in_path(office), "guest": guest_id(conversation)}


async def many_settings(house: ConsoleHouse, count: int) -> None:
    for _ in range(count):
        await a_notice(house, HERE)
        await a_guest(house, HERE)
        await a_template(house, HERE)


async def a_body(_house: ConsoleHouse, office: str) -> Parts:
    return {"office": in_path(office), "body": "court"}


async def a_template(house: ConsoleHouse, office: str) -> Parts:
    key = token_hex(6)
    value = {"name": "Rác", "text": "Đã dọn rác, vụ {ma}."}
    template = Entry(office=office, key=f"case_template:{key}", value=value)
    async with house.database.writing() as connection:
        await put_standing(connection, [template], at=NOON, change=None)
    return {"office": in_path(office), "template": key}


OBJECTS: dict[Resolver, Factory] = {
    body_in_path: a_body,
    sentence_in_path: a_sentence,
    template_in_path: a_template,
    notice_in_path: a_notice,
    channel_in_path: a_channel,
    deadline_in_path: a_deadline,
    guest_in_path: a_guest,
}
FILLERS: list[Filler] = [many_settings]
