"""Pages that hold many rows stay short on a telephone: what is not looked for is folded away."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from bot.officials.models import Role
from tests.browser.console.conftest import Both

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
SCREENS = 4
TALL = 740


async def test_limits_are_a_few_screens_and_unfold_one_group_after_the_other(both: Both) -> None:
    page = await both.official("cases/settings/deadlines", role=Role.LEADER)
    await page.set_viewport_size({"width": 360, "height": TALL})
    long: int = await page.evaluate("document.documentElement.scrollHeight")
    wide: int = await page.evaluate("document.documentElement.scrollWidth")
    assert (wide, long <= SCREENS * TALL) == (360, True), long
    groups = page.locator("details.part")
    assert [await one.evaluate("each => each.open") for one in await groups.all()] == [
        True, *[False] * (await groups.count() - 1),
    ]  # fmt: skip
    kept = groups.filter(has_text="Giữ dữ liệu cá nhân bao lâu")
    last = kept.get_by_role("rowheader").last
    await expect(last).to_be_hidden()
    await page.emulate_media(media="print")
    await expect(last).to_be_visible()
    await page.emulate_media(media="screen")
    await kept.locator("summary").click()
    await expect(last).to_be_visible()
