"""The audit's chain: one way to write an entry, and every change of one is found."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import StrEnum
from typing import Any

import pytest

from bot.officials.audit import (
    BEGINNING,
    Anchor,
    AuditEntry,
    Breach,
    By,
    Deed,
    Fault,
    canonical,
    check,
    entry_after,
    link,
    told_of,
)

AT = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
NAM = By(officer=7, actor="Nguyễn Văn Nam", address="10.0.0.1")
OFF = Deed(action="officer_off", office="ward", kind="officer", subject="9", note="nghỉ hưu")


def chain(length: int) -> list[AuditEntry]:
    entries: list[AuditEntry] = []
    anchor = BEGINNING
    for number in range(length):
        deed = replace(OFF, subject=str(number), after={"active": False})
        entries.append(entry_after(anchor, deed, at=AT + timedelta(seconds=number), by=NAM))
        anchor = Anchor(seq=entries[-1].seq, hash=entries[-1].hash)
    return entries


def test_an_entry_is_written_in_one_way() -> None:
    written = canonical(OFF, seq=3, at=AT, by=NAM)
    assert written == (
        '{"action":"officer_off","actor":"Nguyễn Văn Nam","address":"10.0.0.1","after":{},'
        '"at":"2026-11-20T05:00:00.000000Z","before":{},"kind":"officer","note":"nghỉ hưu",'
        '"office":"ward","officer":7,"seq":3,"subject":"9","v":1}'
    )


def test_letters_zones_and_order_do_not_matter() -> None:
    apart = replace(
        OFF,
        note=unicodedata.normalize("NFD", OFF.note),
        after={"b": unicodedata.normalize("NFD", "đã tắt"), "a": 1},
    )
    together = replace(OFF, after={"a": 1, "b": "đã tắt"})
    elsewhere = AT.astimezone(timezone(timedelta(hours=7)))
    assert canonical(apart, seq=1, at=elsewhere, by=NAM) == canonical(
        together, seq=1, at=AT, by=NAM
    )


class Colour(StrEnum):
    RED = "red"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, None),
        (True, True),
        (8000, 8000),
        (Colour.RED, "red"),
        (AT, "2026-11-20T05:00:00.000000Z"),
        (date(2026, 11, 20), "2026-11-20"),
        (("x", {"y": [1]}), ["x", {"y": [1]}]),
    ],
)
def test_values_are_written_plainly(value: Any, written: Any) -> None:
    body = json.loads(canonical(replace(OFF, after={"it": value}), seq=1, at=AT, by=NAM))
    assert body["after"] == {"it": written}


@pytest.mark.parametrize("value", [0.5, Decimal(1), b"raw", {"a"}])
def test_what_has_no_single_form_is_refused(value: Any) -> None:
    with pytest.raises(TypeError, match="cannot stand in the audit"):
        canonical(replace(OFF, before={"it": value}), seq=1, at=AT, by=NAM)


def test_a_whole_chain_ends_in_its_last_hash() -> None:
    entries = chain(3)
    assert check(entries) == Anchor(seq=3, hash=entries[-1].hash)
    assert check(entries[2:], Anchor(seq=2, hash=entries[1].hash)) == check(entries)
    assert check([]) == BEGINNING


def test_an_entry_tells_its_deed() -> None:
    deed = replace(OFF, before={"active": True}, after={"active": False})
    assert told_of(entry_after(BEGINNING, deed, at=AT, by=NAM)) == deed


CHANGES: dict[str, Any] = {
    "at": AT + timedelta(microseconds=1),
    "officer": None,
    "actor": "Nguyễn Văn Nan",
    "address": "",
    "action": "officer_on",
    "office": "",
    "kind": "office",
    "subject": "1 ",
}


@pytest.mark.parametrize("column", CHANGES)
def test_a_column_that_says_other_than_the_body_is_named(column: str) -> None:
    entries = chain(3)
    entries[1] = replace(entries[1], **{column: CHANGES[column]})
    assert check(entries) == Breach(seq=2, fault=Fault.COLUMN, column=column)


def test_changed_words_break_the_hash_and_a_changed_hash_the_link() -> None:
    entries = chain(3)
    words = replace(entries[1], body=entries[1].body.replace("hưu", "phép"))
    assert check([entries[0], words]) == Breach(seq=2, fault=Fault.HASH)
    rehashed = replace(words, hash=link(words.prev, words.body))
    assert check([entries[0], rehashed, entries[2]]) == Breach(seq=3, fault=Fault.PREV)


@pytest.mark.parametrize("body", ["not JSON", "[]", "{}"])
def test_a_body_that_is_no_entry_is_named(body: str) -> None:
    entry = chain(1)[0]
    false = replace(entry, body=body, hash=link(entry.prev, body))
    found = check([false])
    assert isinstance(found, Breach)
    assert (found.seq, found.fault) == (1, Fault.COLUMN)


def test_a_missing_an_inserted_and_a_swapped_entry_are_named() -> None:
    one, two, three = chain(3)
    gap = Breach(seq=2, fault=Fault.GAP)
    assert check([one, three]) == gap
    assert check([one, one, two]) == gap
    assert check([one, three, two]) == gap
    assert check([one, replace(three, seq=2)]) == Breach(seq=2, fault=Fault.PREV)


def test_an_anchor_is_read_as_it_is_told() -> None:
    anchor = Anchor(seq=12, hash="a" * 64)
    assert Anchor.of(f" {anchor} ") == anchor


@pytest.mark.parametrize("noted", ["", "12", "0:" + "a" * 64, "1:" + "g" * 64, "1_0:" + "a" * 64])
def test_what_is_no_anchor_is_refused(noted: str) -> None:
    with pytest.raises(ValueError, match=rf"^{noted}$"):
        Anchor.of(noted)
