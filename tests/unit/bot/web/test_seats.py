"""Places for waiting connections are counted, given back, and cleared when the program stops."""

from __future__ import annotations

import asyncio

import pytest

from bot.web.refusals import Refusal
from bot.web.seats import Seat, Seats


async def test_a_session_has_its_own_number_of_places() -> None:
    seats = Seats(each=1, total=9)
    with (
        seats.take("a", "home", kind=Seat.STREAM),
        seats.take("b", "home", kind=Seat.STREAM),
        pytest.raises(Refusal) as refused,
        seats.take("a", "home", kind=Seat.STREAM),
    ):
        pass
    assert refused.value.headers == {"Retry-After": "5"}


async def test_all_sessions_together_have_a_limit() -> None:
    seats = Seats(each=9, total=2)
    with (
        seats.take("a", "home", kind=Seat.STREAM),
        seats.take("b", "home", kind=Seat.STREAM),
        pytest.raises(Refusal),
        seats.take("c", "home", kind=Seat.STREAM),
    ):
        pass


async def test_a_place_is_free_again_whatever_happened_on_it() -> None:
    seats = Seats(each=1, per_address=1, total=1)
    with pytest.raises(ConnectionResetError), seats.take("a", "home", kind=Seat.STREAM):
        raise ConnectionResetError
    with seats.take("a", "home", kind=Seat.STREAM):
        assert seats.taken == 1
    assert seats.taken == 0


async def test_emptying_sends_everybody_home() -> None:
    seats = Seats()

    async def sit(session: str) -> None:
        with seats.take(session, "home", kind=Seat.STREAM):
            await asyncio.Event().wait()

    waiting = [asyncio.create_task(sit(session)) for session in ("a", "a", "b")]
    await asyncio.sleep(0)
    seats.empty()
    ended = await asyncio.gather(*waiting, return_exceptions=True)
    assert [type(end) for end in ended] == [asyncio.CancelledError] * 3
    assert seats.taken == 0


async def test_streams_leave_waits_their_places_and_a_full_house_is_called_so() -> None:
    seats = Seats(total=1)
    with seats.take("a", "home", kind=Seat.STREAM):
        with seats.take("b", "there", kind=Seat.WAIT):
            assert seats.taken == 2
        with pytest.raises(Refusal, match="house_full"):
            seats.take("c", "there", kind=Seat.STREAM).__enter__()
