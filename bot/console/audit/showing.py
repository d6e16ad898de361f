"""How entries of the audit are told: who, what, upon what, in words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.casework.deeds import CLOCKWORK, COMMAND_LINE
from bot.console.actor import Actor
from bot.console.audit.objects import OFFICER, Known, change_of, person_of, subject_of
from bot.console.audit.places import change_place, place_of
from bot.console.formats import day, moment
from bot.console.people.roster import names_of
from bot.console.words import said, say
from bot.officials.audit import AuditEntry, Deed, told_of
from bot.officials.models import OfficerId
from bot.officials.redaction import allowed
from bot.storage.change_rows import titles_of
from knowledge.library import KnowledgeBase
from knowledge.record_edits import RecordKind
from knowledge.record_words import headings
from knowledge.text import fold

# The fields that hold an office's code, and those whose codes the words name.
OFFICES: Final = frozenset({"office", "at", "parent"})
TABLES: Final = {"role": "roles", "channel": "channels_names", "deed": "deeds", "kind": "kinds"}
ISO: Final = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?)?")
WITHOUT_ACCOUNT: Final = (COMMAND_LINE.actor, CLOCKWORK.actor)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An entry as the list shows it.

    ``place`` is the page of what it was done upon, ``change`` that of the change it tells of;
    each is empty where there is none for who looks.
    """

    seq: int
    at: datetime
    who: str
    where: str
    what: str
    kind: str
    subject: str
    office: str
    place: str = ""
    change: str = ""


def actors_like(who: str) -> frozenset[str]:
    """Give what acts without an account and is called something with ``who`` in it."""
    wanted = fold(who.strip())
    return frozenset(
        one for one in WITHOUT_ACCOUNT if wanted and wanted in fold(say(f"audit.{one}"))
    )


def deed_choices() -> list[tuple[str, str]]:
    """Give every act there is with its name, by name."""
    acts = {act for rule in allowed().values() for act in rule.acts}
    return sorted(((act, deed_label(act)) for act in acts), key=lambda one: fold(one[1]))


def kind_choices() -> list[tuple[str, str]]:
    """Give every kind of object with its name."""
    return [(kind, kind_label(kind)) for kind in allowed()]


def deed_label(action: str) -> str:
    """Give the name of an act; an act of a later release is told by its code."""
    return said("deeds", action)


def kind_label(kind: str) -> str:
    """Give the name of a kind of object."""
    return said("kinds", kind)


def field_label(kind: str, name: str) -> str:
    """Give the name of a field of such an object."""
    told = headings(RecordKind(kind)) if kind in set(RecordKind) else {}
    return told.get(name) or said("fields", name)


def value_shown(name: str, value: str, known: Known) -> str:
    """Give a value as people call it: offices and officers by name, days as they are written."""
    if name in OFFICES and value in known.knowledge.offices:
        return known.knowledge.offices[value].name
    if name == OFFICER and value.isdecimal():
        return known.people.get(OfficerId(int(value)), value)
    if name in TABLES:
        return said(TABLES[name], value)
    told = said("values", f"{name}_{value}")
    return told if told != f"{name}_{value}" else _dated(value)


def _dated(value: str) -> str:
    if not ISO.fullmatch(value):
        return value
    with suppress(ValueError):
        at = datetime.fromisoformat(value)
        return moment(at) if at.tzinfo else day(value[:10])
    return value


def told(request: web.Request, actor: Actor, entry: AuditEntry, known: Known) -> Told:
    """Tell an entry; ``known`` names what ``naming`` finds for it."""
    deed = told_of(entry)
    office = known.knowledge.offices.get(entry.office)
    person = person_of(deed)
    place = "" if person and person not in known.people else place_of(request, actor, deed)
    return Told(
        seq=entry.seq,
        at=entry.at,
        who=entry.actor if entry.officer else said("audit", entry.actor),
        where=entry.address,
        what=deed_label(entry.action),
        kind=kind_label(entry.kind),
        subject=subject_of(deed, known),
        office=office.name if office else entry.office or say("audit.everywhere"),
        place=place,
        change=change_place(request, actor, deed),
    )


async def naming(
    connection: AsyncConnection, entries: Sequence[AuditEntry], knowledge: KnowledgeBase
) -> Known:
    """Read the names of what ``entries`` are about."""
    deeds = [told_of(entry) for entry in entries]
    numbers = {number for deed in deeds if (number := change_of(deed)) is not None}
    return Known(
        knowledge=knowledge,
        people=await names_of(connection, frozenset().union(*map(_people, deeds))),
        titles=await titles_of(connection, numbers),
    )


def _people(deed: Deed) -> frozenset[OfficerId]:
    told = deed.after.get(OFFICER)
    beside = OfficerId(told) if isinstance(told, int) else None
    return frozenset(one for one in (person_of(deed), beside) if one is not None)
