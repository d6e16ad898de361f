"""The strict Telegram finds out who keeps no rule, or tests against it could not fail."""

from __future__ import annotations

from tests.fakes.sleepers import SleepersClock
from tests.fakes.telegram_rules import Call, Fate, Rules, StrictTelegram, findings

REFUSED = (Fate.FLOOD, Fate.CHAT_FLOOD, Fate.ON_ITS_WAY, Fate.INSIDE)


class Caller:
    """Calls at given moments, and is told of a refusal at once."""

    def __init__(self, **rules: int) -> None:
        self._clock = SleepersClock()
        self.strict = StrictTelegram(Rules(**rules), now=self._clock.now)  # type: ignore[arg-type]

    def call(self, at: float, chat: str = "", *, late: float = 0.0) -> Fate:
        self._clock.moment = at
        fate = self.strict.fate(chat, at, at - late)
        told = Call(at=at, surely_after=at - late, method="x", chat=chat, text="x", fate=fate)
        self.strict.calls.append(told)
        if fate in REFUSED:
            self.strict.announce(chat)
        return fate


def test_the_call_too_many_in_a_second_is_refused_and_so_is_what_is_on_its_way() -> None:
    caller = Caller(per_second=3, bot_wait=2)
    fates = [caller.call(0.1 * number, str(number)) for number in range(4)]
    assert fates == [Fate.TAKEN] * 3 + [Fate.FLOOD]
    assert caller.call(0.4, "9") is Fate.ON_ITS_WAY
    assert caller.call(2.31, "9") is Fate.TAKEN
    assert findings(caller.strict.calls).most_in_a_second == 5


def test_a_call_inside_a_wait_is_counted_and_doubles_it() -> None:
    caller = Caller(per_second=1, bot_wait=2)
    caller.call(0, "1")
    assert caller.call(0.5, "2") is Fate.FLOOD
    assert caller.call(2, "3") is Fate.INSIDE
    assert caller.call(2.1) is Fate.INSIDE
    assert caller.call(6.4, "4") is Fate.INSIDE
    assert caller.call(14.6, "5") is Fate.TAKEN
    assert findings(caller.strict.calls).inside == 3


def test_a_chat_bears_a_few_at_once_and_then_one_a_second() -> None:
    caller = Caller(at_once=3, chat_wait=2)
    fates = [caller.call(0.01 * number, "1") for number in range(4)]
    assert fates == [Fate.TAKEN] * 3 + [Fate.CHAT_FLOOD]
    assert caller.call(0.1, "2") is Fate.TAKEN
    assert caller.call(1.5, "1") is Fate.INSIDE
    other = Caller(at_once=3)
    assert {other.call(1.001 * number, "1") for number in range(20)} == {Fate.TAKEN}


def test_a_group_bears_twenty_a_minute() -> None:
    caller = Caller()
    fates = [caller.call(2.9 * number, "-1") for number in range(21)]
    assert fates == [Fate.TAKEN] * 20 + [Fate.CHAT_FLOOD]


def test_what_the_simulators_own_stalls_explain_is_held_against_nobody() -> None:
    caller = Caller(per_second=3)
    fates = [caller.call(10 + 0.01 * number, str(number), late=0.5) for number in range(3)]
    fates += [caller.call(10.6, str(number)) for number in range(10, 13)]
    assert fates == [Fate.TAKEN] * 6
    assert findings(caller.strict.calls).most_in_a_second == 3
    assert caller.call(10.7, "20") is Fate.FLOOD
    assert caller.call(15.8, "21", late=0.5) is Fate.TAKEN


def test_the_same_words_twice_to_one_are_counted() -> None:
    caller = Caller()
    for _ in range(2):
        caller.call(5 * len(caller.strict.calls), "1")
    assert findings(caller.strict.calls).twice == 1
