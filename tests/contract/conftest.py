"""What the searches for questions left open share."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.conversation.desk import Desk
from tests.conftest import NOON, FrozenClock
from tests.fakes.console import little_desk


@pytest.fixture(scope="package")
def little() -> Desk:
    return little_desk()


@pytest.fixture
def later() -> FrozenClock:
    """Shows a time at which it is known what came of a refusal, or of choices offered."""
    return FrozenClock(NOON + timedelta(hours=2))
