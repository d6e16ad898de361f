"""What may be said to somebody: never after a week, never more for nothing than is free."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.zalo.window import (
    ON_THE_WAY,
    UNTOLD,
    Left,
    Opening,
    Paying,
    Person,
    Policy,
    Purse,
    opening,
)
from bot.officials.windows import Route, route
from tests.conftest import NOON

ANY_LEFT: Final = st.builds(
    Left,
    package=st.one_of(st.none(), st.integers(0, 3)),
    paid=st.one_of(st.none(), st.integers(0, 3)),
)
ANY_POLICY: Final = st.builds(
    Policy, free_replies=st.integers(0, 9), paying=st.sampled_from(Paying)
)
USUAL: Final = Policy(free_replies=8, paying=Paying.PACKAGE)
SILENCE: Final = st.one_of(
    st.none(),
    st.timedeltas(timedelta(), timedelta(days=9)),
    st.sampled_from([timedelta(hours=48), timedelta(days=7)]),
)


def _opening(
    silence: timedelta | None,
    *,
    replies: int = 0,
    state: str = "",
    left: Left = UNTOLD,
    policy: Policy = USUAL,
) -> Opening:
    wrote = None if silence is None else NOON - silence
    person = Person(interacted_at=wrote, replies=replies, state=state)
    return opening(person, left, policy, NOON)


@given(SILENCE, st.integers(0, 12), ANY_LEFT, ANY_POLICY)
def test_it_says_no_more_than_the_window_and_the_quota_allow(
    silence: timedelta | None, replies: int, left: Left, policy: Policy
) -> None:
    found = _opening(silence, replies=replies, left=left, policy=policy)
    wrote = None if silence is None else NOON - silence
    later = route("zalo", wrote, NOON + ON_THE_WAY)
    if later is Route.CLOSED:
        assert found.purse is Purse.CLOSED
        return
    assert found.purse is not Purse.CLOSED
    assert found.until is not None
    assert found.until > NOON
    if found.purse is Purse.FREE:
        assert later is Route.FREE
        assert policy.free_replies == 0 or replies < policy.free_replies
    if found.purse in {Purse.PACKAGE, Purse.PAID}:
        assert policy.paying is not Paying.OFF
    if found.purse is Purse.PAID:
        assert policy.paying is Paying.PAY
        assert left.package == 0
        assert left.paid != 0


@given(st.timedeltas(timedelta(), timedelta(hours=47)), st.integers(0, 7), ANY_LEFT)
def test_what_is_free_needs_no_quota(silence: timedelta, replies: int, left: Left) -> None:
    policy = Policy(free_replies=8, paying=Paying.OFF)
    assert _opening(silence, replies=replies, left=left, policy=policy).purse is Purse.FREE


@pytest.mark.parametrize(
    ("silence", "replies", "left", "paying", "purse"),
    [
        (1, 7, Left(), Paying.PACKAGE, Purse.FREE),
        (1, 8, Left(), Paying.PACKAGE, Purse.PACKAGE),
        (1, 8, Left(package=0), Paying.PACKAGE, Purse.NO_QUOTA),
        (1, 8, Left(package=0), Paying.PAY, Purse.PAID),
        (1, 8, Left(package=0, paid=0), Paying.PAY, Purse.NO_QUOTA),
        (1, 8, Left(package=5), Paying.OFF, Purse.NO_QUOTA),
        (48, 0, Left(package=5), Paying.PACKAGE, Purse.PACKAGE),
        (24 * 7, 0, Left(package=5), Paying.PAY, Purse.CLOSED),
    ],
)
def test_the_purses_in_their_order(
    silence: int, replies: int, left: Left, paying: Paying, purse: Purse
) -> None:
    policy = Policy(free_replies=8, paying=paying)
    found = _opening(timedelta(hours=silence), replies=replies, left=left, policy=policy)
    assert found.purse is purse


@pytest.mark.parametrize("state", ["blocked", "inactive", "restricted"])
def test_nothing_is_said_to_whom_nothing_reaches(state: str) -> None:
    assert _opening(timedelta(hours=1), state=state).purse is Purse.CLOSED


@pytest.mark.parametrize(
    ("left", "purse"), [(0, Purse.CLOSED), (1, Purse.CLOSED), (3, Purse.FREE)]
)
def test_who_left_is_left_alone_until_they_write_again(left: int, purse: Purse) -> None:
    """``left`` is how many hours ago; their last word was two hours ago."""
    person = Person(interacted_at=NOON - timedelta(hours=2), left_at=NOON - timedelta(hours=left))
    policy = Policy(free_replies=8, paying=Paying.PACKAGE)
    assert opening(person, Left(), policy, NOON).purse is purse
