"""One refresh: how seldom it is tried, and that a pair once given waits for the database."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from bot.channels.zalo.accounts import AccountStatus
from bot.channels.zalo.faults import NoToken
from bot.channels.zalo.pairs import YOUNG, Held, Pair, TokenFault
from bot.channels.zalo.refreshing import DOUBTS, LONGEST_PAUSE, Refreshing
from bot.channels.zalo.tokens import Tokens
from tests.conftest import NOON, FrozenClock
from tests.fakes.zalo_tokens import Fate, MemoryTokens, MemoryZalo

OA = "1"
MINUTE = timedelta(minutes=1)


class Life:
    """One process with one account, 21 hours after its pair was made."""

    def __init__(self) -> None:
        self.clock, self.seconds = FrozenClock(), 0.0
        self.zalo, self.store = MemoryZalo(), MemoryTokens()
        self.store.join(OA, self.zalo.consent(), self.clock.now())
        self.slept: list[float] = []
        refreshing = Refreshing(
            self.store,
            self.zalo,
            clock=self.clock,
            elapsed=lambda: self.seconds,
            sleep=self.sleep,
        )
        self.tokens = Tokens(self.store, refreshing, self.clock)
        self.clock.move(timedelta(hours=21))

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)

    async def held(self) -> Held:
        held = await self.store.held(OA)
        assert held is not None
        return held


@pytest.mark.parametrize("fate", [Fate.NEVER_CAME, Fate.NEVER_LEFT])
async def test_who_cannot_be_reached_is_asked_more_and_more_seldom(fate: Fate) -> None:
    life = Life()
    life.zalo.fate = fate
    for _ in range(24 * 60):
        await life.tokens.tend()
        life.clock.move(MINUTE)
        life.seconds += 60
    # Each quarter of an hour in the end, and no more.
    assert 24 * 4 <= life.zalo.asked <= 24 * 4 + 6


async def _tended(life: Life, minutes: int) -> None:
    for _ in range(minutes):
        await life.tokens.tend()
        life.clock.move(MINUTE)
        life.seconds += 60


@pytest.mark.parametrize(
    ("fate", "minutes"), [(Fate.CROWDED, 60), (Fate.UNKNOWN, 5)], ids=["crowded", "unknown"]
)
async def test_a_refusal_that_may_pass_costs_no_consent(fate: Fate, minutes: int) -> None:
    life = Life()
    life.zalo.fate = fate
    await _tended(life, minutes)
    assert (await life.held()).status is AccountStatus.CONNECTED
    life.zalo.fate = Fate.OK
    await _tended(life, 20)
    held = await life.held()
    assert (held.generation, held.is_lost) == (2, False)


async def test_a_refusal_by_a_number_nobody_knows_is_believed_when_it_stays() -> None:
    life = Life()
    life.zalo.fate = Fate.UNKNOWN
    await _tended(life, 60)
    assert (await life.held()).status is AccountStatus.CONSENT_NEEDED
    assert life.zalo.asked == DOUBTS + 1


async def test_a_pair_waits_for_the_database_as_long_as_it_takes() -> None:
    life = Life()
    life.store.failures = 12
    assert await life.tokens.tend() == 1
    assert life.zalo.takes(life.store.rows[OA].refresh)
    assert (len(life.slept), max(life.slept)) == (12, LONGEST_PAUSE)


async def test_a_database_out_of_reach_stops_no_tick() -> None:
    life = Life()
    life.store.is_closed = True
    assert (await life.tokens.tend(), life.zalo.asked) == (0, 0)
    with pytest.raises(NoToken, match="store_closed"):
        await life.tokens.access(OA)


async def test_what_no_key_opens_is_told_and_hides_no_other_account() -> None:
    life = Life()
    shut = Held(
        oa_id="0",
        status=AccountStatus.CONNECTED,
        access_until=NOON,
        refresh_until=NOON,
        refreshed_at=NOON,
        generation=1,
        refreshing=1,
    )
    life.store.rows = {"0": shut, **life.store.rows}
    assert await life.tokens.tend() == 1
    assert await life.store.fault("0") == TokenFault.SHUT
    with pytest.raises(NoToken, match="shut"):
        await life.tokens.access("0")


class Broken:
    """Fails as nothing at Zalo could make it fail."""

    async def refresh(self, refresh: str) -> Pair:
        raise ZeroDivisionError(len(refresh))


async def test_a_fault_of_ours_ends_no_round() -> None:
    life = Life()
    life.store.rows["2"] = replace(life.store.rows[OA], oa_id="2")
    tokens = Tokens(life.store, Refreshing(life.store, Broken(), clock=life.clock), life.clock)
    with capture_logs() as logs:
        assert await tokens.tend() == 0
    assert [one["account"] for one in logs] == [OA, "2"]
    # Nobody knows whether it left.
    assert life.store.rows[OA].is_lost


async def test_an_account_that_is_off_says_nothing() -> None:
    life = Life()
    life.store.rows[OA] = replace(life.store.rows[OA], status=AccountStatus.OFF)
    with pytest.raises(NoToken, match="off"):
        await life.tokens.access(OA)
    assert not await life.tokens.again(OA)
    assert (await life.tokens.tend(), life.zalo.asked) == (0, 0)


async def test_a_pair_made_just_now_is_young_however_clocks_differ() -> None:
    (held,) = Life().store.rows.values()
    assert held.is_young(NOON + YOUNG - MINUTE)
    assert held.is_young(NOON - MINUTE)
    assert not held.is_young(NOON + YOUNG)
    assert not held.is_young(NOON - YOUNG)
