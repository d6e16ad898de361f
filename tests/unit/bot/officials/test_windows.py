"""When a citizen may be written to unasked."""

from __future__ import annotations

from datetime import timedelta

import pytest

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
