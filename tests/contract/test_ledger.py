"""The ledger in memory and on both databases: taken, begun, ended, never twice, never lost."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from broadcasts.delivery.answers import Ending, Fault
from broadcasts.delivery.ports import Begun, Ledger, Rescued
from broadcasts.models import DeliveryStatus, Route, RunId, SubscriberStatus
from tests.conftest import FrozenClock, open_database
from tests.fakes.ledgers import CLAIM, MemorySide, Side, SqlSide

TELEGRAM = Route.TELEGRAM
SOON = timedelta(seconds=1)


@pytest.fixture(params=["memory", "sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def side(
    request: pytest.FixtureRequest, tmp_path: Path, clock: FrozenClock
) -> AsyncIterator[Side]:
    if request.param == "memory":
        yield MemorySide(clock)
        return
    async with open_database(request.param, request, tmp_path) as database:
        yield SqlSide(database, clock)


async def _begun(ledger: Ledger, run: RunId, most: int = 9) -> list[Begun]:
    return [*await ledger.step([], await ledger.claim(run, TELEGRAM, most))]


def _ended(one: Begun, status: DeliveryStatus, code: str = "", **told: object) -> Ending:
    return Ending(delivery=one.id, run=one.run, status=status, code=code, **told)  # type: ignore[arg-type]


async def _states(side: Side, run: RunId) -> list[str]:
    return [status for _, status, _ in await side.rows(run)]


async def test_rows_go_out_in_their_order_and_the_run_is_finished(side: Side) -> None:
    ledger, run = side.ledger(), await side.run(["1", "2", "3"])
    assert [one.id for one in await ledger.running()] == [run]
    first = await ledger.claim(run, TELEGRAM, 2)
    assert await _states(side, run) == ["claimed", "claimed", "pending"]
    begun = await ledger.step([], first)
    assert [(one.address, one.attempts, one.code) for one in begun] == [("1", 1, ""), ("2", 1, "")]
    rest = await ledger.claim(run, TELEGRAM, 2)
    sent = [_ended(one, DeliveryStatus.SENT, external_id="x") for one in begun]
    (third,) = await ledger.step(sent, rest)
    assert await _states(side, run) == ["sent", "sent", "sending"]
    assert await ledger.finish() == []
    await ledger.step([_ended(third, DeliveryStatus.FAILED, "refused")], [])
    assert await ledger.finish() == [run]
    assert await side.stands(run) == ("finished", "")
    assert await ledger.running() == []


async def test_an_urgent_run_goes_first(side: Side) -> None:
    ledger = side.ledger()
    plain = await side.run(["1"])
    urgent = await side.run(["2"], urgent=True)
    assert [one.id for one in await ledger.running()] == [urgent, plain]


async def test_two_who_both_believe_to_lead_never_take_the_same(side: Side) -> None:
    run = await side.run([str(number) for number in range(20)])
    here, there = side.ledger("here"), side.ledger("there")
    taken = await asyncio.gather(*(one.claim(run, TELEGRAM, 15) for one in (here, there) * 2))
    ids = [row.id for rows in taken for row in rows]
    assert len(ids) == len(set(ids)) == 20
    assert not await there.step([], taken[0])
    await there.give_back(taken[0])
    assert len(await here.step([], taken[0])) == len(taken[0])


async def test_what_was_taken_and_not_begun_is_taken_again_after_a_crash(side: Side) -> None:
    run = await side.run(["1"])
    dead, alive = side.ledger("dead"), side.ledger("alive")
    taken = await dead.claim(run, TELEGRAM, 1)
    await side.wait(CLAIM - SOON)
    assert await alive.rescue() == Rescued()
    assert not await alive.claim(run, TELEGRAM, 1)
    await side.wait(2 * SOON)
    assert not await dead.step([], taken)
    assert await alive.rescue() == Rescued(freed=1)
    assert not await dead.step([], taken)
    assert [one.address for one in await _begun(alive, run)] == ["1"]


async def test_what_was_begun_is_uncertain_after_a_crash_and_never_sent_by_itself(
    side: Side,
) -> None:
    run = await side.run(["1"])
    await _begun(side.ledger("dead"), run)
    alive = side.ledger("alive")
    await side.wait(timedelta(seconds=41))
    assert await alive.rescue() == Rescued(doubted=1)
    assert await side.rows(run) == [("1", "uncertain", "lost")]
    assert await _begun(alive, run) == []
    assert await alive.finish() == [run]


async def test_the_word_of_who_was_only_held_up_still_counts(side: Side) -> None:
    run = await side.run(["1", "2"])
    slow, other = side.ledger("slow"), side.ledger("other")
    one, two = await _begun(slow, run)
    await side.wait(timedelta(seconds=41))
    await other.rescue()
    await other.step([_ended(one, DeliveryStatus.FAILED, "refused")], [])
    assert await _states(side, run) == ["uncertain", "uncertain"]
    await other.finish()
    never_left = _ended(two, DeliveryStatus.PENDING, "no_turn")
    await slow.step([_ended(one, DeliveryStatus.SENT), never_left], [])
    assert await side.rows(run) == [("1", "sent", ""), ("2", "failed", "no_turn")]


async def test_what_never_left_is_due_again_when_its_time_has_come(side: Side) -> None:
    ledger, run = side.ledger(), await side.run(["1", "2"])
    shut, fault = await _begun(ledger, run)
    rest = timedelta(seconds=20)
    await ledger.step(
        [
            _ended(shut, DeliveryStatus.PENDING, "rate_limited", rest=rest, spent=False),
            _ended(fault, DeliveryStatus.PENDING, "conflict"),
        ],
        [],
    )
    assert [(one.address, one.attempts, one.code) for one in await _begun(ledger, run)] == [
        ("2", 2, "conflict")
    ]
    await side.wait(rest + SOON)
    assert [(one.attempts, one.code) for one in await _begun(ledger, run)] == [(1, "rate_limited")]


async def test_who_opted_out_since_is_skipped_right_before_sending(side: Side) -> None:
    ledger, run = side.ledger(), await side.run(["1", "2"])
    taken = await ledger.claim(run, TELEGRAM, 2)
    await side.mark("1", SubscriberStatus.OPTED_OUT)
    assert [one.address for one in await ledger.step([], taken)] == ["2"]
    assert await side.rows(run) == [("1", "skipped", "opted_out"), ("2", "sending", "")]


async def test_a_pause_between_taking_and_sending_gives_the_rows_back(side: Side) -> None:
    ledger, run = side.ledger(), await side.run(["1", "2"])
    (begun,) = await _begun(ledger, run, 1)
    taken = await ledger.claim(run, TELEGRAM, 1)
    assert await side.pause(run)
    assert not await side.pause(run)
    assert not await ledger.step([_ended(begun, DeliveryStatus.SENT)], taken)
    assert not await ledger.claim(run, TELEGRAM, 1)
    assert await _states(side, run) == ["sent", "pending"]
    assert await side.stands(run) == ("paused", "officer")
    assert await side.resume(run)
    assert not await side.resume(run)
    assert not await ledger.step([], taken)
    assert [one.address for one in await _begun(ledger, run)] == ["2"]


async def test_cancelling_ends_what_was_not_begun_and_leaves_its_ending_to_the_rest(
    side: Side,
) -> None:
    ledger, run = side.ledger(), await side.run(["1", "2", "3", "4"])
    sent, never_left = await _begun(ledger, run, 2)
    taken = await ledger.claim(run, TELEGRAM, 1)
    assert await side.cancel(run) == 2
    assert await side.cancel(run) is None
    endings = [_ended(sent, DeliveryStatus.SENT), _ended(never_left, DeliveryStatus.PENDING)]
    assert not await ledger.step(endings, taken)
    assert [one[1:] for one in await side.rows(run)] == [
        ("sent", ""),
        ("skipped", "cancelled"),
        ("skipped", "cancelled"),
        ("skipped", "cancelled"),
    ]
    assert await side.retry(run) is None
    assert not await side.resume(run)


async def test_only_what_failed_is_sent_again_and_not_to_who_cannot_be_reached(
    side: Side,
) -> None:
    ledger, run = side.ledger(), await side.run(["1", "2", "3", "4"])
    ok, refused, blocked, unclear = await _begun(ledger, run)
    lost = SubscriberStatus.BLOCKED
    await ledger.step(
        [
            _ended(ok, DeliveryStatus.SENT),
            _ended(refused, DeliveryStatus.FAILED, Fault.REFUSED),
            _ended(blocked, DeliveryStatus.FAILED, Fault.BLOCKED, reader=lost),
            _ended(unclear, DeliveryStatus.UNCERTAIN, Fault.UNCERTAIN),
        ],
        [],
    )
    assert await ledger.finish() == [run]
    assert await side.retry(run) == 1
    assert await side.stands(run) == ("running", "")
    assert await _states(side, run) == ["sent", "pending", "failed", "uncertain"]
    assert [(one.address, one.attempts) for one in await _begun(ledger, run)] == [("2", 1)]
    assert await side.resend(run, [ok.id, unclear.id]) == 1
    assert [one.address for one in await _begun(ledger, run)] == ["4"]


async def test_a_later_word_settles_what_was_uncertain_and_nothing_else(side: Side) -> None:
    ledger, run = side.ledger(), await side.run(["1", "2"])
    sent, unclear = await _begun(ledger, run)
    endings = [_ended(sent, DeliveryStatus.SENT), _ended(unclear, DeliveryStatus.UNCERTAIN)]
    await ledger.step(endings, [])
    assert not await side.settle(run, sent.id, DeliveryStatus.FAILED)
    assert not await side.settle(RunId(run + 1), unclear.id, DeliveryStatus.SENT)
    assert await side.settle(run, unclear.id, DeliveryStatus.SENT)
    assert await side.rows(run) == [("1", "sent", ""), ("2", "sent", "settled")]


async def test_a_chat_that_moved_is_written_to_at_its_new_address(side: Side) -> None:
    ledger, run = side.ledger(), await side.run(["1"])
    (moved,) = await _begun(ledger, run)
    await ledger.step([_ended(moved, DeliveryStatus.PENDING, "migrated", moved_to="-100")], [])
    assert [(one.address, one.code) for one in await _begun(ledger, run)] == [("-100", "migrated")]


async def test_progress_counts_exactly_what_stands_in_the_rows(side: Side) -> None:
    ledger, run = side.ledger(), await side.run([str(number) for number in range(6)])
    other = await side.run(["x"])
    sent, failed, unclear = await _begun(ledger, run, 3)
    await ledger.claim(run, TELEGRAM, 1)
    endings = [
        _ended(sent, DeliveryStatus.SENT),
        _ended(failed, DeliveryStatus.FAILED, "refused"),
        _ended(unclear, DeliveryStatus.UNCERTAIN, "uncertain"),
    ]
    await ledger.step(endings, [])
    told = await side.progress(run)
    assert (told.total, told.left) == (6, 3)
    assert dict(told.counts) == {
        "sent": 1,
        "failed": 1,
        "uncertain": 1,
        "claimed": 1,
        "pending": 2,
    }
    assert {status: dict(codes) for status, codes in told.reasons.items()} == {
        "failed": {"refused": 1},
        "uncertain": {"uncertain": 1},
    }
    assert dict(told.waiting) == {TELEGRAM: 2}
    assert (await side.progress(other)).total == 1


async def test_progress_tells_why_what_was_tried_has_to_wait(side: Side) -> None:
    ledger, run = side.ledger(), await side.run(["1", "2", "3"])
    (shut,) = await _begun(ledger, run, 1)
    await ledger.step([_ended(shut, DeliveryStatus.PENDING, "unreachable", spent=False)], [])
    told = await side.progress(run)
    assert dict(told.counts) == {"pending": 3}
    assert {status: dict(codes) for status, codes in told.reasons.items()} == {
        "pending": {"unreachable": 1}
    }


async def test_a_run_that_is_stopped_rests_for_its_errors(side: Side) -> None:
    ledger, run = side.ledger(), await side.run(["1"])
    await ledger.claim(run, TELEGRAM, 1)
    assert await ledger.stop(run)
    assert not await ledger.stop(run)
    assert await side.stands(run) == ("paused", "errors")
    assert await _states(side, run) == ["pending"]
