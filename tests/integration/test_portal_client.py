"""The client of the National portal against a real server that falls ill."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from email.utils import format_datetime

import pytest

from bot.clock import SystemClock
from knowledge.errors import PortalRefused, PortalUnavailable
from knowledge.portal import DETAIL, PROVINCES, Manners, PortalClient
from tests.conftest import NOON
from tests.fakes.portal import FakePortal, Illness, a_catalogue


def _date(moment: datetime, seconds: int) -> str:
    return format_datetime(moment + timedelta(seconds=seconds), usegmt=True)


QUICK = Manners(pause=0, back_off=(0, 0, 0), patience=0.3, user_agent="Mozilla/5.0 thử")


@pytest.fixture
async def portal() -> AsyncIterator[FakePortal]:
    async with FakePortal(rows=a_catalogue(120)).serving() as serving:
        yield serving


@pytest.fixture
async def client(portal: FakePortal) -> AsyncIterator[PortalClient]:
    async with PortalClient.opened(portal.url, QUICK) as opened:
        yield opened


async def test_the_cursor_leads_through_every_page(client: PortalClient) -> None:
    sizes, cursor = [], ""
    while True:
        page = await client.page(cursor)
        sizes.append(len(page.rows))
        cursor = page.cursor
        if not cursor:
            break
    assert sizes == [50, 50, 20, 0]
    assert page.total == 120


async def test_one_procedure_and_the_provinces(client: PortalClient) -> None:
    assert (await client.detail("id-1.000007"))["code"] == "1.000007"
    assert (await client.provinces())["Thành phố Huế"] == "46"


async def test_it_looks_like_the_site_s_own_page(client: PortalClient, portal: FakePortal) -> None:
    await client.provinces()
    _, _, headers = portal.asked[0]
    assert headers["User-Agent"] == "Mozilla/5.0 thử"
    assert headers["Origin"] == portal.url
    assert headers["Referer"] == portal.url + "/"


async def test_a_password_of_the_address_opens_the_line_and_is_told_to_no_page(
    portal: FakePortal,
) -> None:
    async with PortalClient.opened(portal.url.replace("//", "//ten:mat@"), QUICK) as client:
        await client.provinces()
    _, _, headers = portal.asked[0]
    assert headers["Authorization"].startswith("Basic ")
    assert (headers["Origin"], headers["Referer"]) == (portal.url, portal.url + "/")


@pytest.mark.parametrize(
    "ill", [Illness.FIREWALL, Illness.SERVER_ERROR, Illness.SLOW, Illness.DROPPED]
)
async def test_a_passing_illness_is_waited_out(
    client: PortalClient, portal: FakePortal, ill: Illness
) -> None:
    portal.ills.extend([ill, ill])
    assert (await client.detail("id-1.000001"))["code"] == "1.000001"
    assert portal.count(DETAIL) == 3


@pytest.mark.parametrize("ill", [Illness.FIREWALL, Illness.SERVER_ERROR, Illness.DROPPED])
async def test_a_lasting_illness_ends_after_three_repeats(
    client: PortalClient, portal: FakePortal, ill: Illness
) -> None:
    portal.ills.extend([ill] * 9)
    with pytest.raises(PortalUnavailable):
        await client.detail("id-1.000001")
    assert portal.count(DETAIL) == 4


async def test_a_refusal_in_json_is_final(client: PortalClient, portal: FakePortal) -> None:
    portal.ills.append(Illness.CLIENT_ERROR)
    with pytest.raises(PortalRefused, match="404"):
        await client.detail("id-1.000001")
    assert portal.count(DETAIL) == 1


async def test_an_answer_of_another_shape_is_refused(
    client: PortalClient, portal: FakePortal
) -> None:
    portal.ills.append(Illness.ODD_SHAPE)
    with pytest.raises(PortalRefused, match="items"):
        await client.page("")


async def test_repeats_wait_longer_each_time(portal: FakePortal) -> None:
    portal.ills.extend([Illness.FIREWALL, Illness.FIREWALL])
    manners = Manners(pause=0, back_off=(0.05, 0.15), patience=1)
    async with PortalClient.opened(portal.url, manners) as client:
        started = time.monotonic()
        await client.provinces()
    assert time.monotonic() - started >= 0.2


@pytest.mark.parametrize("dated", [False, True])
async def test_the_portal_is_left_alone_as_long_as_it_asks(
    client: PortalClient, portal: FakePortal, *, dated: bool
) -> None:
    portal.retry_after = _date(SystemClock().now(), 2) if dated else "1"
    portal.ills.append(Illness.BUSY)
    started = time.monotonic()
    assert await client.provinces()
    # A date has no parts of a second.
    assert time.monotonic() - started >= 0.9


@pytest.mark.parametrize(
    "told", ["", "soon", "-5", "1.5", "nan", "²", "Sat", "Sat, 21 Nov 2026", _date(NOON, -999999)]
)
async def test_a_wish_nobody_understands_is_none(
    client: PortalClient, portal: FakePortal, told: str
) -> None:
    portal.retry_after = told
    portal.ills.append(Illness.BUSY)
    async with asyncio.timeout(5):
        assert await client.provinces()
    assert portal.count(PROVINCES) == 2


@pytest.mark.parametrize("told", ["301", "9" * 5000, _date(NOON, 10**9)])
async def test_who_is_asked_to_stay_away_for_long_leaves_at_once(
    client: PortalClient, portal: FakePortal, told: str
) -> None:
    portal.retry_after = told
    portal.ills.extend([Illness.BUSY] * 4)
    async with asyncio.timeout(5):
        with pytest.raises(PortalUnavailable, match=r"503, hẹn quay lại sau \d+ giây"):
            await client.provinces()
    assert portal.count(PROVINCES) == 1


async def test_calls_come_one_at_a_time_with_a_pause_between(portal: FakePortal) -> None:
    async with PortalClient.opened(portal.url, Manners(pause=0.05, back_off=())) as client:
        started = time.monotonic()
        await asyncio.gather(*(client.provinces() for _ in range(4)))
    assert time.monotonic() - started >= 0.15


async def test_a_cancelled_call_ends_at_once(portal: FakePortal) -> None:
    portal.ills.append(Illness.SLOW)
    portal.slowness = 60
    async with PortalClient.opened(portal.url, Manners(pause=5, patience=60)) as client:
        call = asyncio.create_task(client.provinces())
        await portal.heard.wait()
        started = time.monotonic()
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
    assert time.monotonic() - started < 30


async def test_a_portal_that_is_not_there_is_unavailable() -> None:
    async with PortalClient.opened("http://127.0.0.1:9", QUICK) as client:
        with pytest.raises(PortalUnavailable, match="không nối được"):
            await client.provinces()
