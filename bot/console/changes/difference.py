"""What a change does, field by field, in words."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from pydantic import ValidationError

from bot.console.formats import day, moment
from bot.console.words import said, say, wording
from bot.officials.changes import ChangeKind
from bot.officials.field_marks import Fields
from knowledge.record_edits import GONE, RecordKind
from knowledge.record_words import headings, written
from knowledge.rows import edit_fields

# Words by which somebody becomes a guest of the trial are for those who manage it.
KEPT_BACK: Final = frozenset({"code"})
# Fields whose values are codes, with the words for them.
CODES: Final = {"limit_unit": "deadline_units", "profile": "deadline_profiles"}
A_MOMENT: Final = len("2026-11-20T07:30")


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One field before and after; ``now`` what is told at present, where it is another by then."""

    field: str
    before: str
    after: str
    now: str = ""


def differences(
    kind: ChangeKind,
    before: Fields,
    after: Fields,
    beneath: object = None,
    now: Fields | None = None,
) -> Sequence[Difference]:
    """Give every field people see that differs, in the order they know.

    ``beneath`` is the record without the office's own word, if there is one: what the office does
    not state is told from there. ``now`` is what it states by the time somebody looks.
    """
    now = before if now is None else now
    if kind is ChangeKind.SETTING:
        return tuple(_of_setting(before, after, now))
    return tuple(_of_record(RecordKind(kind), (before, after, now), beneath))


def named(kind: ChangeKind, names: Collection[str]) -> str:
    """Give what fields are called, in one line."""
    if kind is ChangeKind.SETTING:
        return ", ".join(map(_called, names))
    told = [
        told for name, told in headings(RecordKind(kind)).items() if name in names and name != GONE
    ]
    return ", ".join([say("changes.visible"), *told] if GONE in names else told)


def _of_record(
    kind: RecordKind, states: Sequence[Fields], beneath: object
) -> Iterator[Difference]:
    told = [_read(kind, fields) for fields in states]
    shown = [GONE not in each for each in told]
    if shown[0] != shown[1]:
        yield _difference(say("changes.visible"), *(_visible(kind, shown=one) for one in shown))
    if told[1].keys() == {GONE}:
        return
    for name, heading in headings(kind).items():
        if name != GONE and told[0].get(name) != told[1].get(name):
            one = _difference(heading, *(_written(kind, name, each, beneath) for each in told))
            # A field the record cannot do without is stated although nobody filled it in.
            if not {one.before, one.after} <= {say("changes.unstated"), say("changes.blank")}:
                yield one


def _visible(kind: RecordKind, *, shown: bool) -> str:
    return say("changes.is_shown") if shown else say(f"changes.hides_{kind}")


def _difference(field: str, was: str, after: str, now: str) -> Difference:
    return Difference(field=field, before=was, after=after, now="" if now == was else now)


def _read(kind: RecordKind, fields: Fields) -> Mapping[str, Any]:
    """Give the fields with their types; what an older release wrote otherwise stays plain."""
    with suppress(ValidationError):
        return edit_fields(kind, fields)
    return {name: str(value) for name, value in fields.items()}


def _written(kind: RecordKind, name: str, fields: Mapping[str, Any], beneath: object) -> str:
    if name not in fields and beneath is None:
        return say("changes.unstated")
    value = fields[name] if name in fields else getattr(beneath, name, None)
    told = value if isinstance(value, str) else written(kind, name, value)
    return told or say("changes.blank")


def _of_setting(before: Fields, after: Fields, now: Fields) -> Iterator[Difference]:
    for name in dict.fromkeys((*after, *before)):
        if before.get(name) != after.get(name):
            told = (_set(name, state.get(name)) for state in (before, after, now))
            yield _difference(_called(name), *told)


def _called(name: str) -> str:
    key = f"setting_fields.{name}"
    return say(key) if key in wording().sentences else name


def _set(name: str, value: object) -> str:
    match value:
        case None:
            return say("changes.unset")
        case _ if name in KEPT_BACK:
            return say("changes.kept_back")
        case bool():
            return say("changes.yes" if value else "changes.no")
        case str() if name in CODES:
            return said(CODES[name], value)
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
