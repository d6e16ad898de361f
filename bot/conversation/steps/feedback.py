"""Feedback is recognised from free words or begun from the menu; what rests is gone on with."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.conversation.desk import Desk, Turn, plain
from bot.conversation.filing.filed import too_many
from bot.conversation.filing.flow import begun, resumed
from bot.conversation.filing.hearing import SENT, words_of
from bot.conversation.filing.learning import learned, regime, repeated, told_again
from bot.conversation.filing.photos import added
from bot.conversation.filing.presses import deed_button
from bot.conversation.filing.replying import (
    begun_with,
    ended,
    heard_here,
    left,
    new_draft,
    result,
    talk_of,
)
from bot.conversation.filing.talk import Step, Talk
from bot.conversation.outcomes import Outcome
from bot.conversation.recognising import Understood
from bot.conversation.steps.intent import A_CRY, is_loud, is_understood
from bot.conversation.turn import TurnResult
from bot.feedback.drafts import Draft
from bot.feedback.kinds import HANDLED, Kind
from bot.feedback.views import Feedback
from bot.feedback.wishes import Discard, Drop, Keep, Wish
from bot.messages import MessageKind

OF_THE_OFFICE: Final = ("office", "hours", "reception")
# Under what a matter that may be feedback is offered to be filed, and with which sentence.
UNDER: Final = {
    Outcome.UNANSWERED: "feedback_offer_beside_answer",
    Outcome.OUT_OF_SCOPE: "feedback_offer_beside_answer",
    Outcome.CHOICES: "feedback_offer_beside_answer",
    Outcome.ANSWERED: "feedback_offer_beside_answer",
    Outcome.EMERGENCY: "feedback_after_emergency",
}
# How likely something is meant for the office; see benchmarks/feedback_first.py.
MAYBE: Final = 0.6
# The same where a procedure was found for sure.
CLEARLY: Final = 0.9


def recognised(turn: Turn, desk: Desk) -> TurnResult | None:
    """Show what free words are taken for, and why; nothing is taken in before a press."""
    if turn.message.kind is not MessageKind.TEXT:
        return None
    if desk.filing_words.says("open", turn.words):
        return opened("", turn, desk)
    return _recognised(turn, desk)


def pictured(turn: Turn, desk: Desk) -> TurnResult | None:
    """Take a photo with what stands under it; of who sends one without a word nothing is kept."""
    if turn.message.kind not in SENT or heard_here(turn, desk) is None:
        return None
    told = _recognised(turn, desk) if turn.message.text.strip() else None
    return told or _alone(turn, desk)


def _recognised(turn: Turn, desk: Desk) -> TurnResult | None:
    seen = desk.recogniser.understand(turn.message.text)
    # Within a talk about something else only certain words tell.
    told = seen.cued or not (turn.state.question or turn.aside or _asks_for_us(turn, desk))
    if not told or not is_understood(seen, HANDLED, turn.findings):
        return None
    feedback = heard_here(turn, desk)
    return _taken_for(seen, turn, desk, feedback) if feedback else switched_off(turn, desk)


def _asks_for_us(turn: Turn, desk: Desk) -> bool:
    """Tell whether a few words ask for the office itself: its number, its hours."""
    return len(turn.words) < A_CRY and bool(desk.intents.first(OF_THE_OFFICE, turn.said))


def _taken_for(seen: Understood, turn: Turn, desk: Desk, feedback: Feedback) -> TurnResult:
    if feedback.draft is not None and begun_with(feedback.draft):
        return left(turn, desk, feedback.draft)
    draft = _draft_of(seen, turn, feedback)
    talk = Talk(
        desk=desk,
        feedback=feedback,
        draft=draft,
        channel=turn.message.address.channel,
        now=turn.now,
    )
    if refusal := _refused(talk, draft.words):
        return ended(turn, (refusal,))
    whole = learned(talk, draft, draft.words)
    told = regime(whole)
    guess = desk.say("feedback_recognised", kind=told.label, reason=seen.reason or told.reason)
    first = whole.urgent or (not seen.cued and is_loud(turn, desk))
    text = f"{desk.say('feedback_danger_first')}\n{guess}" if first else guess
    buttons = tuple(deed_button(desk, deed) for deed in ("begin", "kinds", "leave"))
    return ended(turn, (text,), buttons, (Keep(whole),))


def _draft_of(seen: Understood, turn: Turn, feedback: Feedback) -> Draft:
    before = feedback.draft
    draft = new_draft(
        turn,
        feedback,
        Step.NOTICE,
        kind=seen.kind,
        topic=seen.topic,
        urgent=seen.urgent,
        words=words_of(turn),
        resting=True,
        warned=before.warned if before else None,
        warned_at=before.warned_at if before else None,
    )
    return added(draft, feedback.files)[0] if turn.message.kind in SENT else draft


def _refused(talk: Talk, words: str) -> str:
    """Say why nothing new is taken: too much in a day, or the same once more."""
    if too_many(talk.feedback):
        return talk.desk.say("feedback_too_many", count=str(talk.feedback.today))
    same = repeated(talk, words) if words else None
    if same is None:
        return ""
    again = told_again(talk, same)
    return talk.desk.say(again.key, **again.gaps)


def opened(_: str, turn: Turn, desk: Desk) -> TurnResult:
    """Begin with the choice of a kind; who has something unfinished is asked about it first."""
    feedback = heard_here(turn, desk)
    if feedback is None:
        return switched_off(turn, desk)
    if feedback.draft is not None and begun_with(feedback.draft):
        return left(turn, desk, feedback.draft)
    return _anew(turn, desk, feedback)


def _anew(turn: Turn, desk: Desk, feedback: Feedback, kind: Kind | None = None) -> TurnResult:
    before = feedback.draft
    draft = new_draft(
        turn,
        feedback,
        Step.CHOOSE_KIND,
        kind=kind,
        warned=before.warned if before else None,
        warned_at=before.warned_at if before else None,
    )
    talk = talk_of(turn, desk, draft)
    if talk is None:
        return switched_off(turn, desk)
    if refusal := _refused(talk, ""):
        return ended(turn, (refusal,))
    return result(begun(talk), turn)


def begin(_: str, turn: Turn, desk: Desk) -> TurnResult:
    """Go on with what was recognised."""
    talk = talk_of(turn, desk)
    return result(resumed(talk), turn) if talk else opened("", turn, desk)


def kinds(_: str, turn: Turn, desk: Desk) -> TurnResult:
    """Let another kind be chosen for what was recognised."""
    talk = talk_of(turn, desk)
    if talk is None or talk.draft.case is not None:
        return opened("", turn, desk)
    anew = replace(talk.draft, kind=None, topic="", resting=False, asked=())
    return result(resumed(replace(talk, draft=anew)), turn)


def leave(_: str, turn: Turn, desk: Desk) -> TurnResult:
    """Forget what was recognised, or is being written."""
    return ended(turn, (desk.say("feedback_cancelled"),), wishes=(Drop(),))


def resume(_: str, turn: Turn, desk: Desk) -> TurnResult:
    """Go on with the draft that rests."""
    talk = talk_of(turn, desk)
    if talk is None or talk.draft.step == Step.WARNED:
        return opened("", turn, desk)
    return result(resumed(talk), turn)


def drop(_: str, turn: Turn, desk: Desk) -> TurnResult:
    """Forget the draft and begin anew."""
    feedback = heard_here(turn, desk)
    if feedback is None:
        return switched_off(turn, desk)
    anew = _anew(turn, desk, replace(feedback, draft=None))
    return replace(anew, wishes=(Drop(), *anew.wishes))


def report(_: str, turn: Turn, desk: Desk) -> TurnResult:
    """Begin a report instead of a complaint: it is told anew, in the citizen's own words."""
    feedback = heard_here(turn, desk)
    if feedback is None:
        return switched_off(turn, desk)
    if feedback.draft is not None and begun_with(feedback.draft):
        return left(turn, desk, feedback.draft)
    return _anew(turn, desk, feedback, Kind.REPORT)


def switched_off(turn: Turn, desk: Desk) -> TurnResult:
    """Say where feedback goes instead; nothing is taken here."""
    return plain(Outcome.FEEDBACK, desk.say("feedback_switched_off"), turn)


def _alone(turn: Turn, desk: Desk) -> TurnResult | None:
    """Say when photos are taken, and erase what came."""
    feedback = heard_here(turn, desk)
    if feedback is None or not feedback.files:
        return None
    kept = feedback.draft.files if feedback.draft else ()
    gone: tuple[Wish, ...] = (Discard(tuple(set(feedback.files) - set(kept))),)
    buttons = (deed_button(desk, "resume" if begun_with(feedback.draft) else "open"),)
    return ended(turn, (desk.say("feedback_photo_only_now"),), buttons, gone)


def offered_beside(told: TurnResult, turn: Turn, desk: Desk) -> TurnResult:
    """Offer to file what may be feedback, under what was said: a guess or a way on."""
    feedback = heard_here(turn, desk)
    if feedback is None or told.wishes or not told.replies or told.outcome not in UNDER:
        return told
    # What may go on with a denunciation is kept in no draft.
    if turn.message.kind is not MessageKind.TEXT or turn.aside:
        return told
    seen = desk.recogniser.understand(turn.message.text)
    if not _may_be_meant(seen, told.outcome):
        return told
    whole = seen.kind in HANDLED and seen.handled >= MAYBE and not _is_busy(feedback)
    deed = deed_button(desk, "this" if whole else "open")
    *earlier, last = told.replies
    choices = (*last.choices, deed)
    text = f"{last.text}\n{desk.say(UNDER[told.outcome])}"
    state = replace(told.state, offered=tuple(one.value for one in choices))
    replies = (*earlier, replace(last, text=text, choices=choices))
    wishes = (Keep(_draft_of(seen, turn, feedback)),) if whole else ()
    return replace(told, replies=replies, state=state, wishes=wishes)


def _may_be_meant(seen: Understood, answered: Outcome) -> bool:
    """Tell whether a message may be meant for the office although it was ``answered``."""
    if answered is Outcome.ANSWERED:
        return seen.handled >= CLEARLY
    return seen.kind in HANDLED or seen.handled + seen.withheld >= MAYBE


def _is_busy(feedback: Feedback) -> bool:
    """Tell whether something is being written that a guess must not take the place of."""
    draft = feedback.draft
    return begun_with(draft) or (draft is not None and not draft.resting)
