"""Days of an account with windows, quotas and nights: no call is made that Zalo was to refuse."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Final

from bot.conversation.desk import Desk
from tests.conftest import FrozenClock
from tests.fakes.zalo import Rules
from tests.fakes.zalo_month import Month, letters
from tests.fakes.zalo_stage import a_zalo_stage

PEOPLE: Final = 30
DAYS: Final = 3
# Soon used up: what would cost more waits, and ends with its window.
PACKAGE: Final = 10


async def test_nothing_is_called_in_vain_and_all_have_an_ending(
    tmp_path: Path, desk: Desk, clock: FrozenClock
) -> None:
    async with a_zalo_stage(tmp_path, desk, clock, rules=Rules(), ZALO_RATE="90") as stage:
        zalo = stage.zalo
        zalo.oa.messages_a_month = PACKAGE
        people = [zalo.citizen(str(one), follows=True) for one in range(PEOPLE)]
        month = Month(stage, people, DAYS)
        await month.play()
        assert zalo.ledger.foreseeable == []
        assert -32 not in zalo.ledger.codes()
        assert await month.waiting() == 0
        sent = await month.endings()
        # Late answers met closed windows; others waited for a quota until then.
        assert {status for status, _ in sent} <= {"sent", "failed", "skipped"}, sent
        assert ("failed", "window_closed") in sent, sent
        taken = {shown.quota for one in people for shown in one.shown}
        assert taken <= {"", "reply", "sub_quota"}
        assert PACKAGE in [used for (_, kind), used in zalo.oa.used.items() if kind == "sub_quota"]
        for one in people:
            assert letters(one) == sorted(set(letters(one)))
        news = [one.articles for one in zalo.broadcasts.sent]
        told = [str(one.fields["title"]) for articles in news for one in articles]
        assert len(told) == len(set(told)) == month.runs
        assert zalo.ledger.calls["refresh"] >= (DAYS * timedelta(days=1)) // timedelta(hours=25)
