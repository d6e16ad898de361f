"""Days of an account with windows, quotas and nights: no call is made that Zalo was to refuse.

``benchmarks/zalo_month.py`` asks for the full form: a month with 20,000 followers, on both
databases.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from bot.conversation.desk import Desk
from tests.conftest import FrozenClock
from tests.fakes.zalo_month.figures import figures
from tests.fakes.zalo_month.playing import Scene, a_month

# The package is soon used up: what would cost more waits, and ends with its window. All that is
# said at once takes more than a minute.
SCENE: Final = Scene(
    people=60, days=4, acts_a_day=7, subscribed=12, paid="package", package=8,
    rate=18, allowed=20, seed=2,
)  # fmt: skip


async def test_nothing_is_called_in_vain_and_all_have_an_ending(
    tmp_path: Path, desk: Desk, clock: FrozenClock
) -> None:
    async with a_month(tmp_path, desk, clock, SCENE) as month:
        await month.play()
        found = await figures(month)
    assert found.foreseeable == ()
    assert found.good, found
    # All of it was played.
    assert SCENE.rate - 2 <= found.most_a_minute <= SCENE.rate
    assert found.used["sub_quota 2026-11"] == SCENE.package
    assert found.endings["failed window_closed"]
    assert found.photos
    assert month.crowd.withdrawn
    assert found.notices
    assert month.news.storms
    assert all(found.shown[one] for one in ("broadcast", "template", "cs reply")), found.shown
