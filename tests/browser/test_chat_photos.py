"""Photos and places on the chat page, in a real browser, from a phone to the sealed row."""

from __future__ import annotations

import io
import json

import pytest
from PIL import Image
from playwright.async_api import BrowserContext, FilePayload, Route, expect
from sqlalchemy import insert, select

from bot.bootstrap import House
from bot.messages import Reply, Wanted
from bot.storage.outbox_rows import FIRST_SAID, Place, said_row
from bot.storage.photo_rows import find_photo, loose_files
from bot.storage.tables import inbox, outbox
from tests.browser.axe import faults_of
from tests.browser.conftest import Chat
from tests.factories import a_citizen
from tests.fakes.photos import a_photo, about_to_send, tells_where

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
BOTH = (Wanted.PHOTO, Wanted.PLACE)


async def _session(chat: Chat) -> str:
    told = await chat.page.evaluate("localStorage.getItem('chat.talk')")
    session: str = json.loads(told)["session"]
    return session


async def _asked_for(chat: Chat, inside: House, *wants: Wanted) -> str:
    """Have the office ask for something while feedback is filed; give the conversation."""
    await chat.ask("xin chào")
    await expect(chat.replies).to_have_count(1)
    address = a_citizen(await _session(chat))
    talk, now = address.conversation, inside.clock.now()
    await about_to_send(inside.database, inside.vaults.data, talk, now)
    async with inside.database.writing() as connection:
        rows = select(inbox.c.id).where(inbox.c.conversation == talk)
        number = (await connection.execute(rows)).scalar_one()
        said = Reply("Bà con có ảnh không?", wants=wants)
        row = said_row(Place(number, FIRST_SAID), address, said, now, kept=True)
        await connection.execute(insert(outbox).values(row))
    inside.bell.ring(talk)
    await expect(chat.replies).to_have_count(2)
    return talk


def _chosen(content: bytes, name: str = "IMG_1.jpg", media: str = "image/jpeg") -> FilePayload:
    return FilePayload(name=name, mimeType=media, buffer=content)


async def _kept(inside: House, talk: str) -> list[bytes]:
    async with inside.database.reading() as connection:
        found = [
            await find_photo(connection, number) for number in await loose_files(connection, talk)
        ]
    return [inside.photos.opened(one) or b"" for one in found if one]


async def test_nothing_asks_for_photos_until_a_reply_does(chat: Chat, inside: House) -> None:
    await expect(chat.page.get_by_text("Gửi ảnh")).to_be_hidden()
    await _asked_for(chat, inside, Wanted.PHOTO)
    await expect(chat.page.get_by_text("Gửi ảnh")).to_be_visible()
    await expect(chat.page.get_by_role("button", name="Gửi vị trí")).to_be_hidden()
    await chat.page.reload()
    await expect(chat.page.get_by_text("Gửi ảnh")).to_be_visible()
    await chat.ask("cảm ơn")
    await expect(chat.page.get_by_text("Gửi ảnh")).to_be_hidden()


async def test_photos_arrive_small_and_without_where_they_were_taken(
    chat: Chat, inside: House
) -> None:
    talk = await _asked_for(chat, inside, *BOTH)
    large = io.BytesIO()
    Image.effect_noise((2400, 1200), 40).save(large, "PNG")
    files = [_chosen(a_photo()), _chosen(large.getvalue(), "man-hinh.png", "image/png")]
    await chat.page.locator("#photos").set_input_files(files)
    await expect(chat.mine.filter(has_text="Ảnh bà con gửi")).to_have_count(2)
    await expect(chat.page.locator(".waiting")).to_have_count(0)
    kept = await _kept(inside, talk)
    assert not any(map(tells_where, kept))
    assert sorted(Image.open(io.BytesIO(one)).size for one in kept) == [(90, 60), (2048, 1024)]


async def test_a_photo_that_cannot_be_taken_says_why(chat: Chat, inside: House) -> None:
    talk = await _asked_for(chat, inside, Wanted.PHOTO)
    await chat.page.locator("#photos").set_input_files([_chosen(b"%PDF-1.7", "anh.jpg")])
    refused = chat.page.locator(".refused")
    await expect(refused).to_contain_text("chỉ nhận ảnh")
    await expect(refused.get_by_role("button")).to_have_count(0)
    assert await _kept(inside, talk) == []


async def test_a_photo_waits_for_the_line_and_goes_out_once(chat: Chat, inside: House) -> None:
    talk = await _asked_for(chat, inside, Wanted.PHOTO)
    tries: list[str] = []

    async def broken(route: Route) -> None:
        tries.append(route.request.url)
        await (route.abort() if len(tries) == 1 else route.continue_())

    await chat.page.route("**/chat/files", broken)
    await chat.page.locator("#photos").set_input_files([_chosen(a_photo())])
    await expect(chat.page.locator(".waiting")).to_have_count(1)
    await expect(chat.page.locator(".waiting")).to_have_count(0)
    assert (len(tries), len(await _kept(inside, talk))) == (2, 1)


async def test_a_photo_of_a_page_that_was_closed_is_to_be_chosen_again(
    chat: Chat, inside: House
) -> None:
    await _asked_for(chat, inside, Wanted.PHOTO)
    await chat.page.route("**/chat/files", lambda route: route.abort())
    await chat.page.locator("#photos").set_input_files([_chosen(a_photo())])
    await expect(chat.page.locator(".waiting")).to_have_count(1)
    await chat.page.evaluate(
        "() => { const talk = JSON.parse(localStorage.getItem('chat.talk'));"
        " talk.entries.forEach((one) => { one.at -= 600000; });"
        " localStorage.setItem('chat.talk', JSON.stringify(talk)); }"
    )
    await chat.page.reload()
    await expect(chat.page.locator(".refused")).to_contain_text("chọn lại")


async def test_a_place_is_shown_only_when_pressed_and_allowed(
    chat: Chat, phone: BrowserContext, inside: House, site: str
) -> None:
    talk = await _asked_for(chat, inside, *BOTH)
    button = chat.page.get_by_role("button", name="Gửi vị trí")
    await button.click()
    await expect(chat.page.locator("#trouble")).to_contain_text("gõ địa chỉ")
    await phone.grant_permissions(["geolocation"], origin=site.rstrip("/"))
    await phone.set_geolocation({"latitude": 21.02851, "longitude": 105.8542})
    await button.click()
    await expect(chat.mine.last).to_contain_text("Vị trí bà con gửi")
    await expect(chat.page.locator(".waiting")).to_have_count(0)
    async with inside.database.reading() as connection:
        kinds = select(inbox.c.kind).where(inbox.c.conversation == talk)
        assert (await connection.execute(kinds)).scalars().all() == ["text", "location"]


async def test_the_buttons_shut_nobody_out(chat: Chat, inside: House) -> None:
    await _asked_for(chat, inside, *BOTH)
    ours = await chat.page.locator("#wanted").evaluate("one => one.outerHTML")
    faults = [place for _, _, places in await faults_of(chat.page) for place in places]
    assert [one for one in faults if one in ours] == []


async def test_the_buttons_are_reached_by_keyboard_and_fit_a_small_phone(
    chat: Chat, inside: House
) -> None:
    await _asked_for(chat, inside, *BOTH)
    await chat.page.locator("#photos").focus()
    assert await chat.page.locator("#photos").evaluate("one => one === document.activeElement")
    for one in (chat.page.locator("#photo"), chat.page.locator("#place")):
        box = await one.bounding_box()
        assert box
        assert box["height"] >= 44
        assert box["x"] + box["width"] <= 360
    wide = "document.documentElement.scrollWidth <= innerWidth"
    assert await chat.page.evaluate(wide)
