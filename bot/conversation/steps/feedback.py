"""Feedback is recognised from free words or begun from the menu; what rests is gone on with."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.conversation.desk import Desk, Turn, plain
from bot.conversation.filing.filed import too_many
from bot.conversation.filing.flow import begun, resumed
from bot.conversation.filing.hearing import SENT, words_of
from bot.conversation.filing.matter import learned, regime, repeated, told_again
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
from bot.conversation.steps.intent import is_understood
from bot.conversation.turn import TurnResult
from bot.feedback.drafts import Draft
from bot.feedback.kinds import HANDLED, Kind
from bot.feedback.views import Feedback
from bot.feedback.wishes import Discard, Drop, Keep, Wish
from bot.messages import MessageKind

# Who is told nothing else is offered to have a matter that may be feedback filed.
NOT_ANSWERED: Final = frozenset({Outcome.UNANSWERED, Outcome.OUT_OF_SCOPE})


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
    told = seen.cued or not turn.state.question
    if not told or not is_understood(seen, HANDLED, turn.findings):
        return None
    feedback = heard_here(turn, desk)
    return _taken_for(seen, turn, desk, feedback) if feedback else switched_off(turn, desk)


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
    text = desk.say("feedback_recognised", kind=told.label, reason=seen.reason or told.reason)
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
    """Offer to file what was not answered and may be feedback, under what was said."""
    if told.outcome not in NOT_ANSWERED or told.wishes or heard_here(turn, desk) is None:
        return told
    if turn.message.kind is not MessageKind.TEXT or not told.replies:
        return told
    seen = desk.recogniser.understand(turn.message.text)
    if seen.kind not in HANDLED:
        return told
    *earlier, last = told.replies
    choices = (*last.choices, deed_button(desk, "open"))
    text = f"{last.text}\n{desk.say('feedback_offer_beside_answer')}"
    state = replace(told.state, offered=tuple(one.value for one in choices))
    return replace(
        told, replies=(*earlier, replace(last, text=text, choices=choices)), state=state
    )
