"""Words to what an office asked of an own case, taken as the answer after a press."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.desk import Desk, Turn
from bot.conversation.filing import flow
from bot.conversation.filing.hearing import SENT, words_of
from bot.conversation.filing.replying import heard_here, new_draft, result, talk_of
from bot.conversation.filing.talk import Step, Talk
from bot.conversation.steps import command, intent
from bot.conversation.steps.beside import is_answered, something_else
from bot.conversation.steps.filing import sent
from bot.conversation.turn import TurnResult
from bot.messages import MessageKind


def _answers_nothing(turn: Turn, desk: Desk, talk: Talk) -> bool:
    """Tell whether a message can be no answer to an office's question."""
    if desk.filing_words.first(turn.words) or command.chosen(turn):
        return True
    asks = turn.findings is not None and is_answered(turn.findings)
    return asks or something_else(turn, desk, talk) or intent.emergency(turn, desk) is not None


def answering(turn: Turn, desk: Desk) -> TurnResult | None:
    """Ask whether words are the answer to what the office asked of an own case."""
    known = heard_here(turn, desk)
    if known is None or (known.draft is not None and known.draft.words):
        return None
    waiting = [one for one in known.cases if one.own and one.question]
    said = turn.message.kind is MessageKind.TEXT or (turn.message.kind in SENT and known.files)
    if not waiting or not said:
        return None
    step = Step.ANSWERING
    draft = new_draft(turn, known, step, case=waiting[0].id, asked=(step,))
    talk = talk_of(turn, desk, draft)
    if talk is None or _answers_nothing(turn, desk, talk):
        return None
    if turn.message.kind in SENT:
        return sent(turn, talk)
    held = replace(draft, words=words_of(turn))
    return result(flow.asked(replace(talk, draft=held)), turn)
