"""Programs of the journeys begin without reading their modules: they are told by what they do."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.fakes.forked import fork
from tests.fakes.program import started_by


@pytest.fixture(scope="package", autouse=True)
def quick_starts() -> Iterator[None]:
    with started_by(fork):
        yield
