"""Cards and guides that may answer a question: found as a citizen's words would find them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.casework.teaching import Alias
from bot.conversation.decide import Verdict, decide
from bot.conversation.desk import Desk
from bot.officials.changes import ChangeKind
from bot.privacy import unmasked_part
from knowledge.search import Candidate
from knowledge.topics import TopicKind

OFFERED: Final = 8
KINDS: Final = {TopicKind.PROCEDURE: ChangeKind.PROCEDURE, TopicKind.GUIDE: ChangeKind.GUIDE}
BY_LETTER: Final = {"p": TopicKind.PROCEDURE, "g": TopicKind.GUIDE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A card or guide to choose; ``value`` is what the form sends for it."""

    value: str
    name: str
    ref: str


def hits(desk: Desk, text: str, *first: str) -> Sequence[Hit]:
    """Give what ``text`` may mean, the likeliest first; before it what the refs ``first`` name."""
    asked = unmasked_part(text).strip()
    named = [value for ref in (asked, *first) if (value := _by_ref(ref, desk))]
    found = desk.ask(asked).candidates
    values = dict.fromkeys([*named, *(_value(one) for one in found if one.topic.kind in KINDS)])
    return [_hit(value, desk) for value in list(values)[:OFFERED]]


def _by_ref(ref: str, desk: Desk) -> str:
    if ref in desk.knowledge.procedures:
        return f"p:{desk.knowledge.procedures[ref].code}"
    return f"g:{ref}" if ref in desk.knowledge.guides else ""


def _value(one: Candidate) -> str:
    return f"{one.topic.kind[0]}:{one.topic.ref}"


def _hit(value: str, desk: Desk) -> Hit:
    ref = value.partition(":")[2]
    return Hit(value=value, name=_named(value, desk)[0], ref=ref)


def alias_for(value: str, added: Sequence[str], desk: Desk) -> Alias | None:
    """Give the wish that the card or guide of ``value`` be asked for by ``added`` too."""
    letter, _, ref = value.partition(":")
    known = desk.knowledge.procedures if letter == "p" else desk.knowledge.guides
    if letter not in BY_LETTER or ref not in known:
        return None
    name, aliases = _named(value, desk)
    kind = KINDS[BY_LETTER[letter]]
    return Alias(kind=kind, ref=ref, title=name, known=aliases, added=added)


def _named(value: str, desk: Desk) -> tuple[str, Sequence[str]]:
    letter, _, ref = value.partition(":")
    if letter == "p":
        procedure = desk.knowledge.procedures[ref]
        return procedure.everyday_name, procedure.aliases
    guide = desk.knowledge.guides[ref]
    return guide.title, guide.aliases


def answered_by(text: str, desk: Desk) -> str:
    """Name the card or guide that answers ``text`` now; nothing while that is not sure."""
    decision = decide(desk.ask(text))
    sure = decision.verdict is Verdict.SURE
    return decision.candidates[0].topic.name if sure else ""
