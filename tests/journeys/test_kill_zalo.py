"""The program is killed at the steps of all that goes to Zalo: nothing lost, nothing sent twice.

``benchmarks/zalo_kill.py`` asks for the full form: many kills, each at any call.
"""

from __future__ import annotations

from pathlib import Path

from broadcasts.models import Route
from tests.fakes.zalo_gun import Call, Moment
from tests.fakes.zalo_kill import a_play

AFTER = Moment.AFTER


async def test_killed_at_the_steps_nothing_is_lost_nothing_goes_twice_and_a_lost_pair_is_told(
    tmp_path: Path, unused_tcp_port: int
) -> None:
    async with a_play(tmp_path, unused_tcp_port) as play:
        *readers, last_words = await play.citizens(11)
        await play.news_by_every_way(readers, "Tin mới")
        play.gun.aim({Call.PUBLISH: AFTER, Call.UPLOAD: AFTER, Call.TEMPLATE: AFTER})
        async with play.living() as program:
            await play.dies(program)
        play.gun.aim({Call.BROADCAST: AFTER, Call.MESSAGE: AFTER})
        async with play.living() as program:
            await play.dies(program, after=[last_words])
        await play.ages()
        play.gun.aim({Call.REFRESH: AFTER})
        async with play.living() as program:
            await play.dies(program)
        async with play.living():
            await play.consents()
            await play.settled()
        verdict = await play.verdict()
    assert verdict.faults() == []
    (article,) = verdict.of(Route.ZALO_ARTICLE, "uncertain")
    assert verdict.arrived[Route.ZALO_ARTICLE][article] == 1
