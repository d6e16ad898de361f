"""A PDF read in a process of its own, which may take only so long and so much memory.

No look at its bytes tells what a PDF costs to read, so the system sets the bounds.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from broadcasts.plans.document import Block, Cell, Document, Paragraph, Row, Span, Table
from broadcasts.plans.errors import PlanUnreadable

SECONDS: Final = 60
MOST_MEMORY: Final = 1_500 * 1024 * 1024
_CODE: Final = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from broadcasts.plans.reading.apart import answer; answer(sys.argv[2])"
)


def read_apart(path: Path, *, seconds: float = SECONDS) -> Document:
    """Read a PDF as ``read_pdf`` does.

    Raises:
        PlanUnreadable: as there, or it takes too long or too much memory.
    """
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and code
            [sys.executable, "-c", _CODE, json.dumps(sys.path), str(path)],
            capture_output=True, timeout=seconds, check=False, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        told = json.loads(done.stdout) if done.returncode == 0 else {}
    except (subprocess.TimeoutExpired, ValueError):
        told = {}
    if "fault" in told:
        raise PlanUnreadable(told["fault"])
    if not told:
        raise PlanUnreadable(
            f"{path.name}: đọc tệp PDF này quá lâu hoặc tốn quá nhiều bộ nhớ, đã dừng vì an toàn. "
            "Hãy dùng tệp Word (.docx) gốc, hoặc in ra PDF mới."
        )
    return Document(name=path.name, blocks=tuple(map(_block, told["blocks"])))


def answer(path: str) -> None:
    """Read in this process, bounded, and write what was read to standard output."""
    _bound()
    from broadcasts.plans.reading.pdf import read_pdf  # noqa: PLC0415 - within the bounds

    try:
        told: Mapping[str, Any] = {"blocks": [_told(one) for one in read_pdf(Path(path)).blocks]}
    except PlanUnreadable as fault:
        told = {"fault": str(fault)}
    sys.stdout.write(json.dumps(told))


def _bound() -> None:
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - not everywhere

    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def _told(block: Block) -> Mapping[str, Any]:
    if isinstance(block, Paragraph):
        return {"text": block.text, "place": block.place, "page": block.page}
    rows = [[row.place, [[cell.text, cell.span] for cell in row.cells]] for row in block.rows]
    return {"rows": rows, "place": block.place}


def _block(told: Mapping[str, Any]) -> Block:
    if "rows" not in told:
        return Paragraph(text=told["text"], place=told["place"], page=told["page"])
    rows = tuple(
        Row(cells=tuple(Cell(text=text, span=Span(span)) for text, span in cells), place=place)
        for place, cells in told["rows"]
    )
    return Table(rows=rows, place=told["place"])
