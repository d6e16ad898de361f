"""The modules of the tests, read by the workers of ``pytest -n`` together.

Each of them collects every test. Where none was read before, most of that time goes into what
pytest adds to the asserts; what one worker has read so is kept on the disk for the others.
"""

from __future__ import annotations

from contextlib import suppress
from importlib import import_module
from pathlib import Path


def read_share(tests: Path, worker: int, workers: int) -> None:
    """Read every ``workers``-th module below ``tests``; one that fails is told of later."""
    for module in sorted(tests.rglob("test_*.py"))[worker::workers]:
        parts = module.relative_to(tests.parent).with_suffix("").parts
        with suppress(Exception):
            import_module(".".join(parts))
