"""What an entry is about, as people call it: a card, a setting, an officer by name; pure."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

from bot.console.formats import day
from bot.console.words import said, say
from bot.officials.audit import Deed
from bot.officials.changes import ChangeKind
from bot.officials.models import OfficerId
from knowledge.library import KnowledgeBase

OFFICER: Final = "officer"
# Where deeds upon changes tell which one it was.
CHANGE: Final = "change"
LONGEST: Final = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What names things: the knowledge in use, accounts by id, changes by number."""

    knowledge: KnowledgeBase
    people: Mapping[OfficerId, str] = field(default_factory=dict)
    titles: Mapping[int, str] = field(default_factory=dict)


def person_of(deed: Deed) -> OfficerId | None:
    """Give the account a deed was done upon, if it was one."""
    is_person = deed.kind == OFFICER and deed.subject.isdecimal()
    return OfficerId(int(deed.subject)) if is_person else None


def change_of(deed: Deed) -> int | None:
    """Give the number of the change a deed tells of, if it tells of one."""
    number = deed.after.get(CHANGE)
    return number if deed.kind in set(ChangeKind) and isinstance(number, int) else None


def subject_of(deed: Deed, known: Known) -> str:
    """Name what was acted upon; what has no name any more is told by its code."""
    match deed.kind:
        case "officer":
            return _person(deed, known)
        case ChangeKind.SETTING:
            return _setting(deed, known)
        case ChangeKind.PROCEDURE | ChangeKind.GUIDE | ChangeKind.HOTLINE | ChangeKind.OFFICE:
            return _record(deed, known)
        case "list":
            return said("lists_named", deed.subject)
        case "guest":
            return str(deed.after.get("label", "")) or say("audit.guest")
        case _:
            return _numbered(deed, known)


def _numbered(deed: Deed, known: Known) -> str:
    if deed.kind == "calendar":
        office = known.knowledge.offices.get(deed.subject)
        return office.name if office else say("frame.all_offices")
    name = str(deed.after.get("name", "")) if deed.kind == "import" else ""
    return name or say("audit.numbered", number=deed.subject)


def _person(deed: Deed, known: Known) -> str:
    person = person_of(deed)
    named = known.people.get(person) if person is not None else None
    return named or str(deed.after.get("login", deed.subject))


def _record(deed: Deed, known: Known) -> str:
    titles = {
        ChangeKind.PROCEDURE: known.knowledge.procedures,
        ChangeKind.GUIDE: known.knowledge.guides,
        ChangeKind.HOTLINE: known.knowledge.hotlines,
        ChangeKind.OFFICE: known.knowledge.offices,
    }
    thing = titles[ChangeKind(deed.kind)].get(deed.subject)
    name = getattr(thing, "everyday_name", "") or getattr(thing, "title", "")
    told = name or getattr(thing, "name", "") or _title(deed, known)
    return told or deed.subject


def _title(deed: Deed, known: Known) -> str:
    return known.titles.get(change_of(deed) or 0, "")


def _setting(deed: Deed, known: Known) -> str:
    kind, _, name = deed.subject.partition(":")
    match kind:
        case "channel":
            verb = "off" if deed.after.get("off") else "on"
            return say(f"audit.channel_{verb}", channel=said("channels_names", name))
        case "trial":
            return say(f"audit.trial_{_turned(deed)}")
        case "rule":
            return say("audit.rule", rule=said("rules", name))
        case "day":
            return _day(deed, known, name)
        case "notice" | "wording":
            told = deed.after.get("text") or deed.before.get("text") or _title(deed, known)
            return say(f"audit.{kind}", text=_short(str(told)) or name)
        case _:
            return _title(deed, known) or deed.subject


def _turned(deed: Deed) -> str:
    """Tell what became of the trial; with neither it got another code."""
    before, after = (bool(told.get("on")) for told in (deed.before, deed.after))
    return "code" if before == after else "on" if after else "off"


def _day(deed: Deed, known: Known, first: str) -> str:
    name = str(deed.after.get("name") or deed.before.get("name") or "")
    with suppress(ValueError):
        first = day(first)
    told = say("audit.day", day=first, name=_short(name)).rstrip(" :")
    return told if name else _title(deed, known) or told


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST].rstrip()}…"
