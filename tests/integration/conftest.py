"""The web over real HTTP, on a house of paper whose every part can be made to fail."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.web.app import create_app
from tests.fakes.house import PaperHouse

Web = TestClient[web.Request, web.Application]


@pytest.fixture
def paper() -> PaperHouse:
    return PaperHouse()


@pytest.fixture
async def paper_web(paper: PaperHouse) -> AsyncIterator[Web]:
    async with TestClient(TestServer(create_app(paper))) as client:
        yield client
