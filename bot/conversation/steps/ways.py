"""A complaint or a denunciation: its lawful way is told, its words are neither kept nor quoted."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.conversation.desk import Desk, Turn
from bot.conversation.filing.presses import deed_button, opening_value, way_value
from bot.conversation.filing.replying import begun_with, ended, new_draft, warned
from bot.conversation.filing.talk import Step
from bot.conversation.lawful import lawful_way
from bot.conversation.outcomes import Outcome
from bot.conversation.steps import intent
from bot.conversation.turn import TurnResult
from bot.feedback.drafts import Draft
from bot.feedback.kinds import WITHHELD, Kind
from bot.feedback.views import Feedback
from bot.feedback.ways import OVERVIEW
from bot.feedback.wishes import Count, Discard, Keep, Seal, Wish
from bot.messages import MessageKind, QuickReply
from bot.privacy import PersonalData, withheld_kind

# What stands in the kinds of data hidden in a message whose words were all put aside.
MARKS: Final = {
    PersonalData.DENUNCIATION: Kind.DENUNCIATION,
    PersonalData.COMPLAINT: Kind.COMPLAINT,
}
# From which likelihood on the way is offered under another answer: of every hundredth question.
OFFERED: Final = 0.95
UNDER: Final = frozenset(
    {
        Outcome.UNANSWERED,
        Outcome.OUT_OF_SCOPE,
        Outcome.CHOICES,
        Outcome.ANSWERED,
        Outcome.GUIDE,
        Outcome.EMERGENCY,
    }
)
NO_FILES: Final = {
    Kind.COMPLAINT: "complaint_no_files",
    Kind.DENUNCIATION: "denunciation_no_files",
}
OFFERS: Final = {Kind.COMPLAINT: "complaint_offer", Kind.DENUNCIATION: "denunciation_offer"}


def withheld(turn: Turn, desk: Desk) -> TurnResult | None:
    """Tell the lawful way instead of taking a complaint or denunciation in; danger goes first."""
    kind = _kind(turn, desk)
    if kind is None:
        return _no_files(turn, desk)
    if intent.emergency(turn, desk) is not None:
        return None
    return shown(kind, turn, desk)


def shown(kind: Kind, turn: Turn, desk: Desk) -> TurnResult:
    """Tell the way of ``kind``, and what became of the words; it is counted, nothing else."""
    told = _become_of(kind, turn, desk)
    page = lawful_way(desk, kind, turn.today, desk.site)[0]
    texts = (told, page.text) if told else (page.text,)
    before = turn.state.feedback
    draft = before.draft if before else None
    aside = (desk.say("feedback_aside"),) if begun_with(draft) else ()
    last = "\n".join((texts[-1], *aside))
    choices = _choices(kind, OVERVIEW, turn, desk)
    result = ended(turn, (*texts[:-1], last), choices, _wishes(kind, turn))
    # What goes on with it is known by what stands for its words.
    put_aside = withheld_kind(turn.message.text) is not None
    question = turn.message.text if put_aside else turn.state.question
    return replace(result, state=replace(result.state, question=question))


def gone_on(kind: Kind, turn: Turn, desk: Desk) -> TurnResult:
    """Say what became of words that go on with a complaint or denunciation; none is counted."""
    told = _become_of(kind, turn, desk)
    wishes = tuple(one for one in _wishes(kind, turn) if not isinstance(one, Count))
    return ended(turn, (told,), _choices(kind, "", turn, desk), wishes)


def page(of: str, turn: Turn, desk: Desk) -> TurnResult | None:
    """Tell one page of a way; who opens the way from elsewhere is counted, as who is told it."""
    kind, _, key = of.partition(":")
    if kind not in set(WITHHELD):
        return None
    pages = lawful_way(desk, Kind(kind), turn.today, desk.site)
    found = next((one for one in pages if one.key == key), pages[0])
    counted = () if key else (Count(Kind(kind)),)
    return ended(turn, (found.text,), _choices(Kind(kind), found.key, turn, desk), counted)


def report_asked(_: str, turn: Turn, desk: Desk) -> TurnResult:
    """Say what a report is not, before somebody tells one instead of a complaint."""
    choices = (deed_button(desk, "report"),)
    return ended(turn, (desk.say("complaint_as_report_ask"),), choices)


def offered_beside(told: TurnResult, turn: Turn, desk: Desk) -> TurnResult | None:
    """Offer the lawful way under another answer to who may want it; nothing to anybody else."""
    kind = _perhaps(turn, desk)
    if kind is None or told.outcome not in UNDER or told.wishes or not told.replies:
        return None
    way = lawful_way(desk, kind, turn.today, desk.site)[0]
    *earlier, last = told.replies
    choices = (*last.choices, QuickReply(way.title, opening_value(kind)))
    text = f"{last.text}\n{desk.say(OFFERS[kind])}"
    state = replace(told.state, offered=tuple(one.value for one in choices))
    return replace(
        told, replies=(*earlier, replace(last, text=text, choices=choices)), state=state
    )


def _perhaps(turn: Turn, desk: Desk) -> Kind | None:
    """Give the kind that a message answered otherwise very likely is."""
    marked = withheld_kind(turn.message.text)
    if marked is not None:
        return MARKS[marked]
    if turn.message.kind is not MessageKind.TEXT:
        return None
    seen = desk.recogniser.understand(turn.message.text)
    likely = seen.sure and seen.kind in WITHHELD and seen.withheld >= OFFERED
    return seen.kind if likely else None


def _kind(turn: Turn, desk: Desk) -> Kind | None:
    """Give the kind a message was put aside for, or is beyond doubt."""
    marked = withheld_kind(turn.message.text)
    if marked is not None:
        return MARKS[marked]
    if turn.message.kind is not MessageKind.TEXT:
        return None
    seen = desk.recogniser.understand(turn.message.text)
    # Within a talk about something else only certain words tell.
    told = seen.cued or not turn.state.question
    return seen.kind if told and intent.is_understood(seen, WITHHELD, turn.findings) else None


def _no_files(turn: Turn, desk: Desk) -> TurnResult | None:
    """Refuse what is sent after a warning, unless a report is being written."""
    kind, feedback = warned(turn), turn.state.feedback
    sent = turn.message.kind not in {MessageKind.TEXT, MessageKind.CHOICE}
    if kind is None or feedback is None or feedback.draft is None or not sent:
        return None
    if not feedback.draft.resting:
        return None
    gone: tuple[Wish, ...] = (Discard(feedback.files),) if feedback.files else ()
    choices = _choices(kind, OVERVIEW, turn, desk)
    return ended(turn, (desk.say(NO_FILES[kind]),), choices, (*gone, Keep(feedback.draft)))


def _become_of(kind: Kind, turn: Turn, desk: Desk) -> str:
    """Say what became of the words that were typed; nothing of words that told nothing."""
    if withheld_kind(turn.message.text) is None and turn.aside is None:
        return ""
    if kind is Kind.COMPLAINT:
        return desk.say("complaint_withheld")
    if warned(turn) is not Kind.DENUNCIATION:
        return desk.say("denunciation_counted")
    return desk.say("denunciation_sealed" if _to_seal(turn) else "denunciation_erased")


def _to_seal(turn: Turn) -> str:
    """Give the words for the sealed inbox: typed after the warning, with a reader for them."""
    feedback = turn.state.feedback
    if feedback is None or not feedback.reader_named or warned(turn) is not Kind.DENUNCIATION:
        return ""
    put_aside = turn.aside is not None or feedback.typed != turn.message.text
    return feedback.typed if put_aside else ""


def _wishes(kind: Kind, turn: Turn) -> tuple[Wish, ...]:
    counted: tuple[Wish, ...] = (Count(kind),)
    feedback = turn.state.feedback
    if feedback is None:
        return counted
    words = _to_seal(turn) if kind is Kind.DENUNCIATION else ""
    sealed: tuple[Wish, ...] = (Seal(words),) if words else ()
    gone: tuple[Wish, ...] = (Discard(feedback.files),) if _sent(turn, feedback) else ()
    return (*counted, *sealed, *gone, Keep(_warned_draft(kind, turn, feedback)))


def _sent(turn: Turn, feedback: Feedback) -> bool:
    return bool(feedback.files) and turn.message.kind is not MessageKind.TEXT


def _warned_draft(kind: Kind, turn: Turn, feedback: Feedback) -> Draft:
    draft = feedback.draft or new_draft(turn, feedback, Step.WARNED)
    return replace(draft, resting=True, warned=kind, warned_at=turn.now)


def _choices(kind: Kind, at: str, turn: Turn, desk: Desk) -> tuple[QuickReply, ...]:
    pages = lawful_way(desk, kind, turn.today, desk.site)
    others = [QuickReply(one.title, way_value(kind, one.key)) for one in pages if one.key != at]
    known = turn.state.feedback is not None
    if known and kind is Kind.COMPLAINT:
        others.append(deed_button(desk, "report_ask"))
    if known:
        others.append(deed_button(desk, "not_one"))
    return tuple(others)
