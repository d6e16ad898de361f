"""What the National portal changed beside what an office tells of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from bot.console.changes.difference import Difference, differences
from bot.console.knowledge.library import Shelf
from bot.console.words import say
from bot.officials.changes import ChangeKind as Changed
from bot.officials.changes import Wish
from bot.officials.field_marks import Token, token_of
from bot.storage.verdict_rows import Decided
from knowledge.layers import merged_edit
from knowledge.models import Procedure
from knowledge.portal_records import ChangeKind, PortalRecord

# What a card keeps however the portal calls it.
OURS_ALONE: Final = frozenset({"code", "has_card", "aliases", "popularity", "family"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One change of the portal's as an office sees it.

    ``open`` tells that the office may take it or keep its own word: another record of ours stands
    over the portal's, so citizens are not told of it by themselves.
    """

    decided: Decided
    rows: Sequence[Difference]
    open: bool
    ours: str
    token: Token

    @property
    def kind(self) -> str:
        """What happened, in words."""
        return say(f"sync.kind_{self.decided.change.kind}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """When the portal was read last, and how much of it is known."""

    at: datetime | None
    known: int

    @classmethod
    def of(cls, shelf: Shelf) -> Reading:
        """Tell it of the records that ``shelf`` knows."""
        records = shelf.layers.portal
        return cls(
            at=max((one.seen_at for one in records), default=None),
            known=sum(one.withdrawn_at is None for one in records),
        )


def own_codes(shelf: Shelf) -> frozenset[str]:
    """Give the codes of the cards that do not follow the portal by themselves."""
    shipped = (one.code for one in shelf.layers.content.procedures)
    edited = (one.code for one in shelf.layers.edits if one.office in shelf.line)
    return frozenset((*shipped, *edited))


def seen(shelf: Shelf, decided: Decided) -> Seen:
    """Show a change beside what the office of ``shelf`` tells."""
    change = decided.change
    before = {name: was for name, (was, _) in change.fields.items()}
    after = {name: now for name, (_, now) in change.fields.items()}
    card, record = shelf.card(change.code), record_of(shelf, change.code)
    may = card is not None and record is not None and change.kind is ChangeKind.CHANGED
    return Seen(
        decided=decided,
        rows=differences(Changed.PROCEDURE, before, after),
        open=may and change.code in own_codes(shelf) and bool(_differing(decided, card, record)),
        ours="\n".join(_told(card, decided)) if card else "",
        token=token_of(shelf.own(change.code).fields),
    )


def wish(shelf: Shelf, decided: Decided) -> Wish | None:
    """Give what the office would say if it took the portal's word; nothing where it cannot."""
    code = decided.change.code
    card, record = shelf.card(code), record_of(shelf, code)
    if card is None or record is None:
        return None
    names = _differing(decided, card, record)
    told: dict[str, Any] = {name: getattr(record.procedure, name) for name in names}
    edit = merged_edit(
        replace(card, **told),
        names,
        source=record.procedure.source,
        base=shelf.beneath(code),
        earlier=shelf.own(code),
    )
    return Wish(
        kind=Changed.PROCEDURE,
        office=shelf.office,
        ref=code,
        title=card.everyday_name,
        fields=edit.fields,
        reason=say("sync.reason"),
    )


def record_of(shelf: Shelf, code: str) -> PortalRecord | None:
    """Give the portal's record of a code, as it is now."""
    return next((one for one in shelf.layers.portal if one.code == code), None)


def _differing(
    decided: Decided, card: Procedure | None, record: PortalRecord | None
) -> tuple[str, ...]:
    """Give the fields that changed and in which the office does not say what the portal says."""
    if card is None or record is None:
        return ()
    return tuple(
        name
        for name in decided.change.fields
        if name not in OURS_ALONE
        and hasattr(card, name)
        and getattr(card, name) != getattr(record.procedure, name)
    )


def _told(card: Procedure, decided: Decided) -> Iterator[str]:
    ours = {name: getattr(card, name) for name in decided.change.fields if hasattr(card, name)}
    for one in differences(Changed.PROCEDURE, {}, ours):
        yield f"{one.field}: {one.after}"
