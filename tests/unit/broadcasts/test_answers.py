"""Which ending each answer means, and when a run is stopped because what fails is ours."""

from __future__ import annotations

from datetime import timedelta

import pytest

from broadcasts.delivery.answers import (
    FIRST_REST,
    KEEP_TRYING,
    LATER,
    LONGEST_REST,
    MOST_ATTEMPTS,
    SHUT,
    Answer,
    Ending,
    Fault,
    Tried,
    ending,
)
from broadcasts.delivery.bursts import LAST, MOST_DOWN, TOO_MANY, Burst, Line
from broadcasts.delivery.bursts import LONGEST_REST as LONGEST_PAUSE
from broadcasts.models import DeliveryId, DeliveryStatus, RunId, SubscriberStatus

SOON = timedelta(seconds=1)


def _ending(
    answer: Answer, *, attempts: int = 1, code: str = "", since: timedelta = SOON
) -> Ending:
    tried = Tried(delivery=DeliveryId(1), run=RunId(1), attempts=attempts, code=code, since=since)
    return ending(tried, answer)


def test_what_was_taken_is_sent() -> None:
    told = _ending(Answer(external_id="77"))
    assert (told.status, told.code, told.external_id) == (DeliveryStatus.SENT, "", "77")


@pytest.mark.parametrize(
    ("fault", "status", "reader"),
    [
        (Fault.UNCERTAIN, DeliveryStatus.UNCERTAIN, None),
        (Fault.BLOCKED, DeliveryStatus.FAILED, SubscriberStatus.BLOCKED),
        (Fault.GONE, DeliveryStatus.FAILED, SubscriberStatus.DEAD),
        (Fault.REFUSED, DeliveryStatus.FAILED, None),
        (Fault.MIGRATED, DeliveryStatus.FAILED, None),
    ],
)
def test_what_may_not_be_tried_again_ends(
    fault: Fault, status: DeliveryStatus, reader: SubscriberStatus | None
) -> None:
    told = _ending(Answer(fault=fault))
    assert (told.status, told.code, told.reader) == (status, fault, reader)


@pytest.mark.parametrize("fault", sorted(SHUT | LATER))
def test_a_way_shut_for_all_spends_no_try_until_a_day_is_over(fault: Fault) -> None:
    shut = Answer(fault=fault, retryable=True, retry_after=17)
    told = _ending(shut, attempts=99)
    assert (told.status, told.spent, told.rest) == (
        DeliveryStatus.PENDING,
        False,
        timedelta(seconds=17),
    )
    assert _ending(shut, attempts=99, since=KEEP_TRYING).status is DeliveryStatus.FAILED


@pytest.mark.parametrize("fault", sorted(LATER))
def test_a_row_that_waits_rests_a_while_even_where_nobody_said_how_long(fault: Fault) -> None:
    told = _ending(Answer(fault=fault, retryable=True))
    assert timedelta() < told.rest <= FIRST_REST
    assert not told.spent


@pytest.mark.parametrize("fault", sorted(SHUT | LATER | {Fault.CONFLICT}))
def test_what_goes_on_days_later_is_tried_as_often_as_any_other(fault: Fault) -> None:
    late = _ending(Answer(fault=fault, retryable=True, retry_after=17), since=9 * KEEP_TRYING)
    assert (late.status, late.spent, late.rest) == (
        DeliveryStatus.PENDING,
        True,
        timedelta(seconds=17),
    )
    shortly = _ending(Answer(fault=fault, retryable=True), since=9 * KEEP_TRYING)
    assert shortly.rest == FIRST_REST


def test_other_faults_rest_ever_longer_and_end_after_some_tries() -> None:
    clash = Answer(fault=Fault.CONFLICT, retryable=True)
    tries = [_ending(clash, attempts=number) for number in range(1, MOST_ATTEMPTS + 1)]
    assert [one.rest for one in tries[:3]] == [FIRST_REST, FIRST_REST * 2, FIRST_REST * 4]
    assert all(one.spent and one.rest <= LONGEST_REST for one in tries)
    assert [one.status for one in tries[-2:]] == [DeliveryStatus.PENDING, DeliveryStatus.FAILED]


def test_a_chat_that_moved_is_followed_once() -> None:
    moved = Answer(fault=Fault.MIGRATED, moved_to="-100")
    told = _ending(moved)
    assert (told.status, told.moved_to) == (DeliveryStatus.PENDING, "-100")
    assert _ending(moved, code="migrated").status is DeliveryStatus.FAILED


def test_refusals_that_speak_of_us_are_a_burst() -> None:
    burst = Burst()
    for _ in range(TOO_MANY - 1):
        burst.note(Answer(fault=Fault.REFUSED))
        burst.note(Answer())
    assert not burst.ill
    burst.note(Answer(fault=Fault.UNCERTAIN))
    assert [burst.ill] == [True]


def test_what_lies_long_back_is_no_burst() -> None:
    burst = Burst()
    for fault in [Fault.REFUSED] * TOO_MANY + [None] * LAST:
        burst.note(Answer(fault=fault))
    assert not burst.ill


@pytest.mark.parametrize("fault", [Fault.BLOCKED, Fault.GONE])
def test_readers_who_left_are_no_burst(fault: Fault) -> None:
    burst = Burst()
    for _ in range(LAST):
        burst.note(Answer(fault=fault))
        burst.note(Answer(fault=Fault.RATE_LIMITED, retryable=True))
    assert not burst.ill


@pytest.mark.parametrize("fault", sorted(MOST_DOWN))
def test_a_way_that_leads_nowhere_rests_ever_longer_until_somebody_should_look(
    fault: Fault,
) -> None:
    line = Line()
    assert (line.down, line.rest) == (False, 0.0)
    for number in range(MOST_DOWN[fault] - 1):
        assert not line.fails(fault)
        assert (line.down, line.rest) == (True, min(2.0**number, LONGEST_PAUSE))
    assert line.fails(fault)
    line.works()
    assert (line.down, line.rest) == (False, 0.0)
