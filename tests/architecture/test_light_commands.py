"""Naming the commands loads none of what they work with, so that --help is quick.

Nor does a program start with what only some pages of its console need.
"""

from __future__ import annotations

import subprocess
import sys

FOR_PAPERS = {"docx", "lxml", "openpyxl", "pdfplumber", "alembic"}
HEAVY = {"aiohttp", "sqlalchemy", "alembic", "pydantic", "rapidfuzz", "rich", "structlog"}


def test_naming_the_commands_loads_no_library_of_theirs() -> None:
    told = subprocess.run(
        [sys.executable, "-c", "import sys, bot.__main__; print(*sys.modules)"],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert HEAVY & set(told.stdout.split()) == set()


def test_answering_citizens_loads_no_word_processor() -> None:
    told = subprocess.run(
        [sys.executable, "-c", "import sys, bot.bootstrap; print(*sys.modules)"],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert FOR_PAPERS & set(told.stdout.split()) == set()
