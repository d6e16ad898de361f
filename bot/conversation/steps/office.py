"""Opening hours, address and telephone of the office, and confirmed hotlines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.conversation.desk import Desk, Turn, plain, show_procedure
from bot.conversation.hours import described
from bot.conversation.outcomes import Aspect, Outcome
from bot.conversation.places import alike
from bot.conversation.sides import vietnamese_date
from bot.conversation.steps.day import DaysAsked
from bot.conversation.turn import TurnResult
from bot.privacy import PersonalData
from knowledge.models import Hotline, Office, Place
from knowledge.search import Candidate
from knowledge.topics import TopicKind

HOURS_WORDS: Final = frozenset(
    {
        "nhan",
        "dan",
        "mo",
        "cua",
        "gio",
        "dia",
        "chi",
        "so",
        "dien",
        "thoai",
        "sdt",
        "lam",
        "viec",
        "may",
    }
)
# Words that ask where a desk is and how to reach it.
CONTACT_WORDS: Final = frozenset({"dia", "dau", "thoai", "gio", "mo"})
# Who says where they live or who they are may ask for the office all the same.
TOLD_BY_THE_WAY: Final = frozenset(
    {PersonalData.NAME, PersonalData.ADDRESS, PersonalData.BIRTH_DATE}
)
SURE_PROCEDURE: Final = 0.80
POLICE: Final = frozenset({Place.COMMUNE_POLICE, Place.PROVINCE_POLICE})


def office(turn: Turn, desk: Desk) -> TurnResult | None:
    """Tell hours, address and numbers when they are asked for."""
    if not TOLD_BY_THE_WAY.issuperset(turn.message.masked):
        # The number that was named is the citizen's own.
        return None
    place, name, kind = _meant(turn, desk)
    found = turn.findings.candidates[0] if turn.findings and turn.findings.candidates else None
    if kind and not place and _asks_for_desk(name, found, turn, desk):
        return _unknown(kind, turn, desk)
    return _known(place, name, found, turn, desk)


def _known(
    place: Office | None, name: str, found: Candidate | None, turn: Turn, desk: Desk
) -> TurnResult | None:
    days = DaysAsked.of(turn, desk)
    of_a_day = days and (_asked(turn, desk, "day") or _asked(turn, desk, "office"))
    if _asked(turn, desk, "hours") or (of_a_day and not _names_a_procedure(found)):
        there = place or _handling(found, desk)
        told = _contacts(there, desk, days.told(there, desk))
        return plain(Outcome.HOTLINE, f"{told}\n{desk.say('other_days')}", turn)
    if not place and _asked(turn, desk, "here"):
        return _here(turn, desk)
    if not _asked(turn, desk, "office") and not (place and _says_only(name, turn)):
        return None
    if found and found.topic.kind is TopicKind.HOTLINE and not place:
        return hotline(turn, desk, found.topic.ref)
    if _names_a_procedure(found) and not _says_only(name, turn):
        return None
    return plain(Outcome.HOTLINE, _contacts(place or desk.office, desk), turn)


def _here(turn: Turn, desk: Desk) -> TurnResult | None:
    """Tell where the office is, or where what is talked about is handed in."""
    state = turn.state
    if state.procedure:
        return show_procedure(desk, turn, state.procedure, Aspect.WHERE, state.question)
    if state.question:
        return None
    return plain(Outcome.HOTLINE, _contacts(desk.office, desk), turn)


def _meant(turn: Turn, desk: Desk) -> tuple[Office | None, str, Place | None]:
    """Give the office meant and its name as compared; the kind of desk when one is called."""
    place, name = desk.places.named(turn.meant.text.words)
    kind, called = desk.places.called(turn.meant.text.words)
    if kind is None or len(called) <= len(name):
        return place, name, None
    return desk.places.units.get(kind), called, kind


def _asks_for_desk(name: str, found: Candidate | None, turn: Turn, desk: Desk) -> bool:
    """Tell whether the message asks for hours, address or number of the desk it calls."""
    if _says_only(name, turn):
        return not CONTACT_WORDS.isdisjoint(turn.meant.text.words)
    of_a_day = _asked(turn, desk, "hours") or _asked(turn, desk, "day")
    if _names_a_procedure(found) or not (of_a_day or _asked(turn, desk, "office")):
        return False
    return _says_only(name, turn, beside=2 if of_a_day else 1)


def _unknown(kind: Place, turn: Turn, desk: Desk) -> TurnResult:
    """Say that a desk's number is not known, rather than give another office's as if it were."""
    key = "desk_unknown_police" if kind in POLICE else "desk_unknown"
    told = desk.say(key, desk=desk.wording.card["places"][kind])
    return plain(Outcome.HOTLINE, told, turn)


def _names_a_procedure(found: Candidate | None) -> bool:
    if found is None or found.score < SURE_PROCEDURE:
        return False
    return found.topic.kind is TopicKind.PROCEDURE or found.fit.word_for_word


def _asked(turn: Turn, desk: Desk, intent: str) -> bool:
    return desk.intents.has(intent, turn.said) or desk.intents.has(intent, turn.meant)


def _handling(found: Candidate | None, desk: Desk) -> Office | None:
    """Give the office where the procedure named is handed in, else the one that speaks."""
    if found and found.topic.kind is TopicKind.PROCEDURE and found.score >= SURE_PROCEDURE:
        for place in desk.knowledge.procedures[found.topic.ref].places:
            if place in desk.places.units:
                return desk.places.units[place]
    return desk.office


def _says_only(name: str, turn: Turn, *, beside: int = 0) -> bool:
    """Tell whether a message says little beside an office's name: at most so many words."""
    if not name or turn.findings is None:
        return False
    reading = turn.findings.reading
    known = {*name.split(), *HOURS_WORDS}
    return sum(alike(word) not in known for word in reading.telling) <= beside


def _contacts(place: Office | None, desk: Desk, days: Sequence[str] = ()) -> str:
    there = described(desk.wording, place, days) if place else "\n".join(days)
    parts = (there, desk.portal_contact())
    return "\n".join(part for part in parts if part)


def hotline(turn: Turn, desk: Desk, phone: str) -> TurnResult:
    """Tell one confirmed number with its source."""
    return plain(Outcome.HOTLINE, _hotline_text(desk, desk.knowledge.hotlines[phone]), turn)


def _hotline_text(desk: Desk, known: Hotline) -> str:
    return desk.say(
        "hotline",
        name=known.name,
        phone=known.phone,
        purpose=known.purpose,
        source=known.source.name,
        seen=vietnamese_date(known.source.seen),
    )
