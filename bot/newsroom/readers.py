"""Use cases: an official looks at a reader's whole address, or forgets them at their wish."""

from __future__ import annotations

from bot.casework.deeds import Acting
from bot.officials.audit import Deed
from bot.storage.forgotten_reader_rows import forget_rows
from bot.storage.reader_rows import Reader


def saw_address(acting: Acting, reader: Reader) -> None:
    """Remember that somebody looked at a reader's address; the audit holds it nowhere."""
    _did(acting, "reader_seen", reader)


async def forget_reader(acting: Acting, reader: Reader, *, note: str) -> bool:
    """Forget somebody as a reader of news, at their wish (Law 91/2025/QH15 on personal data).

    What was sent to them stays counted, without their address; what waits for them is skipped.
    Tells whether they were known.
    """
    known = await forget_rows(acting.connection, [reader.id], acting.now) == 1
    if known:
        _did(acting, "reader_forgotten", reader, note)
    return known


def _did(acting: Acting, action: str, reader: Reader, note: str = "") -> None:
    acting.did(
        Deed(
            action=action,
            office=reader.office,
            kind="reader",
            subject=str(reader.id),
            after={"channel": reader.channel, "kind": reader.kind, "status": reader.status},
            note=note,
        )
    )
