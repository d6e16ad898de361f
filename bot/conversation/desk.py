"""What a turn is answered with: the knowledge, the words, the office; and how replies are made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache
from typing import Final, Self

from bot.clock import VIETNAM
from bot.conversation.asked import Details, Questions
from bot.conversation.card import CardWriter
from bot.conversation.days import Calendar
from bot.conversation.filing_words import FilingWords
from bot.conversation.intents import Heard, Intents, shipped_intents
from bot.conversation.labels import Labels
from bot.conversation.news_words import NewsWords
from bot.conversation.outcomes import Aspect, Outcome
from bot.conversation.places import Places
from bot.conversation.recognising import ByCues, ByWeight, Recogniser
from bot.conversation.short_answers import ShortAnswers
from bot.conversation.sides import vietnamese_date
from bot.conversation.turn import ConversationState, TurnResult
from bot.conversation.wording import Wording
from bot.feedback.kinds import Kind
from bot.messages import CitizenAddress, IncomingMessage, QuickReply, Reply
from bot.officials.office_entries import Stood
from bot.officials.standing import Standing
from bot.privacy import unmasked_part
from broadcasts.reading import Topic
from knowledge.layers import lineage
from knowledge.library import KnowledgeBase
from knowledge.models import Guide, Office, Procedure
from knowledge.search import Findings

# Concepts that any talk may hold.
EVERYDAY_CONCEPTS: Final = frozenset(
    {
        "child",
        "father",
        "mother",
        "lost",
        "wrong",
        "renew",
        "extend",
        "establish",
        "abroad",
        "close",
    }
)


@cache
def by_weight() -> Recogniser:
    """Give what tells the kinds of feedback apart, made once."""
    return ByWeight(ByCues(shipped_intents()))


# Written out it is the whole knowledge base: what failed with one could not be read.
@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Desk:
    """Everything a step may consult; ``attended`` when officials answer what it leaves open.

    ``topics`` are the kinds of news there are to choose from; ``site`` is the address of our own
    pages, empty where they have none; ``muted`` are the channels that answer and send no news.
    """

    knowledge: KnowledgeBase
    wording: Wording
    intents: Intents
    asked: Questions
    details: Details
    labels: Labels
    card: CardWriter
    office: Office | None
    places: Places
    calendar: Calendar
    province: str
    portal_hotline: str
    standing: Standing = field(default_factory=Standing)
    attended: bool = True
    topics: tuple[Topic, ...] = ()
    news_words: NewsWords = field(default_factory=NewsWords.load)
    filing_words: FilingWords = field(default_factory=FilingWords.load)
    short_answers: ShortAnswers = field(default_factory=ShortAnswers.load)
    recogniser: Recogniser = field(default_factory=by_weight)
    site: str = ""
    muted: frozenset[str] = frozenset()

    def under(self, stood: Stood) -> Self:
        """Give the same desk under what the offices have set, wherever that was set before."""
        offices = self.knowledge.snapshot.offices
        line = lineage(offices, self.office.code if self.office else "")
        standing = Standing.of(stood.entries, line, stood.guests)
        return replace(
            self,
            standing=standing,
            wording=self.wording.under(standing.wording),
            calendar=Calendar.of(self.calendar.days, own=standing.days),
            attended=self.attended and stood.attended(line),
        )

    def ask(self, text: str) -> Findings:
        """Search for what somebody wrote; what is hidden in it, and its label, asks nothing."""
        return self.knowledge.ask(unmasked_part(text), province=self.province)

    def say(self, key: str, **values: str) -> str:
        """Give a sentence, with the office's name and contact at hand."""
        name = self.office.name if self.office else ""
        return self.wording.say(key, office=name, contact=self.contact(), **values)

    def say_afterwards(self, key: str, address: CitizenAddress, **values: str) -> str:
        """Give the sentence for the end of a talk, after which the bot may be silent there."""
        refusal = self.standing.refusal(address.channel, address.conversation)
        return self.say(f"{key}_closed" if refusal else key, **values)

    def contact(self) -> str:
        """Tell whom to turn to: the office when it gave its data, and the portal's hotline."""
        return "\n".join(part for part in (self._office_contact(), self.portal_contact()) if part)

    def _office_contact(self) -> str:
        if self.office is None:
            return ""
        details = "; ".join(part for part in (self.office.phone, self.office.address) if part)
        name = self.office.name
        return self.wording.say("contact_office", name=name, details=details) if details else ""

    def police(self) -> str:
        """Tell where the nearest police are, when the office's data know it."""
        nearest = self.places.police(self.office) if self.office else None
        known = nearest and "; ".join(part for part in (nearest.phone, nearest.address) if part)
        if not nearest or not known:
            return ""
        return self.wording.say("contact_police", name=nearest.name, details=known)

    def portal_contact(self) -> str:
        """Tell the portal's hotline, when it is confirmed."""
        if not self.portal_hotline:
            return ""
        return self.wording.say("contact_portal", phone=self.portal_hotline)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One message on its way to an answer.

    ``said`` is the message cut into words, ``meant`` the same with abbreviations written out;
    ``findings`` is what search saw of the message alone (``None`` for a choice or a photo).
    ``aside`` is what the words before were when those were put aside: no question goes on with
    them.
    """

    message: IncomingMessage
    state: ConversationState
    now: datetime
    said: Heard
    meant: Heard
    findings: Findings | None
    aside: Kind | None = None

    @property
    def words(self) -> tuple[str, ...]:
        """The folded words of the message."""
        return self.said.text.words

    @property
    def today(self) -> date:
        """The calendar day in Việt Nam."""
        return self.now.astimezone(VIETNAM).date()


def sounds_like_ours(turn: Turn, desk: Desk) -> bool:
    """Tell whether the message speaks of papers, offices or an event of life they deal with."""
    if turn.findings is None:
        return False
    reading = turn.findings.reading
    if any(span.label not in EVERYDAY_CONCEPTS for span in reading.concepts):
        return True
    return desk.intents.has("domain", turn.meant)


def plain(
    outcome: Outcome, text: str, turn: Turn, choices: Sequence[QuickReply] = ()
) -> TurnResult:
    """End a turn with one text; what was talked about stays in mind."""
    state = replace(turn.state, offered=tuple(c.value for c in choices) or turn.state.offered)
    return TurnResult(outcome=outcome, replies=(Reply(text, tuple(choices)),), state=state)


def show_procedure(desk: Desk, turn: Turn, code: str, aspect: Aspect, question: str) -> TurnResult:
    """End a turn with one side of a procedure and buttons to the others."""
    procedure = desk.knowledge.procedure(code)
    choices = _side_choices(desk, turn, procedure, aspect) if procedure.has_card else ()
    state = replace(
        turn.state,
        procedure=procedure.code,
        aspect=aspect,
        question=question,
        offered=tuple(choice.value for choice in choices),
        trail=_trail(turn.state, procedure.code, aspect),
    )
    text = desk.card.text(procedure, aspect, today=turn.today)
    return TurnResult(
        outcome=Outcome.ANSWERED,
        replies=(Reply(text, choices),),
        state=state,
        procedure=procedure.code,
        aspect=aspect,
    )


def _side_choices(
    desk: Desk, turn: Turn, procedure: Procedure, shown: Aspect
) -> tuple[QuickReply, ...]:
    sides = (Aspect.OVERVIEW, *desk.card.buttons(procedure, today=turn.today))
    choices = [
        QuickReply(desk.card.label(side), f"a:{side}:{procedure.code}")
        for side in sides
        if side is not shown
    ]
    successor = procedure.renumbered_to if procedure.abolished else ""
    if successor in desk.knowledge.procedures:
        name = desk.knowledge.procedures[successor].everyday_name
        choices.insert(0, QuickReply(name, f"p:{successor}"))
    return tuple(choices)


def _trail(state: ConversationState, code: str, aspect: Aspect) -> tuple[str, ...]:
    here = f"a:{aspect}:{code}"
    trail = tuple(step for step in state.trail if step != here)
    return (*trail, here)[-8:]


def guide_reply(desk: Desk, guide: Guide, *, today: date) -> Reply:
    """Write a guide, with buttons to the procedures it mentions; notes that are over stay out."""
    steps = desk.wording.steps(guide.steps)
    notes = [note.text for note in guide.notes if note.until is None or note.until >= today]
    foot = desk.say(
        "guide_source", name=guide.source.name, seen=vietnamese_date(guide.source.seen)
    )
    parts = (guide.title.upper(), guide.intro, *steps, *notes, guide.link, foot)
    choices = tuple(
        QuickReply(desk.knowledge.procedures[code].everyday_name, f"p:{code}")
        for code in guide.related
        if code in desk.knowledge.procedures
    )
    return Reply("\n".join(part for part in parts if part), choices)


def show_guide(desk: Desk, turn: Turn, guide_id: str, question: str) -> TurnResult:
    """End a turn with a guide and buttons to the procedures it mentions."""
    reply = guide_reply(desk, desk.knowledge.guides[guide_id], today=turn.today)
    result = plain(Outcome.GUIDE, reply.text, turn, reply.choices)
    return replace(
        result, state=replace(result.state, question=question, trail=(f"g:{guide_id}",))
    )


def offer(desk: Desk, turn: Turn, values: Sequence[tuple[str, str]], key: str) -> TurnResult:
    """End a turn with a few (label, value) choices and a way out."""
    choices = [QuickReply(label, value) for label, value in values]
    choices.append(QuickReply(desk.say("choices_none"), "none"))
    result = plain(Outcome.CHOICES, desk.say(key), turn, choices)
    trail = (*turn.state.trail, "c:" + ",".join(value for _, value in values))[-8:]
    # What was shown before is not what is talked about now: a fee asked next must not be its fee.
    state = replace(result.state, question=turn.message.text, trail=trail, procedure="")
    return replace(result, state=state)
