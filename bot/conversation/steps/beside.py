"""Something else in between: what answers no question that stands; a draft that rests."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.conversation.decide import Verdict, decide
from bot.conversation.desk import Desk, Turn
from bot.conversation.filing.hearing import OPEN, label_said
from bot.conversation.filing.replying import heard_here, live
from bot.conversation.filing.talk import Step, Talk
from bot.conversation.news_words import says
from bot.conversation.steps import command, intent
from bot.conversation.turn import TurnResult
from bot.feedback.kinds import HANDLED, Kind
from bot.feedback.wishes import Keep, Miss
from knowledge.search import Findings

# What is said in passing and answers no question.
PASSING: Final = ("hello", "thanks", "who", "sending", "erase", "weary")
ASKED: Final = ("office", "hours", "day", "case_status")


def something_else(turn: Turn, desk: Desk, talk: Talk) -> bool:
    """Tell whether a message is about something else than the question that stands."""
    if label_said(turn, talk):
        return False
    said = " ".join(turn.words)
    if not said or said in command.START_WORDS or said in command.HELP_WORDS:
        return True
    news = (desk.news_words.clear, desk.news_words.back)
    if any(says(known, turn.said.text) for known in news) or desk.intents.has("news", turn.said):
        return True
    if desk.intents.has("person", turn.said) or desk.intents.first(PASSING, turn.said):
        return True
    return _asks(turn, desk, talk)


def _asks(turn: Turn, desk: Desk, talk: Talk) -> bool:
    """Tell whether it is a clear question, which is answered; the draft is kept."""
    seen = desk.recogniser.understand(turn.message.text)
    if turn.findings is None or seen.kind in HANDLED:
        return False
    # Where a press is awaited a procedure that is spelled out needs no question mark.
    if talk.draft.step not in OPEN and intent.names_a_procedure(turn.findings):
        return True
    if seen.kind is not Kind.QUESTION:
        return False
    about_us = bool(desk.intents.first(ASKED, turn.said)) and talk.draft.step != Step.WHAT
    return about_us or is_answered(turn.findings)


def is_answered(findings: Findings) -> bool:
    """Tell whether a question has one clear answer."""
    return intent.names_a_procedure(findings) or decide(findings).verdict is Verdict.SURE


def with_aside(told: TurnResult, desk: Desk) -> TurnResult:
    """Add how to go on with the draft."""
    *earlier, last = told.replies
    text = f"{last.text}\n{desk.say('feedback_aside')}"
    return replace(told, replies=(*earlier, replace(last, text=text)))


def set_aside(told: TurnResult, turn: Turn, desk: Desk) -> TurnResult:
    """Let a draft rest when something else was answered, and say how to go on with it."""
    draft = live(turn)
    if draft is None or not told.replies or heard_here(turn, desk) is None:
        return told
    if any(not isinstance(wish, Miss) for wish in told.wishes):
        return told
    rests = Keep(replace(draft, resting=True))
    return replace(with_aside(told, desk), wishes=(*told.wishes, rests))
