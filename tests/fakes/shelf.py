"""Stored files in memory, as a channel asks for them."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from hashlib import sha256

from PIL import Image

from bot.casework.attaching import FitFile
from bot.channels.uploads import ShelfClosed, Upload
from bot.messages import CitizenAddress, Enclosure


def a_picture(width: int = 90, height: int = 60, colour: str = "#0a7") -> bytes:
    """A real picture of one colour."""
    made = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(made, "JPEG")
    return made.getvalue()


@dataclass
class PaperShelf:
    """Implements ``bot.channels.uploads.Shelf``; a ``closed`` one tells nothing."""

    contents: dict[int, bytes] = field(default_factory=dict)
    ids: dict[Upload, str] = field(default_factory=dict)
    asked: int = 0
    closed: bool = False

    def put(self, content: bytes, name: str = "anh.jpg", media: str = "image/jpeg") -> Enclosure:
        """Store a file and give it as it goes with a reply."""
        number = len(self.contents) + 1
        self.contents[number] = content
        return Enclosure(
            file=number,
            name=name,
            media=media,
            size=len(content),
            digest=sha256(content).hexdigest(),
            told="Ảnh kèm tin" if media.startswith("image/") else "",
        )

    async def content(self, file: int) -> bytes | None:
        self._reach()
        return self.contents.get(file)

    async def known(self, upload: Upload) -> str:
        self._reach()
        return self.ids.get(upload, "")

    async def remember(self, upload: Upload, known_as: str) -> None:
        self.ids[upload] = known_as

    async def forget(self, upload: Upload, known_as: str) -> None:
        if self.ids.get(upload) == known_as:
            del self.ids[upload]

    def _reach(self) -> None:
        self.asked += 1
        if self.closed:
            raise ShelfClosed("closed")


@dataclass
class PaperAnswerFiles:
    """Files of answers in memory, by number and owner; implements the web's port for them."""

    made: dict[int, tuple[str, FitFile]] = field(default_factory=dict)

    async def fetched(self, number: int, address: CitizenAddress) -> FitFile | None:
        owner, found = self.made.get(number, ("", None))
        return found if owner == address.user_id else None


@dataclass
class PaperCopies:
    """Citizens' own files in memory, by number and owner; implements both ports for them."""

    made: dict[int, tuple[str, bytes]] = field(default_factory=dict)

    async def copy(self, number: int) -> bytes | None:
        _, content = self.made.get(number, ("", None))
        return content

    async def fetched(self, number: int, address: CitizenAddress) -> bytes | None:
        owner, content = self.made.get(number, ("", None))
        return content if owner == address.user_id else None
