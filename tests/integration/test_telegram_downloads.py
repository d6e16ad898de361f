"""Citizens' files from Telegram: whole or clearly not at all, and the token told nowhere."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.channels.errors import Missing, NotDownloaded
from bot.channels.pace.budget import Budget
from bot.channels.telegram import downloads
from bot.channels.telegram.downloads import Downloads
from tests.fakes.shelf import a_picture
from tests.fakes.telegram import TOKEN, FakeTelegram, serving_telegram

MOST = 50_000


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with serving_telegram() as fake:
        yield fake


@pytest.fixture
async def fetching(telegram: FakeTelegram) -> AsyncIterator[Downloads]:
    budget = Budget(25)
    made = Downloads(base_url=telegram.url, token=TOKEN, proxy=None, budget=budget)
    yield made
    await made.close()
    await budget.close()


async def _missing(fetching: Downloads, known: str) -> NotDownloaded:
    with pytest.raises(NotDownloaded) as raised:
        await fetching.download(known, most=MOST)
    assert TOKEN not in "".join(map(str, (raised.value, raised.value.__cause__)))
    assert raised.value.__cause__ is None
    return raised.value


async def test_a_photo_comes_whole(telegram: FakeTelegram, fetching: Downloads) -> None:
    content = a_picture(400, 300)
    assert await fetching.download(telegram.theirs.add(content), most=MOST) == content


async def test_a_file_of_just_the_most_comes(telegram: FakeTelegram, fetching: Downloads) -> None:
    known = telegram.theirs.add(b"x" * MOST)
    assert len(await fetching.download(known, most=MOST)) == MOST


@pytest.mark.parametrize("told", [None, 5, MOST + 1, 30_000_000])
async def test_too_large_is_noticed_whatever_was_told(
    telegram: FakeTelegram, fetching: Downloads, told: int | None
) -> None:
    known = telegram.theirs.add(b"x" * (MOST + 1))
    telegram.theirs.sizes[known] = told
    assert (await _missing(fetching, known)).why is Missing.LARGE


async def test_what_telegram_keeps_no_more_is_gone(
    telegram: FakeTelegram, fetching: Downloads
) -> None:
    known = telegram.theirs.add(b"x")
    telegram.theirs.refusals.append(404)
    assert (await _missing(fetching, known)).why is Missing.GONE
    assert (await _missing(fetching, "never-was")).why is Missing.GONE


@pytest.mark.parametrize(
    "path",
    ["../../secrets", "photos/../../x", "/etc/passwd", "photos//x", "./x", "a b", "a\nb", "", 7,
     "x" * 600],
)  # fmt: skip
async def test_a_path_that_leads_elsewhere_is_not_followed(
    telegram: FakeTelegram, fetching: Downloads, path: object
) -> None:
    known = telegram.theirs.add(b"x")
    telegram.theirs.paths[known] = path
    assert (await _missing(fetching, known)).why is Missing.GONE
    assert telegram.theirs.asked == []


async def test_signs_of_a_path_are_escaped(telegram: FakeTelegram, fetching: Downloads) -> None:
    known = telegram.theirs.add(b"x")
    telegram.theirs.paths[known] = "documents/tờ?khai#1%2e.jpg"
    assert (await _missing(fetching, known)).why is Missing.GONE
    assert telegram.theirs.asked == ["documents/tờ?khai#1%2e.jpg"]


@pytest.mark.parametrize("status", [429, 500, 502, 302])
async def test_a_server_that_gives_no_file_is_asked_again_later(
    telegram: FakeTelegram, fetching: Downloads, status: int
) -> None:
    known = telegram.theirs.add(b"x")
    telegram.theirs.refusals.append(status)
    assert (await _missing(fetching, known)).why is Missing.UNREACHABLE
    assert await fetching.download(known, most=MOST) == b"x"


async def test_a_line_that_breaks_gives_no_half_file(
    telegram: FakeTelegram, fetching: Downloads
) -> None:
    known = telegram.theirs.add(b"x" * 1000)
    telegram.theirs.breaks_at = 500
    assert (await _missing(fetching, known)).why is Missing.UNREACHABLE


async def test_a_call_that_fails_is_tried_again_later(
    telegram: FakeTelegram, fetching: Downloads
) -> None:
    known = telegram.theirs.add(b"x")
    telegram.ill = (429, {"parameters": {"retry_after": 7}})
    missing = await _missing(fetching, known)
    assert (missing.why, missing.retry_after) == (Missing.UNREACHABLE, 7)


async def test_a_slow_file_is_not_waited_for_without_end(
    telegram: FakeTelegram, fetching: Downloads, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(downloads, "WHOLE_SECONDS", 0.2)
    known = telegram.theirs.add(b"x")
    telegram.theirs.slowness = 600
    async with asyncio.timeout(60):
        assert (await _missing(fetching, known)).why is Missing.UNREACHABLE


async def test_telegram_out_of_reach_says_so_without_the_token(
    capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    budget = Budget(25)
    nowhere = Downloads(base_url="http://127.0.0.1:9", token=TOKEN, proxy=None, budget=budget)
    with caplog.at_level("WARNING"):
        assert (await _missing(nowhere, "x")).why is Missing.UNREACHABLE
    await nowhere.close()
    assert TOKEN not in caplog.text + "".join(capsys.readouterr())
