"""News by Zalo's accounts, on the pages: whom an article is for, what is closed, what it costs."""

from __future__ import annotations

from http import HTTPStatus

from sqlalchemy import delete, insert

from bot.channels.zalo.templates import Template
from bot.officials.models import Role
from bot.storage.broadcast_tables import subscribers
from bot.storage.zalo_tables import zalo_accounts
from bot.storage.zalo_template_rows import TemplateUse, Use, keep_templates, put_use
from tests.conftest import NOON
from tests.fakes.console import HERE, ConsoleHouse, Reception
from tests.integration.console.test_news import TEXT, a_draft, written

NEW = f"/news/new?kind=khac&office={HERE}"


async def _connected(house: ConsoleHouse, status: str = "connected") -> None:
    account = {"oa_id": "77", "office": HERE, "name": "Phường Một", "status": status}
    follower = {
        "channel": "zalo", "address": "77:1", "office": HERE, "kind": "citizen",
        "person": "zalo:77:1", "status": "active", "consent": "follow",
        "agreed_at": NOON, "changed_at": NOON,
    }  # fmt: skip
    async with house.database.writing() as connection:
        await connection.execute(insert(zalo_accounts).values(account))
        await connection.execute(insert(subscribers).values(follower))


async def test_an_article_is_for_everybody_unless_its_author_chooses(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    author = await signed_in(Role.PREPARER)
    assert "Bài viết Zalo gửi đến ai" not in (await author.get(NEW)).text
    await _connected(house)
    assert "Bài viết Zalo gửi đến ai" in (await author.get(NEW)).text
    path = await a_draft(author, ages="7", provinces="25")
    page = await author.get(path)
    assert "Bài viết Zalo chỉ đến: từ 65 tuổi; Phú Thọ." in page.text
    assert "Bài viết Zalo không mất phí, đến mọi người quan tâm tài khoản" in page.text
    form = await author.get(f"{path}/edit")
    assert '<details class="panel" open>' in form.text
    await author.post(f"{path}/edit", **TEXT)
    assert "Bài viết Zalo chỉ đến" not in (await author.get(path)).text


async def test_a_template_is_told_at_the_price_zalo_named(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    await _connected(house)
    template = Template(template_id="5", name="Tin", status="ENABLE", price_uid=137)
    use = TemplateUse(office=HERE, use=Use.NEWS, oa_id="77", template_id="5", gaps={})
    async with house.database.writing() as connection:
        await keep_templates(connection, "77", [template], at=NOON)
        await put_use(connection, use, at=NOON)
    author = await signed_in(Role.PREPARER)
    page = await author.get(await a_draft(author))
    assert "137 đồng một tin, theo Zalo báo" in page.text


async def test_an_account_without_consent_is_told_before_anybody_approves(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    await _connected(house, "consent_needed")
    author = await signed_in(Role.PREPARER)
    page = await author.get(await a_draft(author))
    assert "Tài khoản Zalo Phường Một phải kết nối lại." in page.text


async def test_an_article_asked_for_by_name_goes_to_all_followers_though_nobody_subscribed(
    house: ConsoleHouse, signed_in: Reception
) -> None:
    await _connected(house)
    async with house.database.writing() as connection:
        await connection.execute(delete(subscribers))
    author = await signed_in(Role.PREPARER)
    plain = (await author.get(await a_draft(author))).text
    assert "Chưa có ai nhận tin này" in plain
    named = (await author.get(await a_draft(author, routes="zalo_article"))).text
    assert "Đăng bài viết cho mọi người quan tâm Trang Zalo" in named
    assert "Chưa có ai nhận tin này" not in named


async def test_what_is_for_officials_alone_is_no_article(signed_in: Reception) -> None:
    author = await signed_in(Role.PREPARER)
    refused = await written(author, whom="officials", routes="zalo_article")
    assert refused.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "không dùng cho tin chỉ gửi cán bộ" in refused.text
