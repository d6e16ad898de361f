"""When a citizen may be written to unasked, and when it would wake them."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest

from bot.officials.quiet import NIGHT, QuietHours
from bot.officials.windows import Route, route
from tests.conftest import NOON


@pytest.mark.parametrize(
    ("channel", "silence", "way"),
    [
        ("web", timedelta(days=80), Route.FREE),
        ("telegram", None, Route.FREE),
        ("zalo", timedelta(hours=47, minutes=59), Route.FREE),
        ("zalo", timedelta(hours=48), Route.PAID),
        ("zalo", timedelta(days=6, hours=23), Route.PAID),
        ("zalo", timedelta(days=7), Route.CLOSED),
        ("zalo", None, Route.CLOSED),
    ],
)
def test_a_channel_closes_after_its_window(
    channel: str, silence: timedelta | None, way: Route
) -> None:
    heard = None if silence is None else NOON - silence
    assert route(channel, heard, NOON) is way


@pytest.mark.parametrize(
    ("hour", "minute", "quiet"),
    [(20, 59, False), (21, 0, True), (23, 59, True), (0, 0, True), (6, 59, True), (7, 0, False)],
)
def test_the_night_is_quiet_past_midnight(hour: int, minute: int, quiet: bool) -> None:
    local = datetime(2026, 11, 20, hour, minute, tzinfo=UTC) - timedelta(hours=7)
    assert NIGHT.hold(local) is quiet


def test_quiet_hours_within_a_day_and_none_at_all() -> None:
    rest = QuietHours(begin=time(11, 30), end=time(13))
    assert rest.hold(NOON)  # 12:00 in Việt Nam
    assert not rest.hold(NOON + timedelta(hours=1))
    assert not QuietHours(begin=time(12), end=time(12)).hold(NOON)
