"""The real channel before a Telegram that enforces its rules: none is broken while citizens ask.

Its full form is benchmarks/telegram_rules.py. How much of the rate is used depends here on who
else works on the machine; tests/unit/bot/channels/pace tells it by a clock of its own.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.channels.errors import SendCode, SendError
from bot.channels.pace.budget import Budget
from bot.messages import ChannelName, CitizenAddress, OutgoingMessage, Priority, Reply
from tests.fakes.rush import Crowd, Rush, channel_to, rush, strict_telegram
from tests.fakes.telegram_rules import Fate, Findings, Rules, findings

RATE = 30
SHORT = Crowd(seconds=5, replies_per_second=4)


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
    assert found.messages >= RATE
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
        taken_and_dropped=0.2,
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


async def test_a_group_that_moved_tells_where_to_and_nothing_goes_to_the_old_one(
    unused_tcp_port: int,
) -> None:
    async with strict_telegram(unused_tcp_port, Rules(latency=0.001)) as strict:
        await strict.set_fates(fates={"-5": Fate.MIGRATED}, moved={"-5": -1009})
        channel = channel_to(strict.url, Budget(RATE))
        with pytest.raises(SendError) as raised:
            await channel.send(_to("-5"))
        assert raised.value.code is SendCode.MIGRATED
        await channel.send(_to(raised.value.moved_to))
        await channel.close()
        calls = await strict.log()
    assert [(call.chat, call.fate) for call in calls] == [
        ("-5", Fate.MIGRATED),
        ("-1009", Fate.TAKEN),
    ]


async def test_who_cannot_get_a_turn_in_time_is_told_and_never_left(unused_tcp_port: int) -> None:
    rules = Rules(latency=0.001, floods=[0], flood_wait=2)
    async with strict_telegram(unused_tcp_port, rules) as strict:
        channel = channel_to(strict.url, Budget(RATE))
        with pytest.raises(SendError) as refused:
            await channel.send(_to("1"))
        assert refused.value.code is SendCode.RATE_LIMITED
        assert 1 < channel.silence <= 2
        assert channel.rate == RATE / 2
        with pytest.raises(SendError) as waited:
            await channel.send(replace(_to("2"), priority=Priority.BROADCAST, patience=1))
        assert (waited.value.code, waited.value.retryable) == (SendCode.NO_TURN, True)
        assert 1 < (waited.value.retry_after or 0) <= 2
        await channel.send(replace(_to("3"), priority=Priority.BROADCAST, patience=9))
        await channel.close()
        assert [call.chat for call in await strict.log()] == ["1", "3"]


def _to(chat: str) -> OutgoingMessage:
    address = CitizenAddress(channel=ChannelName.TELEGRAM, user_id=chat)
    return OutgoingMessage(id=1, address=address, reply=Reply("tin"))
