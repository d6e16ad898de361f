"""Whatever becomes of refreshes, no pair is lost that could be kept, and a lost one is noticed."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.channels.zalo.accounts import AccountStatus
from bot.channels.zalo.faults import NoToken
from bot.channels.zalo.pairs import Held
from bot.channels.zalo.refreshing import Refreshing
from bot.channels.zalo.tokens import Tokens
from tests.conftest import FrozenClock
from tests.fakes.zalo_tokens import Fate, Killed, MemoryTokens, MemoryZalo

OA = "1"
MONTHS = timedelta(days=200)


class TokenLife(RuleBasedStateMachine):
    """Two processes, a Zalo that may refuse or fall silent, and a power cut at any moment."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.clock, self.seconds = FrozenClock(), 0.0
        self.zalo, self.store = MemoryZalo(), MemoryTokens()
        self.store.join(OA, self.zalo.consent(), self.clock.now())
        self.processes = [self._process(), self._process()]
        # Pairs of which nobody that lives was told, or no more.
        self.is_lost = False

    def teardown(self) -> None:
        self.loop.close()

    def _process(self) -> Tokens:
        refreshing = Refreshing(
            self.store, self.zalo, clock=self.clock, elapsed=lambda: self.seconds
        )
        return Tokens(self.store, refreshing, self.clock)

    @property
    def held(self) -> Held:
        return self.store.rows[OA]

    @rule(hours=st.sampled_from([1, 20, 26]))
    def time_passes(self, hours: int) -> None:
        self.clock.move(timedelta(hours=hours))
        self.seconds += hours * 3600

    @rule(by=st.sampled_from([MONTHS, -MONTHS]))
    def the_clock_is_put(self, by: timedelta) -> None:
        self.clock.move(by)

    @rule(fate=st.sampled_from(Fate), which=st.integers(0, 1))
    def one_tends(self, fate: Fate, which: int) -> None:
        self._under(fate, self.processes[which].tend())

    @rule(fate=st.sampled_from(Fate))
    def both_tend(self, fate: Fate) -> None:
        async def both() -> None:
            await asyncio.gather(*(one.tend() for one in self.processes))

        asked = self.zalo.asked
        self._under(fate, both())
        if fate is Fate.OK:
            assert self.zalo.asked <= asked + 1

    @rule(fate=st.sampled_from(Fate))
    def nobody_asks_without_end(self, fate: Fate) -> None:
        """In one moment one call is made at most, and none while a consent is needed."""
        asked = self.zalo.asked
        most = asked + (self.held.status is AccountStatus.CONNECTED)
        for _ in range(3):
            self._under(fate, self.processes[0].tend())
        assert self.zalo.asked <= most

    @rule(which=st.integers(0, 1))
    def one_dies_before_it_keeps(self, which: int) -> None:
        self.store.kills = True
        before = self.zalo.newest
        with suppress(Killed):
            self.loop.run_until_complete(self.processes[which].tend())
        self.store.kills = False
        self.is_lost |= self.zalo.newest is not before
        self.processes[which] = self._process()

    @rule(which=st.integers(0, 1))
    def a_call_is_refused(self, which: int) -> None:
        async def renewed() -> None:
            with suppress(NoToken):
                token = await self.processes[which].renewed(OA, self.held.access)
                assert token == self.held.access

        self._under(Fate.OK, renewed())

    @precondition(lambda self: self.held.status is AccountStatus.CONSENT_NEEDED)
    @rule()
    def somebody_consents_anew(self) -> None:
        self.store.join(OA, self.zalo.consent(), self.clock.now())
        self.is_lost = False

    @precondition(lambda self: self.held.status is AccountStatus.CONSENT_NEEDED)
    @rule(fate=st.sampled_from(Fate))
    def an_officer_has_it_tried_again(self, fate: Fate) -> None:
        self.store.rows[OA] = replace(self.held, status=AccountStatus.CONNECTED)
        self._under(fate, self.processes[0].tend())

    def _under(self, fate: Fate, deed: object) -> None:
        self.zalo.fate = fate
        before = self.zalo.newest
        self.loop.run_until_complete(deed)  # type: ignore[arg-type]
        if fate is Fate.LOST:
            self.is_lost |= self.zalo.newest is not before
        self.zalo.fate = Fate.OK

    @invariant()
    def what_is_stored_is_the_newest_we_were_told_of(self) -> None:
        newest = self.zalo.newest
        assert newest is not None
        if not self.is_lost:
            assert self.held.refresh == newest.refresh

    @invariant()
    def nothing_is_given_up_that_zalo_would_take(self) -> None:
        if self.held.status is AccountStatus.CONSENT_NEEDED:
            assert not self.zalo.takes(self.held.refresh)
            assert self.store.faults[OA]

    @invariant()
    def a_lost_pair_is_noticed(self) -> None:
        if self.is_lost:
            is_known = self.held.is_lost or self.held.status is AccountStatus.CONSENT_NEEDED
            assert is_known


TestTokenLife = TokenLife.TestCase
TestTokenLife.settings = settings(max_examples=100, stateful_step_count=25, deadline=None)
