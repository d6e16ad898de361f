"""An office chooses the template it sends its news by, on both databases."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from sqlalchemy import insert

from bot.casework.deeds import acting
from bot.casework.zalo.choosing import Choice, NotChosen, Unchosen, choose, leave
from bot.channels.zalo.templates import Param, Template
from bot.storage.database import Database
from bot.storage.zalo_tables import zalo_accounts
from bot.storage.zalo_template_rows import Use, keep_templates, note_by_phone_alone, uses_in
from tests.conftest import NOON, FrozenClock
from tests.fakes.newsroom import NAM

SITE = "https://xa-mau.gov.vn"
FILLED = {"tieu_de": "{tieu_de}", "don_vi": "{co_quan}"}


@pytest.fixture
async def shop(database: Database) -> Database:
    params = (
        Param(name="tieu_de"),
        Param(name="don_vi", most=20),
        Param(name="them", required=False),
        Param(name="ngay", type="DATE", required=False),
    )
    told = [
        Template(template_id="5", name="Tin", status="ENABLE", params=params),
        Template(template_id="6", name="Tin", status="DISABLE", params=params),
    ]
    account = {"oa_id": "77", "office": "xa", "name": "Xã An", "status": "connected"}
    async with database.writing() as connection:
        await connection.execute(insert(zalo_accounts).values(account))
        await keep_templates(connection, "77", told, at=NOON)
    return database


async def _chosen(
    shop: Database,
    template: str = "5",
    gaps: Mapping[str, str] = FILLED,
    office: str = "xa",
    use: Use = Use.NEWS,
) -> None:
    wish = Choice(office=office, use=use, template=template, gaps=gaps, site=SITE)
    async with acting(shop, FrozenClock(), NAM) as doing:
        await choose(doing, wish)


async def test_what_is_chosen_is_used_until_it_is_left(shop: Database) -> None:
    await _chosen(shop)
    async with shop.reading() as connection:
        use = (await uses_in(connection, "xa"))[Use.NEWS]
    assert (use.oa_id, use.template_id, use.gaps) == ("77", "5", FILLED)
    async with acting(shop, FrozenClock(), NAM) as doing:
        assert await leave(doing, "xa", Use.NEWS)
        assert not await leave(doing, "xa", Use.NEWS)


@pytest.mark.parametrize(
    ("told", "why", "named"),
    [
        ({"office": "thon"}, Unchosen.NO_ACCOUNT, ""),
        ({"template": "9"}, Unchosen.UNKNOWN, ""),
        ({"template": "6"}, Unchosen.OFF, ""),
        ({"gaps": {"tieu_de": "a", "la": "b"}}, Unchosen.GAPS, "don_vi, la"),
        ({"gaps": {**FILLED, "them": "{so}"}}, Unchosen.BRACES, "so"),
        ({"gaps": {**FILLED, "ngay": "{tieu_de}"}}, Unchosen.UNFIT, "ngay"),
        ({"gaps": {**FILLED, "tieu_de": " "}}, Unchosen.UNFIT, "tieu_de"),
        ({"use": Use.FEEDBACK}, Unchosen.BRACES, "tieu_de"),
        (
            {"use": Use.FEEDBACK, "gaps": {"tieu_de": "{co_quan}", "don_vi": "Mã vụ: {ma_vu}"}},
            Unchosen.UNFIT,
            "don_vi",
        ),
    ],
)
async def test_what_zalo_would_refuse_is_not_chosen(
    shop: Database, told: dict[str, object], why: Unchosen, named: str
) -> None:
    with pytest.raises(NotChosen) as refused:
        await _chosen(shop, **told)  # type: ignore[arg-type]
    assert (refused.value.why, refused.value.named) == (why, named)
    async with shop.reading() as connection:
        assert await uses_in(connection, "xa") == {}


async def test_of_news_each_has_its_length_and_answers_may_go_to_telephones_alone(
    shop: Database,
) -> None:
    await _chosen(shop, gaps={**FILLED, "don_vi": "{noi_dung}"})
    async with shop.writing() as connection:
        await note_by_phone_alone(connection, "77", "5", at=NOON)
    with pytest.raises(NotChosen):
        await _chosen(shop)
    await _chosen(shop, gaps={"tieu_de": "{ma_vu}", "don_vi": "{co_quan}"}, use=Use.FEEDBACK)
    async with shop.reading() as connection:
        assert (await uses_in(connection, "xa")).keys() == set(Use)
