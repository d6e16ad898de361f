"""What is typed after ``broadcast create`` and ``start``, read into what the newsroom takes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from bot.commands.broadcast.typed import Typed, When
from bot.commands.wording import words
from bot.errors import CannotBegin
from bot.officials.typed_hours import moment_of
from broadcasts.composing.kinds import READERS, URGENT, NewsKind, kinds
from broadcasts.models import Audience, Button, NewsText, ReaderKind, Route
from broadcasts.reading import followed
from broadcasts.schedule.models import OffDays, Timetable
from broadcasts.schedule.rules import with_until
from broadcasts.texts import Wish

OTHER: Final = "khac"
ZALO: Final = (Route.ZALO_ARTICLE, Route.ZALO_CS, Route.ZALO_TEMPLATE)
WAYS: Final[Mapping[str, tuple[Route, ...]]] = {
    "zalo": ZALO,
    **{str(route): (route,) for route in Route},
}


def wish_of(typed: Typed, office: str) -> Wish:
    """Read a text; without one the kind's template is taken, without an office ``office``.

    Raises:
        CannotBegin: something typed is not understood.
    """
    if typed.urgent and not typed.reason.strip():
        raise _wrong("no_reason")
    code = typed.kind or (URGENT if typed.urgent else OTHER)
    kind = kinds().get(code)
    speaks = typed.office or office
    body = _body(typed)
    return Wish(
        office=speaks,
        kind=code,
        text=NewsText(
            title=typed.title or (kind.title if kind and not body else ""),
            body=body or (kind.body if kind else ""),
            buttons=tuple(map(_button, typed.buttons)),
            depicted=typed.depicted if typed.picture else "",
        ),
        audience=Audience(
            offices=typed.to or (speaks,),
            kinds=_readers(typed.audience, kind),
            topics=typed.topics or followed(code, urgent=typed.urgent),
            routes=tuple(dict.fromkeys(one for way in typed.channels for one in _ways(way))),
        ),
        variables=dict(map(_fill, typed.fills)),
        urgent=typed.urgent,
        entry=typed.entry,
        slot=typed.slot,
    )


def timetable_of(when: When, now: datetime) -> Timetable:
    """Read a schedule; without a time it begins ``now``.

    Raises:
        CannotBegin: a day or a time is not understood.
        BadRule: the rule has two ends.
    """
    if when.off_days not in set(OffDays):
        raise _wrong("unknown_off_days", typed=when.off_days)
    rrule = when.rrule
    if when.until:
        if not rrule:
            raise _wrong("until_alone")
        rrule = with_until(rrule, _day(when.until))
    return Timetable(
        starts_at=_moment(when.at) if when.at else now,
        rrule=rrule,
        grace_minutes=when.grace,
        off_days=OffDays(when.off_days),
    )


def _body(typed: Typed) -> str:
    if typed.file is None:
        return typed.text
    if typed.text:
        raise _wrong("two_texts")
    try:
        return typed.file.read_text(encoding="utf-8-sig").strip()
    except (OSError, UnicodeDecodeError):
        raise _wrong("no_file", file=typed.file) from None


def _readers(audience: str, kind: NewsKind | None) -> tuple[ReaderKind, ...]:
    if not audience:
        return kind.readers if kind else ()
    if audience not in READERS:
        raise _wrong("unknown_audience", audience=audience, known=", ".join(READERS))
    return READERS[audience]


def _ways(channel: str) -> tuple[Route, ...]:
    if channel not in WAYS:
        raise _wrong("unknown_channel", channel=channel, known=", ".join(WAYS))
    return WAYS[channel]


def _button(typed: str) -> Button:
    label, bar, address = typed.partition("|")
    if not bar:
        raise _wrong("bad_button", typed=typed)
    return Button(label=label.strip(), address=address.strip())


def _fill(typed: str) -> tuple[str, str]:
    gap, sign, value = typed.partition("=")
    if not sign:
        raise _wrong("bad_fill", typed=typed)
    return gap.strip().strip("{}"), value.strip()


def _moment(typed: str) -> datetime:
    read = moment_of(typed)
    if read is None:
        raise _wrong("bad_moment", typed=typed)
    return read


def _day(typed: str) -> date:
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        raise _wrong("bad_day", typed=typed) from None


def _wrong(why: str, **gaps: object) -> CannotBegin:
    return CannotBegin(words("broadcast")[why].format(**gaps))
