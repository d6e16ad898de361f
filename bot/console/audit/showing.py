"""How entries of the audit are told: who, what, upon what, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.casework.deeds import CLOCKWORK, COMMAND_LINE
from bot.console.words import say, wording
from bot.officials.audit import AuditEntry
from bot.officials.models import OfficerId, Role
from bot.officials.redaction import allowed
from knowledge.models import Office
from knowledge.record_edits import RecordKind
from knowledge.record_words import headings
from knowledge.text import fold

OFFICER: Final = "officer"
# The fields that hold an office's code.
OFFICES: Final = frozenset({"office", "at", "parent"})
WITHOUT_ACCOUNT: Final = (COMMAND_LINE.actor, CLOCKWORK.actor)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An entry as the list shows it; ``person`` is the account it was done upon, if it was one."""

    seq: int
    at: datetime
    who: str
    where: str
    what: str
    kind: str
    subject: str
    office: str
    person: str = ""


def people_in(entries: Sequence[AuditEntry]) -> frozenset[OfficerId]:
    """Give the accounts that entries were done upon."""
    return frozenset(OfficerId(int(one.subject)) for one in entries if _is_person(one))


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
    return _said("deeds", action)


def kind_label(kind: str) -> str:
    """Give the name of a kind of object."""
    return _said("kinds", kind)


def field_label(kind: str, name: str) -> str:
    """Give the name of a field of such an object."""
    told = headings(RecordKind(kind)) if kind in set(RecordKind) else {}
    return told.get(name) or _said("fields", name)


def value_shown(name: str, value: str, offices: Mapping[str, Office]) -> str:
    """Give a value as people call it: an office and a role by name, the rest as it is."""
    if name in OFFICES and value in offices:
        return offices[value].name
    return say(f"roles.{value}") if name == "role" and value in set(Role) else value


def _said(table: str, key: str) -> str:
    return say(f"{table}.{key}") if f"{table}.{key}" in wording().sentences else key


def told(entry: AuditEntry, names: Mapping[OfficerId, str], offices: Mapping[str, Office]) -> Told:
    """Tell an entry; ``names`` are those of the accounts that ``people_in`` finds."""
    named = names.get(OfficerId(int(entry.subject))) if _is_person(entry) else None
    office = offices.get(entry.office)
    return Told(
        seq=entry.seq,
        at=entry.at,
        who=entry.actor if entry.officer else _said("audit", entry.actor),
        where=entry.address,
        what=deed_label(entry.action),
        kind=kind_label(entry.kind),
        subject=named or entry.subject,
        office=office.name if office else entry.office or say("audit.everywhere"),
        person=entry.subject if named else "",
    )


def _is_person(entry: AuditEntry) -> bool:
    return entry.kind == OFFICER and entry.subject.isdecimal()
