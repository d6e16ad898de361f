"""A plan's file as it was handed in → what was read in it."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from broadcasts.plans.errors import PlanUnreadable
from broadcasts.plans.models import Plan
from broadcasts.plans.reader import read_plan
from broadcasts.plans.reading.files import read_document
from broadcasts.timing import read_timing

LONGEST_SUFFIX: Final = 16


def read_handed(name: str, content: bytes, year: int) -> Plan:
    """Read the plan in a file; it blocks, for seconds with a long PDF.

    Raises:
        PlanUnreadable: it cannot be used; the message calls the file by its ``name``.
    """
    with TemporaryDirectory() as folder:
        # What follows the last point of a name may be as long as the name.
        path = Path(folder) / f"ke-hoach{Path(name).suffix.lower()[:LONGEST_SUFFIX]}"
        path.write_bytes(content)
        try:
            document = read_document(path)
        except PlanUnreadable as refused:
            raise PlanUnreadable(str(refused).replace(path.name, name)) from refused
    return read_plan(document, year, read_timing)
