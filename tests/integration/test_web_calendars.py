"""A calendar over the web: whole, cached by its readers, and closed to whoever has no key."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, timedelta
from http import HTTPStatus

import pytest
from aiohttp import hdrs
from aiohttp.test_utils import TestClient, TestServer

from bot.web.app import create_app
from bot.web.calendars import PER_MINUTE
from broadcasts.calendar.feed import Entry, Published
from tests.conftest import NOON
from tests.fakes.house import PaperCalendars, PaperHouse
from tests.integration.conftest import Web
from tests.unit.broadcasts.calendar import ics

KEY, OTHER = "k" * 43, "o" * 43
HERE = f"/lich/{KEY}.ics"
ENTRY = Entry(uid="slot-1.xa@hanhchinh-bot", day=date(2026, 11, 26), title="Việc", words="Việc")
TOLD = Published(name="Lịch truyền thông xã A", entries=(ENTRY,), changed_at=NOON)


@pytest.fixture
def calendars() -> PaperCalendars:
    return PaperCalendars({KEY: TOLD})


@pytest.fixture
async def web(calendars: PaperCalendars) -> AsyncIterator[Web]:
    async with TestClient(TestServer(create_app(PaperHouse(calendars=calendars)))) as client:
        yield client


async def test_a_calendar_is_given_whole_and_kept_by_nobody_on_the_way(web: Web) -> None:
    answer = await web.get(HERE)
    calendar = ics.read(await answer.read())
    assert [one.properties["UID"] for one in calendar.parts] == [ENTRY.uid]
    assert answer.headers[hdrs.CONTENT_TYPE] == "text/calendar; charset=utf-8"
    assert answer.headers[hdrs.CACHE_CONTROL] == "private, no-cache"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert answer.headers[hdrs.LAST_MODIFIED] == "Fri, 20 Nov 2026 05:00:00 GMT"


async def test_who_has_it_is_sent_nothing_until_it_says_something_else(
    web: Web, calendars: PaperCalendars
) -> None:
    first = await web.get(HERE)
    same = {"If-None-Match": first.headers["ETag"]}
    since = {"If-Modified-Since": first.headers["Last-Modified"]}
    for headers in (same, since, {"If-None-Match": "*"}, same | {"If-Modified-Since": "x"}):
        answer = await web.get(HERE, headers=headers)
        assert (answer.status, await answer.read()) == (HTTPStatus.NOT_MODIFIED, b"")
        assert answer.headers["ETag"] == first.headers["ETag"]
    # What names another version counts, whatever day is named beside it.
    other = {"If-None-Match": '"other"'} | since
    assert (await web.get(HERE, headers=other)).status == HTTPStatus.OK
    changed = TOLD.changed_at + timedelta(seconds=1)
    calendars.kept[KEY] = Published(name=TOLD.name, entries=(), changed_at=changed)
    for headers in (same, since):
        answer = await web.get(HERE, headers=headers)
        assert answer.status == HTTPStatus.OK
        assert ics.read(await answer.read()).parts == []


@pytest.mark.parametrize("key", [OTHER, KEY[:-1], f"{KEY}k", "a/b", "..", "k" * 42 + "*"])
async def test_what_is_no_key_leads_nowhere(web: Web, key: str) -> None:
    assert (await web.get(f"/lich/{key}.ics")).status == HTTPStatus.NOT_FOUND


async def test_one_address_is_not_read_too_often_and_others_are_not_held_up(
    web: Web, calendars: PaperCalendars
) -> None:
    calendars.kept[OTHER] = TOLD
    for _ in range(PER_MINUTE):
        assert (await web.get(HERE)).status == HTTPStatus.OK
    answer = await web.get(HERE)
    assert answer.status == HTTPStatus.TOO_MANY_REQUESTS
    assert int(answer.headers["Retry-After"]) == 1
    assert "quá dày" in await answer.text()
    assert (await web.get(f"/lich/{OTHER}.ics")).status == HTTPStatus.OK
