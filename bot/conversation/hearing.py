"""A message made into a turn: what is remembered of before, what was said, what it may mean."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from bot.conversation.desk import Desk, Turn
from bot.conversation.turn import ConversationState
from bot.conversation.withholding import put_aside
from bot.messages import IncomingMessage, MessageKind
from bot.privacy import unmasked_part
from knowledge.reading import Reading
from knowledge.text import Tokens, tokens

MEMORY: Final = timedelta(minutes=30)


def remembered(state: ConversationState, now: datetime) -> ConversationState:
    """Give what counts of ``state``: after a while little does."""
    if state.spoken_at is None or now - state.spoken_at <= MEMORY:
        return state
    return ConversationState(
        spoken_at=state.spoken_at,
        awaits=state.awaits,
        news=state.news,
        presented=state.presented,
        feedback=state.feedback,
    )


def last_offered(state: ConversationState) -> ConversationState:
    """Let a number count what was offered by the message read last, whoever said it and when.

    While a question of a draft stands, a number is the answer to it.
    """
    feedback = state.feedback
    if feedback is None or not feedback.offered:
        return state
    asked = feedback.draft is not None and not feedback.draft.resting
    return state if asked else replace(state, offered=feedback.offered)


def turn_of(desk: Desk, message: IncomingMessage, state: ConversationState, now: datetime) -> Turn:
    """Hear a message after ``state``, and look up what a text may mean."""
    findings = None
    told = unmasked_part(message.text)
    if message.kind is MessageKind.TEXT:
        findings = desk.ask(message.text)
    # Who sent personal data alone, whatever signs between, did say something: no empty message.
    beside = tokens(told)
    said = desk.intents.hear(beside if beside.words else tokens(message.text))
    meant = desk.intents.hear(_written_out(findings.reading)) if findings else said
    return Turn(
        message=message,
        state=state,
        now=now,
        said=said,
        meant=meant,
        findings=findings,
        aside=put_aside(state.question),
    )


def without_mark(turn: Turn) -> Turn:
    """Give a turn to the steps: what stands for words put aside is no question of before."""
    return replace(turn, state=replace(turn.state, question="")) if turn.aside else turn


def _written_out(reading: Reading) -> Tokens:
    return Tokens(reading.words, reading.keys, reading.marked)
