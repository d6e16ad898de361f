"""What was said in a talk, line by line, as an official may see it: masked, newest below."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Self

from bot.console.formats import moment
from bot.console.words import say
from bot.conversation.desk import Desk
from bot.conversation.outcomes import Aspect, Outcome
from bot.conversation.steps.command import label_of
from bot.conversation.steps.intent import may_be_read
from bot.messages import Author, MessageKind
from bot.officials.talks import Seen, Talk
from bot.privacy import WITHHELD, in_words, mask
from bot.storage.database import Database
from bot.storage.talk_rows import Heard, Told, heard, told

# A talk's older lines are of no use to who answers now.
LINES: Final = 100
CITIZEN: Final = "citizen"
URGENT: Final = "urgent"
NOTHING_OFFERED: Final[Mapping[str, str]] = {}
WRITTEN: Final = (MessageKind.TEXT, MessageKind.CHOICE)


@dataclass(frozen=True, slots=True)
class Place:
    """How far a talk was read: the last row heard and the last row told."""

    heard: int = 0
    told: int = 0

    @classmethod
    def read(cls, text: str) -> Self:
        """Read what ``str`` wrote; anything else is the beginning."""
        parts = text.split(".")
        if len(parts) != 2 or not all(part.isascii() and part.isdigit() for part in parts):  # noqa: PLR2004 - heard and told
            return cls()
        return cls(*(min(int(part), 2**62) for part in parts))

    def __str__(self) -> str:
        """Write it as one word of an address."""
        return f"{self.heard}.{self.told}"

    def past(self, line: Heard | Told) -> Place:
        """Give the place once ``line`` was read too."""
        if isinstance(line, Heard):
            return Place(max(self.heard, line.id), self.told)
        return Place(self.heard, max(self.told, line.id))


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing that was said; ``place`` is how far the talk was read with it.

    ``offered`` are the buttons under it, in the order in which a typed number counts them.
    """

    place: Place
    kind: str
    by: str
    text: str
    at: datetime
    note: str = ""
    offered: Sequence[str] = ()

    def shown(self) -> dict[str, str | Sequence[str]]:
        """Give it as the page's script takes it."""
        by = f"{self.by} ({self.note})" if self.note else self.by
        return {
            "id": str(self.place),
            "kind": self.kind,
            "by": by,
            "time": moment(self.at),
            "text": self.text,
            "offered": self.offered,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """The end of a talk, and the procedures the bot told of in it."""

    lines: Sequence[Line]
    procedures: Sequence[str]

    @property
    def urgent(self) -> bool:
        """Whether somebody in it may be in danger."""
        return any(line.kind == URGENT for line in self.lines)


async def read(database: Database, desk: Desk, talk: Talk, after: Place) -> Transcript:
    """Read what was said past ``after``, in two statements."""
    async with database.reading() as connection:
        ours = await heard(connection, talk, after=after.heard, limit=LINES)
        since = ours[0].id if ours and not after.told else 0
        theirs = await told(connection, talk, since=since, after=after.told, limit=LINES)
    names = desk.knowledge.procedures
    codes = dict.fromkeys(one.procedure for one in ours if one.procedure in names)
    return Transcript(
        lines=tuple(_lines((*ours, *theirs), after, desk)),
        procedures=tuple(names[code].everyday_name for code in codes),
    )


def facts(seen: Seen, said: Transcript, desk: Desk) -> Sequence[tuple[str, str]]:
    """Give what is worth knowing of a talk, each under its name."""
    office = desk.knowledge.offices.get(seen.talk.office)
    told: list[tuple[str, str]] = [
        (say("talk.channel"), say(f"channels_names.{seen.talk.address.channel}")),
        (say("talk.office"), office.name if office else seen.talk.office),
        (say("talk.told_of"), "; ".join(said.procedures)),
        (say("talk.waits"), moment(seen.waits_since) if seen.waits_since else ""),
    ]
    return [(name, value) for name, value in told if value]


def _lines(said: Iterable[Heard | Told], after: Place, desk: Desk) -> Iterator[Line]:
    place, offered = after, dict[str, str]()
    for one in sorted(said, key=_order):
        place = place.past(one)
        if isinstance(one, Told):
            offered |= {choice.value: choice.label for choice in one.choices}
            yield _told(one, place)
        else:
            yield _heard(one, place, desk, offered=offered)


def _order(one: Heard | Told) -> tuple[datetime, int, int]:
    """Give where a line stands; at one moment a question comes before its answers."""
    return (one.at, one.id, 0) if isinstance(one, Heard) else (one.at, one.under, one.id)


def _heard(one: Heard, place: Place, desk: Desk, *, offered: Mapping[str, str]) -> Line:
    urgent = one.outcome == Outcome.EMERGENCY
    return Line(
        place=place,
        kind=URGENT if urgent else CITIZEN,
        by=say("talk.urgent_by") if urgent else say("talk.citizen"),
        text=said(one, desk, offered),
        at=one.at,
    )


def _told(one: Told, place: Place) -> Line:
    state = "in_part" if one.in_part else one.status
    failed = say(f"talk.state_{state}") if one.author is not Author.BOT else ""
    return Line(
        place=place,
        kind=one.author,
        by=say(f"talk.{one.author}"),
        text=one.text,
        at=one.at,
        note="" if one.status == "sent" else failed,
        offered=tuple(choice.label for choice in one.choices),
    )


def said(one: Heard, desk: Desk, offered: Mapping[str, str] = NOTHING_OFFERED) -> str:
    """Tell what a citizen said or pressed, of what was ``offered`` by value."""
    if one.kind is MessageKind.CHOICE:
        return _pressed(one.text, desk, offered) or say("talk.pressed_other")
    text = _shown(one, desk)
    if one.kind in WRITTEN:
        return text
    return f"{say('talk.media')} {text}".strip()


def _shown(one: Heard, desk: Desk) -> str:
    steered = one.outcome == Outcome.FEEDBACK
    readable = not steered or may_be_read(one.text, desk, steered=True)
    # What may be a complaint or a denunciation has a lawful way of its own: not this page.
    if not readable or not set(WITHHELD).isdisjoint(one.masked):
        return say("talk.hidden")
    # Once more: what finds personal data may have become better since it was stored.
    return in_words(mask(_without_code(one.text, desk)).text)


def _without_code(text: str, desk: Desk) -> str:
    """Hide the words that make guests of the trial: they are for those who manage it."""
    code = desk.standing.trial.code
    return (
        re.sub(re.escape(code), say("talk.trial_code"), text, flags=re.IGNORECASE)
        if code
        else text
    )


def _pressed(value: str, desk: Desk, offered: Mapping[str, str]) -> str:
    """Tell which button was pressed, by what it says today or said when it was ``offered``.

    Nothing when it is known to neither.
    """
    label = label_of(value, desk)
    side = value.split(":")[1] if value.startswith("a:") and label else ""
    if side in set(Aspect):
        label = f"{label}: {desk.card.label(Aspect(side))}"
    label = label or offered.get(value, "")
    return say("talk.pressed", label=label) if label else ""
