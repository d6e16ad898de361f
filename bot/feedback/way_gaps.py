"""What an office's own data put into the sentences of a lawful way: its places and its days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import Any, Final

from bot.feedback.bodies import OWN, PROVINCE, named, told_bodies
from bot.feedback.kinds import Kind
from bot.feedback.law import Basis, read_data
from bot.officials.receptions import Body, Reception

COMING: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeFacts:
    """What an office gives of itself: its own place, other bodies, whom it receives when.

    ``above`` is the office over it; ``days`` are the coming days of its reception, and ``form``
    the address of the blank form of the way asked for.
    """

    name: str
    contact: str = ""
    own: Body = field(default_factory=lambda: Body(name=""))
    above: Body = field(default_factory=lambda: Body(name=""))
    bodies: Mapping[str, Body] = field(default_factory=dict)
    reception: Reception | None = None
    days: Sequence[date] = ()
    form: str = ""


@cache
def way_words() -> Mapping[str, Any]:
    """Give the words of the ways, read once."""
    return read_data("ways.vi.toml")


def line(key: str, **values: str) -> str:
    """Give one of the short lines of the ways, its gaps filled in."""
    told: str = way_words()["lines"][key]
    return told.format(**values)


def with_doubt(text: str, basis: Basis | None) -> str:
    """Give a sentence; of a rule that is not sure it says that a person confirms it."""
    return text if basis is None or basis.sure else f"{text} {line('confirm')}"


def gaps(kind: Kind, day: date, office: OfficeFacts) -> dict[str, str]:
    """Give what the sentences of a way leave open, as the office's data fill it on a day."""
    coming, above = list(_coming(office)), _above(office)
    unknown = line("calendar_none", contact=office.contact)
    held = office.reception or Reception(hours=())
    at = (*_told("room", held.room), *_told("who", held.who))
    return {
        "office": office.name,
        "contact": office.contact,
        "form": office.form,
        "bodies": "\n".join(_bodies(kind, day, office)),
        "above": line("placed", name=above.name, details=_details(above) or line("no_address")),
        "calendar": "\n".join((*coming, *at)) if coming else unknown,
        "soonest": coming[0] if coming else unknown,
    }


def _bodies(kind: Kind, day: date, office: OfficeFacts) -> Iterator[str]:
    for told in told_bodies():
        if told.way is not kind or not (told.basis is None or told.basis.in_force(day)):
            continue
        body = _body(told.body, office)
        details = _details(body)
        if told.body == PROVINCE and not details:
            details = line("no_address")
        written = "body_at" if details else "body"
        text = line(written, name=body.name, about=told.about, details=details)
        yield with_doubt(text, told.basis)


def _body(body: str, office: OfficeFacts) -> Body:
    if body == OWN:
        return replace(office.own, name=line("own", office=office.name))
    return _above(office) if body == PROVINCE else named(body, office.bodies)


def _above(office: OfficeFacts) -> Body:
    """Give the place over the office: as it names it, else the office over it in the tree."""
    if PROVINCE in office.bodies or not office.above.name:
        return named(PROVINCE, office.bodies)
    return office.above


def _details(body: Body) -> str:
    return "; ".join(filter(None, (body.address, body.phone, body.hours)))


def _coming(office: OfficeFacts) -> Iterator[str]:
    if office.reception is None:
        return
    for day in office.days[:COMING]:
        weekday = way_words()["lines"]["weekdays"][day.weekday()]
        hours = _hours(office.reception, day)
        yield line("calendar_day", weekday=weekday, date=f"{day:%d/%m/%Y}", hours=hours)


def _told(name: str, value: str) -> Iterable[str]:
    return [line(f"calendar_{name}", **{name: value})] if value else []


def _hours(reception: Reception, day: date) -> str:
    spans = (one for one in reception.hours if day.isoweekday() in one.weekdays)
    return ", ".join(f"{one.opens}–{one.closes}" for one in spans)
