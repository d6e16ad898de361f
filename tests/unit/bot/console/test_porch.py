"""The line before the door: few at work at once, so many waiting, in the order they came."""

from __future__ import annotations

import asyncio

from bot.console.people.porch import AT_ONCE, MOST, Crowded, Porch


async def test_more_than_can_wait_are_sent_away_and_the_next_ones_are_heard() -> None:
    porch, heard, at_work = Porch(), list[int](), 0

    async def come(number: int) -> int:
        nonlocal at_work
        async with porch.turn():
            heard.append(number)
            at_work += 1
            most = at_work
            await asyncio.sleep(0)
            at_work -= 1
            return most

    told = await asyncio.gather(*map(come, range(MOST + 3)), return_exceptions=True)
    assert [isinstance(one, Crowded) for one in told] == [False] * MOST + [True] * 3
    assert max(one for one in told if isinstance(one, int)) == AT_ONCE
    assert heard == list(range(MOST))
    assert await come(MOST) == 1


async def test_who_fails_or_goes_away_leaves_room() -> None:
    porch = Porch()

    async def stay() -> None:
        async with porch.turn():
            await asyncio.Event().wait()

    for _ in range(2):
        waiting = [asyncio.create_task(stay()) for _ in range(MOST)]
        await asyncio.sleep(0)
        for one in waiting:
            one.cancel()
        gone = await asyncio.gather(*waiting, return_exceptions=True)
        assert all(isinstance(one, asyncio.CancelledError) for one in gone)
