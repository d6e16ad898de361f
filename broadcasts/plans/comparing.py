"""Two readings of one plan: what a new document says otherwise than what is stored."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum

from broadcasts.plans.models import Entry


class Change(StrEnum):
    """What a new document does to an entry."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What is compared of an entry."""

    content: str
    time_text: str
    lead: tuple[str, ...]
    cooperating: tuple[str, ...]
    forms: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """An entry as it is stored: its number, its words, and whether a person worked on it."""

    no: str
    words: Words
    by_hand: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One entry that is not the same; ``fields`` names what changed."""

    change: Change
    no: str
    before: str
    after: str
    fields: tuple[str, ...] = ()
    by_hand: bool = False


def words_of(entry: Entry) -> Words:
    """Give what is compared of an entry."""
    return Words(
        content=entry.content,
        time_text=entry.time_text,
        lead=entry.lead,
        cooperating=entry.cooperating,
        forms=entry.forms,
        note=entry.note,
    )


def differences(before: Sequence[Stored], after: Iterable[Entry]) -> tuple[Difference, ...]:
    """Compare entries: first those of the same words, then those of the same number."""
    left = list(before)
    told: list[Difference] = []
    unmatched: list[Entry] = []
    for entry in flat(after):
        same = next((one for one in left if _is_same(one, entry)), None)
        if same:
            left.remove(same)
        else:
            unmatched.append(entry)
    for entry in unmatched:
        same = next((one for one in left if one.no == entry.no), None)
        told.append(_changed(same, entry))
        if same:
            left.remove(same)
    told += (
        Difference(
            change=Change.REMOVED, no=one.no, before=one.words.content, after="",
            by_hand=one.by_hand,
        )
        for one in left
    )  # fmt: skip
    return tuple(told)


def flat(entries: Iterable[Entry]) -> list[Entry]:
    """Give entries, each followed by those below it."""
    return [one for entry in entries for one in (entry, *flat(entry.entries))]


def _is_same(stored: Stored, entry: Entry) -> bool:
    return stored.no == entry.no and stored.words == words_of(entry)


def _changed(stored: Stored | None, entry: Entry) -> Difference:
    if stored is None:
        return Difference(change=Change.ADDED, no=entry.no, before="", after=entry.content)
    words = words_of(entry)
    changed = [
        one.name
        for one in fields(Words)
        if getattr(stored.words, one.name) != getattr(words, one.name)
    ]
    return Difference(
        change=Change.CHANGED,
        no=entry.no,
        before=stored.words.content,
        after=entry.content,
        fields=tuple(changed),
        by_hand=stored.by_hand,
    )
