"""Use cases of the sealed inbox: one reader is appointed, looks and decides; each look is a deed.

Whoever else tries is refused, and that is a deed, too. The administrator of the deployment is no
exception.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.casework.deeds import Acting
from bot.feedback.sealed import Decision, Reader, SealedItem
from bot.handling.offering import Offering
from bot.officials.audit import Deed
from bot.storage import sealed_rows
from bot.vault import Vault, place

KIND: Final = "sealed"


async def appoint_reader(
    acting: Acting, office: str, officer: int, document: str, *, by: int
) -> None:
    """Let ``officer`` alone open the sealed inbox of an office, by the document that says so."""
    reader = Reader(office=office, officer=officer, document=document, at=acting.now)
    await sealed_rows.appoint(acting.connection, reader, by)
    told = {"officer": officer, "document": document}
    acting.did(_deed("sealed_reader_appointed", office, office, **told))


async def dismiss_reader(acting: Acting, office: str) -> None:
    """Let nobody open the sealed inbox of an office, and nothing come into it."""
    before = await sealed_rows.reader_of(acting.connection, office)
    if before is None:
        return
    await sealed_rows.dismiss(acting.connection, office)
    told = {"officer": before.officer, "document": before.document}
    acting.did(_deed("sealed_reader_removed", office, office, **told))


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedInbox:
    """What the reader does; ``vault`` is the one of denunciations alone.

    ``kept`` gives how long an office keeps what was handed over.
    """

    vault: Vault | None
    offering: Offering
    kept: Callable[[str], timedelta | None]

    async def listed(
        self, acting: Acting, office: str, officer: int | None, *, before: int | None, limit: int
    ) -> tuple[SealedItem, ...] | None:
        """Give the heads of items; nothing, and a deed, to who is not the reader."""
        if not await self._may(acting, office, office, officer):
            return None
        found = await sealed_rows.items_of(acting.connection, office, before=before, limit=limit)
        acting.did(_deed("sealed_listed", office, office))
        return tuple(found)

    async def opened(self, acting: Acting, item: SealedItem, officer: int | None) -> str | None:
        """Give the words of an item; nothing, and a deed, to who is not the reader.

        Raises:
            Unopenable: the key is gone or the value was changed.
        """
        if not await self._may(acting, item.office, str(item.id), officer):
            return None
        words = await self._words(acting, item)
        told = {"opened": item.opened + 1}
        acting.did(_deed("sealed_opened", item.office, str(item.id), **told))
        return words

    async def decide(
        self, acting: Acting, item: SealedItem, decision: Decision, officer: int | None
    ) -> bool:
        """Do what the reader decided; ``False``, with a deed, for who is not the reader.

        An item that was decided about stays decided. What is offered to the citizen as a report
        is sealed anew as their draft, and erased here.

        Raises:
            NobodyToAsk: the citizen's chat is not there any more; nothing is decided.
        """
        if not await self._may(acting, item.office, str(item.id), officer):
            return False
        if item.decision is not Decision.NONE:
            return True
        if decision is Decision.OFFERED:
            await self.offering.offer(acting, item, await self._words(acting, item))
        await sealed_rows.decide(
            acting.connection,
            item.id,
            decision,
            at=acting.now,
            erase_at=self._erase_at(item.office, decision, acting.now),
        )
        told = {"decision": decision}
        acting.did(_deed("sealed_decided", item.office, str(item.id), **told))
        return True

    async def _words(self, acting: Acting, item: SealedItem) -> str:
        sealed = await sealed_rows.sealed_words(acting.connection, item.id)
        if self.vault is None:
            return ""
        where = place("feedback_sealed_items", "words_sealed", item.anchor or "")
        return self.vault.words(sealed, where)

    def _erase_at(self, office: str, decision: Decision, at: datetime) -> datetime:
        """What was passed on stays for questions about it; the rest has no use any more."""
        kept = self.kept(office) or timedelta()
        return at + kept if decision is Decision.HANDED_OVER else at

    async def _may(self, acting: Acting, office: str, subject: str, officer: int | None) -> bool:
        reader = await sealed_rows.reader_of(acting.connection, office)
        if reader is not None and reader.officer == officer:
            return True
        remember_stranger(acting, office, subject)
        return False


def remember_stranger(acting: Acting, office: str, subject: str = "") -> None:
    """Put into the audit that somebody tried who is not the reader of an office."""
    acting.did(_deed("sealed_look_refused", office, subject or office))


async def erase_decided(doing: Acting, limit: int) -> int:
    """Erase a portion of the items whose time after the decision is over; give how many."""
    gone = await sealed_rows.erase_decided(doing.connection, doing.now, limit)
    for item, office in gone:
        doing.did(_deed("sealed_erased", office, str(item)))
    return len(gone)


def _deed(action: str, office: str, subject: str, **after: object) -> Deed:
    return Deed(action=action, office=office, kind=KIND, subject=subject, after=after)


def decidable(item: SealedItem) -> tuple[Decision, ...]:
    """Give what can still be decided about an item."""
    decisions = (Decision.HANDED_OVER, Decision.OFFERED, Decision.UNUSABLE)
    return decisions if item.decision is Decision.NONE else ()
