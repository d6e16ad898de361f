"""The console over real HTTP and a real database; ``signed_in`` gives the seat of an officer."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.fakes.console import (
    Client,
    ConsoleHouse,
    Reception,
    Seat,
    console_client,
    empty_console_database,
)


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[ConsoleHouse]:
    database = empty_console_database(tmp_path)
    yield ConsoleHouse(database)
    await database.close()


@pytest.fixture
async def client(house: ConsoleHouse) -> AsyncIterator[Client]:
    async with console_client(house) as opened:
        yield opened


@pytest.fixture
def stranger(client: Client) -> Seat:
    """A browser nobody is signed in with."""
    return Seat(client)


@pytest.fixture
def signed_in(house: ConsoleHouse, client: Client) -> Reception:
    """``await signed_in(Role.APPROVER, office="xa-a")`` gives the seat of such an officer."""
    return Reception(house, client)
