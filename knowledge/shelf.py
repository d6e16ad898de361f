"""The built index in a file, so that a start need not build it again.

The file stands beside the embedded database and is trusted as much: it holds plain values and no
code, written as Python writes its own compiled modules (``marshal``), which is read five times as
quickly as an index is built. A mark tells whether it fits, a checksum whether it is whole.
"""

from __future__ import annotations

import hashlib
import marshal
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from knowledge.packing import Packed

NAME: Final = "index.bin"
MOST_BYTES: Final = 200_000_000
_MARK: Final = 64
_SUM: Final = 32


@dataclass(frozen=True, slots=True)
class FileShelf:
    """Keeps one index under ``folder``; implements ``IndexShelf``."""

    folder: Path

    def take(self, mark: str) -> Packed | None:
        """Give what was put under ``mark``; a file of another mark, or a torn one, is nothing."""
        file = self.folder / NAME
        try:
            if not file.is_file() or file.stat().st_size > MOST_BYTES:
                return None
            kept = file.read_bytes()
        except OSError:
            return None
        head, checksum, body = kept[:_MARK], kept[_MARK : _MARK + _SUM], kept[_MARK + _SUM :]
        if head != mark.encode() or checksum != hashlib.sha256(body).digest():
            return None
        values: Packed = marshal.loads(body)  # noqa: S302 - our own file, as .pyc files are
        return values

    def put(self, mark: str, values: Packed) -> None:
        """Keep ``values`` under ``mark`` in place of what was there; who cannot write goes on."""
        body = marshal.dumps(values)
        # One name for all who write: what is left of one that was killed is written over, and
        # what two write at once has a wrong checksum.
        written = self.folder / f"{NAME}.new"
        # A full disk or one that may only be read costs time at the next start, no more.
        with suppress(OSError):
            try:
                written.write_bytes(mark.encode() + hashlib.sha256(body).digest() + body)
                written.replace(self.folder / NAME)
            except OSError:
                written.unlink()
