"""What a change does, field by field, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from pydantic import ValidationError

from bot.console.formats import day, moment
from bot.console.words import say, wording
from bot.officials.changes import ChangeKind, Fields
from knowledge.encoding import fields_of
from knowledge.record_edits import GONE, MODELS, RecordKind
from knowledge.record_words import headings, written

# Words by which somebody becomes a guest of the trial are for those who manage it.
KEPT_BACK: Final = frozenset({"code"})
A_MOMENT: Final = len("2026-11-20T07:30")


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One field before and after."""

    field: str
    before: str
    after: str


def differences(
    kind: ChangeKind, before: Fields, after: Fields, beneath: object = None
) -> Sequence[Difference]:
    """Give every field people see that differs, in the order they know.

    ``beneath`` is the record without the office's own word, if there is one: what the office does
    not state is told from there.
    """
    if kind is ChangeKind.SETTING:
        return tuple(_of_setting(before, after))
    return tuple(_of_record(RecordKind(kind), before, after, beneath))


def _of_record(
    kind: RecordKind, before: Fields, after: Fields, beneath: object
) -> Iterator[Difference]:
    told = [_read(kind, fields) for fields in (before, after)]
    for name, heading in headings(kind).items():
        if told[0].get(name) != told[1].get(name):
            was, now = (_written(kind, name, fields, beneath) for fields in told)
            yield Difference(field=heading, before=was, after=now)


def _read(kind: RecordKind, fields: Fields) -> Mapping[str, Any]:
    """Give the fields with their types; what an older release wrote otherwise stays plain."""
    if fields.get(GONE):
        return {GONE: True}
    with suppress(ValidationError):
        return fields_of(MODELS[kind], fields)
    return {name: str(value) for name, value in fields.items()}


def _written(kind: RecordKind, name: str, fields: Mapping[str, Any], beneath: object) -> str:
    if name not in fields and beneath is None:
        return say("changes.unstated")
    value = fields[name] if name in fields else getattr(beneath, name, None)
    told = value if isinstance(value, str) else written(kind, name, value)
    return told or say("changes.blank")


def _of_setting(before: Fields, after: Fields) -> Iterator[Difference]:
    for name in dict.fromkeys((*after, *before)):
        was, now = before.get(name), after.get(name)
        if was != now:
            key = f"setting_fields.{name}"
            heading = say(key) if key in wording().sentences else name
            yield Difference(field=heading, before=_set(name, was), after=_set(name, now))


def _set(name: str, value: object) -> str:
    match value:
        case None:
            return say("changes.unset")
        case _ if name in KEPT_BACK:
            return say("changes.kept_back")
        case bool():
            return say("changes.yes" if value else "changes.no")
        case str() if value:
            return _day_or_moment(value)
        case _:
            return str(value) if value else say("changes.blank")


def _day_or_moment(text: str) -> str:
    with suppress(ValueError):
        return moment(datetime.fromisoformat(text)) if len(text) >= A_MOMENT else _day(text)
    return text


def _day(text: str) -> str:
    return day(date.fromisoformat(text))
