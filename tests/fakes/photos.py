"""Photos as citizens send them, and a provider that keeps them until it is asked."""

from __future__ import annotations

import asyncio
import io
from dataclasses import dataclass, field
from datetime import datetime

from PIL import Image

from bot.channels.errors import Missing, NotDownloaded
from bot.feedback.drafts import Draft
from bot.feedback.kinds import Kind
from bot.feedback.models import Place
from bot.feedback.reference import new_reference
from bot.handling.sealing import Seals
from bot.messages import ChannelName, OutgoingMessage
from bot.storage.database import Database
from bot.storage.draft_case_rows import keep_draft
from bot.vault import Keyring, Vault
from bot.vault.keyring import new_key

GPS = 0x8825


def a_vault() -> Vault:
    return Vault(Keyring.parse(new_key("t")))


async def about_to_send(database: Database, vault: Vault | None, talk: str, at: datetime) -> None:
    """Let a conversation stand where its report asks for photos."""
    draft = Draft(
        step="photo",
        reference=new_reference(),
        begun_at=at,
        kind=Kind.REPORT,
        topic="moi_truong",
        words="rác đổ đầy đầu ngõ",
        place=Place(words="đầu ngõ 12"),
        happened="hôm qua",
        consent="handle_case-1",
    )
    sealed = Seals(vault).draft(talk, draft.to_json())
    async with database.writing() as connection:
        await keep_draft(connection, talk, office="xa", step="photo", sealed=sealed, at=at)


def a_photo(colour: str = "#0a7") -> bytes:
    """A real photo that tells where it was taken."""
    exif = Image.Exif()
    where = exif.get_ifd(GPS)
    where[1], where[2] = "N", (21.0, 1.0, 42.5)
    where[3], where[4] = "E", (105.0, 51.0, 15.25)
    made = io.BytesIO()
    Image.new("RGB", (90, 60), colour).save(made, "JPEG", exif=exif)
    return made.getvalue()


def tells_where(content: bytes) -> bool:
    return bool(dict(Image.open(io.BytesIO(content)).getexif().get_ifd(GPS)))


@dataclass
class KeepingProvider:
    """Implements ``FileChannel``: gives what it keeps; ``faults`` befall the next calls."""

    kept: dict[str, bytes] = field(default_factory=dict)
    faults: list[Exception] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    # What is given only once it is let go.
    slow: dict[str, asyncio.Event] = field(default_factory=dict)
    name: ChannelName = ChannelName.TELEGRAM

    async def send(self, message: OutgoingMessage) -> str:
        return str(message.id)

    async def download(self, reference: str, *, most: int) -> bytes:
        self.asked.append(reference)
        if self.faults:
            raise self.faults.pop(0)
        if reference in self.slow:
            await self.slow[reference].wait()
        content = self.kept.get(reference)
        if content is None:
            raise NotDownloaded(Missing.GONE)
        if len(content) > most:
            raise NotDownloaded(Missing.LARGE)
        return content
