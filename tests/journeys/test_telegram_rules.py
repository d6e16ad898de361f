"""The real channel before a Telegram that enforces its rules: none is broken while citizens ask.

Its full form is benchmarks/telegram_rules.py. How much of the rate is used depends here on who
else works on the machine; tests/unit/bot/channels/pace tells it by a clock of its own.
"""

from __future__ import annotations

import asyncio

import aiohttp

from bot.channels.errors import SendCode
from bot.channels.pace.budget import Budget
from tests.fakes.rush import Crowd, Rush, channel_to, rush, strict_telegram
from tests.fakes.telegram_rules import TOKEN, Fate, Findings, Rules, findings

RATE = 30
SHORT = Crowd(seconds=6, replies_per_second=4)


async def _seen(port: int, rules: Rules, **fates: Fate) -> tuple[Rush, Findings]:
    async with strict_telegram(port, rules) as strict:
        await strict.set_fates(fates=fates)
        channel = channel_to(strict.url, Budget(RATE))
        seen = await rush(channel, SHORT)
        await channel.close()
        return seen, findings(await strict.log())


async def test_a_broadcast_breaks_no_rule_and_keeps_no_citizen_waiting(
    unused_tcp_port: int,
) -> None:
    seen, found = await _seen(unused_tcp_port, Rules(per_second=RATE))
    assert (found.inside, found.floods, found.twice) == (0, 0, 0)
    assert found.most_in_a_second <= RATE
    assert found.messages >= 0.8 * RATE * SHORT.seconds
    assert seen.waits
    assert seen.p95 <= 2


async def test_refusals_are_obeyed_and_nothing_is_doubled_in_foul_weather(
    unused_tcp_port: int,
) -> None:
    foul = Rules(
        per_second=RATE,
        floods=[1, 4],
        flood_wait=1,
        dropped=0.05,
        taken_and_dropped=0.05,
        down=0.05,
    )
    left = {"3": Fate.BLOCKED, "5": Fate.DEACTIVATED, "7": Fate.NOT_FOUND, "9": Fate.KICKED}
    seen, found = await _seen(unused_tcp_port, foul, **left)
    assert (found.inside, found.twice) == (0, 0)
    assert 1 <= found.floods <= 2
    assert found.most_in_a_second <= RATE
    assert seen.endings[SendCode.BLOCKED] == 2
    assert seen.endings[SendCode.GONE] == 2
    assert seen.endings[SendCode.UNCERTAIN]
    assert found.taken >= seen.endings["sent"] + seen.endings["reply sent"]


async def _call(url: str, method: str, **sent: str) -> int:
    target = f"{url}/bot{TOKEN}/{method}"
    async with aiohttp.ClientSession() as http, http.post(target, data=sent) as answer:
        return answer.status


async def test_the_strict_telegram_is_strict(unused_tcp_port: int) -> None:
    """Who keeps no rule is found out, or the tests above could not fail."""
    rules = Rules(per_second=5, bot_wait=1, chat_wait=1, latency=0.001)
    async with strict_telegram(unused_tcp_port, rules) as strict:
        told = [await _call(strict.url, "sendMessage", chat_id="1", text="x") for _ in range(4)]
        assert told == [200, 200, 200, 429]
        told = [
            await _call(strict.url, "sendMessage", chat_id=str(chat), text="x")
            for chat in range(2, 6)
        ]
        assert told == [200, 200, 429, 429]
        await asyncio.sleep(0.3)
        assert await _call(strict.url, "setMyCommands") == 429
        await asyncio.sleep(3)
        assert await _call(strict.url, "sendMessage", chat_id="9", text="x") == 200
        calls = await strict.log()
    found = findings(calls)
    assert (found.inside, found.twice, found.most_in_a_second) == (1, 2, 8)
    assert [call.fate for call in calls[3:8]] == [
        Fate.CHAT_FLOOD,
        Fate.TAKEN,
        Fate.TAKEN,
        Fate.FLOOD,
        Fate.ON_ITS_WAY,
    ]
