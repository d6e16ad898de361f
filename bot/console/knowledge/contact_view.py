"""Offices and hotlines in the hands of one office: as told, as without it, and its own word."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.console.knowledge.in_hand import InHand
from bot.console.knowledge.library import Shelf
from bot.console.knowledge.week import in_words
from bot.officials.field_marks import plain
from bot.officials.models import EVERYWHERE
from knowledge.models import Hotline, Office
from knowledge.record_edits import RecordEdit, RecordKind, overlaid


@dataclass(frozen=True, slots=True, kw_only=True)
class Held(InHand):
    """An office or a hotline; ``again`` is how one that is hidden would be told then."""

    again: Any = None

    def with_(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Give what the office states when ``values`` are told; not what is told anyway."""
        stated = dict(self.own)
        for name, value in values.items():
            if self.base is not None and plain(getattr(self.base, name)) == plain(value):
                stated.pop(name, None)
            else:
                stated[name] = value
        return stated


async def held_office(shelf: Shelf, code: str) -> Held | None:
    """Give an office; its data are the same whoever tells them."""
    layers = shelf.layers
    told = next((one for one in layers.offices if one.code == code), None)
    if told is None:
        return None
    base = next((one for one in layers.content.offices if one.code == code), None)
    edit = layers.records_of(EVERYWHERE).get((RecordKind.OFFICE, code))
    own = plain(dict(edit.fields)) if edit else {}
    return Held(office=code, ref=code, told=told, base=base, own=own)


async def held_hotline(shelf: Shelf, phone: str) -> Held | None:
    """Give a hotline by its number, also one this office hid."""
    told = next((one for one in shelf.snapshot.hotlines if one.phone == phone), None)
    beneath = await asyncio.to_thread(shelf.layers.beneath, shelf.office)
    base = next((one for one in beneath.hotlines if one.phone == phone), None)
    edit = shelf.layers.records_of(shelf.office).get((RecordKind.HOTLINE, phone))
    hidden = edit is not None and edit.gone
    again = _told_again(beneath.hotlines, edit) if edit and hidden else None
    if told is None and again is None:
        return None
    own = plain(dict(edit.fields)) if edit else {}
    return Held(office=shelf.office, ref=phone, told=told, base=base, own=own, again=again)


def _told_again(beneath: Iterable[Hotline], edit: RecordEdit) -> Hotline | None:
    told = overlaid(RecordKind.HOTLINE, beneath, [edit.shown])
    return next((one for one in told if one.phone == edit.ref), None)


def new_hotline(shelf: Shelf, phone: str) -> Held:
    """Give a hotline nobody has yet."""
    return Held(office=shelf.office, ref=phone, told=None, base=None, own={})


def own_hotlines(shelf: Shelf) -> frozenset[str]:
    """Give the numbers this office made, edited or hid."""
    told = shelf.layers.records_of(shelf.office)
    return frozenset(ref for kind, ref in told if kind is RecordKind.HOTLINE)


def hidden_hotlines(shelf: Shelf) -> tuple[str, ...]:
    """Give the numbers this office hid."""
    told = shelf.layers.records_of(shelf.office)
    return tuple(
        edit.ref for edit in told.values() if edit.kind is RecordKind.HOTLINE and edit.gone
    )


def office_cells(offices: Sequence[Office]) -> Iterator[Sequence[str]]:
    """Give offices as cells of a spreadsheet."""
    for one in offices:
        hours = "\n".join(in_words(one.hours))
        yield one.name, one.address, one.phone, one.email, hours, one.hours_note


def hotline_cells(hotlines: Sequence[Hotline]) -> Iterator[Sequence[str]]:
    """Give hotlines as cells of a spreadsheet."""
    for one in hotlines:
        yield one.phone, one.name, one.purpose, one.source.name, one.source.url
