"""From a turn to the talk about its draft, and from what is told back to the turn's result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final

from bot.clock import VIETNAM
from bot.conversation.desk import Desk, Turn
from bot.conversation.filing.answers import shown
from bot.conversation.filing.flow import Told
from bot.conversation.filing.presses import deed_button
from bot.conversation.filing.talk import Step, Talk
from bot.conversation.outcomes import Outcome
from bot.conversation.phrasing import shortened
from bot.conversation.sides import vietnamese_date
from bot.conversation.turn import TurnResult
from bot.feedback.drafts import Draft
from bot.feedback.kinds import Kind
from bot.feedback.views import Feedback
from bot.feedback.wishes import Keep, Wish
from bot.messages import ChannelName, QuickReply, Reply, Wanted
from bot.officials.office_rules import OFF

# A warning before which way is meant counts so long.
WARNED_FOR: Final = timedelta(days=1)
MOST_OF_A_DRAFT: Final = 60
# The chat page has buttons for photo and place, Zalo a card for who somebody is; elsewhere they
# are sent as ever.
WANTS: Final[Mapping[str, tuple[Wanted, ...]]] = {
    Step.WHAT: (Wanted.PHOTO,),
    Step.PLACE: (Wanted.PLACE,),
    Step.PHOTO: (Wanted.PHOTO,),
    Step.NAME: (Wanted.CONTACT,),
    Step.ADDING: (Wanted.PHOTO,),
    Step.ANSWERING: (Wanted.PHOTO,),
}


def heard_here(turn: Turn, desk: Desk) -> Feedback | None:
    """Give what is known of feedback where the office takes it; nothing where it does not."""
    telegram = turn.message.address.channel is ChannelName.TELEGRAM
    off = telegram and desk.standing.rules.feedback_telegram == OFF
    return None if desk.office is None or off else turn.state.feedback


def talk_of(turn: Turn, desk: Desk, draft: Draft | None = None) -> Talk | None:
    """Give the talk about the open draft, or about ``draft``; nothing where there is none."""
    known = turn.state.feedback
    told = draft or (known.draft if known else None)
    # Who wants to be forgotten is heard where no feedback is taken, too.
    feedback = known if told and told.step == Step.ERASING else heard_here(turn, desk)
    if feedback is None or told is None:
        return None
    channel = turn.message.address.channel
    return Talk(desk=desk, feedback=feedback, draft=told, channel=channel, now=turn.now)


def new_draft(turn: Turn, feedback: Feedback, step: Step, **told: object) -> Draft:
    """Give a draft that begins now."""
    begun = Draft(step=step, reference=feedback.reserved, begun_at=turn.now)
    return replace(begun, **told)  # type: ignore[arg-type]


def result(told: Told, turn: Turn) -> TurnResult:
    """End a turn with what a draft leads to."""
    return ended(turn, told.texts, told.choices, told.wishes)


def ended(
    turn: Turn,
    texts: tuple[str, ...],
    choices: tuple[QuickReply, ...] = (),
    wishes: tuple[Wish, ...] = (),
) -> TurnResult:
    """End a turn about feedback; a number typed next is one of ``choices``.

    Without ``texts`` nothing is said: what is wished speaks for itself.
    """
    replies = tuple(Reply(text) for text in texts)
    if replies:
        asks = Reply(texts[-1], choices, wants=_wanted(wishes))
        replies = (*replies[:-1], asks)
    state = replace(turn.state, offered=tuple(one.value for one in choices))
    return TurnResult(outcome=Outcome.FEEDBACK, replies=replies, state=state, wishes=wishes)


def _wanted(wishes: Sequence[Wish]) -> tuple[Wanted, ...]:
    """Give what the question of the draft that is kept may be answered by beside words."""
    kept = [wish.draft for wish in wishes if isinstance(wish, Keep) and not wish.draft.resting]
    return next((WANTS[draft.step] for draft in kept if draft.step in WANTS), ())


def live(turn: Turn) -> Draft | None:
    """Give the draft whose question stands; one that rests is none."""
    feedback = turn.state.feedback
    draft = feedback.draft if feedback else None
    return None if draft is None or draft.resting else draft


def begun_with(draft: Draft | None) -> bool:
    """Tell whether anything was told that would be lost with a draft."""
    told = draft is not None and draft.case is None and bool(draft.consent)
    return told and draft is not None and bool(draft.words or draft.files)


def left(turn: Turn, desk: Desk, draft: Draft) -> TurnResult:
    """Tell of the draft that rests, and ask whether it goes on."""
    day = vietnamese_date(draft.begun_at.astimezone(VIETNAM).date())
    short = shortened(shown(draft.words).replace("\n", " "), MOST_OF_A_DRAFT) or "…"
    text = desk.say("feedback_left", day=day, short=short)
    choices = tuple(deed_button(desk, deed) for deed in ("resume", "drop"))
    return ended(turn, (text,), choices, (Keep(replace(draft, resting=True)),))


def warned(turn: Turn) -> Kind | None:
    """Give the kind whose lawful way was told within the last day."""
    feedback = turn.state.feedback
    draft = feedback.draft if feedback else None
    if draft is None or draft.warned_at is None or turn.now - draft.warned_at > WARNED_FOR:
        return None
    return draft.warned
