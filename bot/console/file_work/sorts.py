"""What a sort of files is, and whether a file handed in is one of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.console.knowledge.importing import Handed


@dataclass(frozen=True, slots=True, kw_only=True)
class Sort:
    """A sort of files: under which name one is laid down, what tells that it is none of them.

    ``rows`` counts about how many rows one has, ``read`` reads them as of a moment, which names
    the fault of a file that is none; both may block.
    """

    file: str
    fault: type[Exception]
    rows: Callable[[Path], int]
    read: Callable[[Path, datetime], Iterable[object]]

    def named(self, fault: Exception, handed: Handed) -> str:
        """Tell a fault with the name the file had where it came from."""
        return str(fault).replace(self.file, handed.name, 1)

    def look_at(self, handed: Handed, now: datetime) -> None:
        """Look at the beginning of a file; it blocks.

        Raises:
            Exception: ``fault``, with the file's own name in it.
        """
        with TemporaryDirectory() as folder:
            path = Path(folder) / self.file
            path.write_bytes(handed.body)
            try:
                next(iter(self.read(path, now)), None)
            except self.fault as fault:
                raise self.fault(self.named(fault, handed)) from fault
