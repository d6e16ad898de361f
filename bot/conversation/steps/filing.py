"""An open draft: what is said answers the question that stands, unless it is something else."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.desk import Desk, Turn
from bot.conversation.filing import flow
from bot.conversation.filing.hearing import NEVER_KEPT, OPEN, said_of, words_of
from bot.conversation.filing.replying import result, talk_of
from bot.conversation.filing.talk import Step, Talk
from bot.conversation.steps import command, feedback, intent, ways
from bot.conversation.steps.beside import something_else, with_aside
from bot.conversation.turn import TurnResult
from bot.feedback.wishes import Keep
from bot.messages import MessageKind


def filing(turn: Turn, desk: Desk) -> TurnResult | None:
    """Take a message as the answer to the question that stands."""
    talk = talk_of(turn, desk)
    if talk is None:
        return None
    if talk.draft.resting:
        going_on = desk.filing_words.says("resume", turn.words)
        return feedback.resume("", turn, desk) if going_on else None
    if turn.message.kind is MessageKind.CHOICE:
        return None
    if not _answers(turn, desk, talk) and (told := intent.emergency(turn, desk)):
        return _in_danger(told, turn, talk)
    if turn.message.kind is not MessageKind.TEXT:
        return sent(turn, talk)
    return _steered(turn, talk) or (
        None if something_else(turn, desk, talk) else told_at(turn, talk)
    )


def _answers(turn: Turn, desk: Desk, talk: Talk) -> bool:
    """Tell whether words that might be a plea elsewhere only answer the question that stands.

    “Đừng gọi” says whether to be called, “tối nào cũng vậy” since when.
    """
    if desk.short_answers.heard(turn.said.text, talk.draft.step) is not None:
        return True
    short = len(turn.words) < intent.A_CRY and not intent.cries(turn, desk)
    return short and talk.draft.step in OPEN


def told_at(turn: Turn, talk: Talk) -> TurnResult:
    """Take what is said or pressed at the question that stands."""
    if _shows_an_identity(turn, talk):
        told = flow.Told(
            texts=(talk.desk.say("feedback_identity_number"),),
            choices=flow.choices(talk),
            wishes=(Keep(talk.draft),),
        )
        return result(told, turn)
    told = flow.heard(talk, said_of(turn, talk, command.ordinal(turn.words)))
    if told.warned:
        return ways.shown(told.warned, turn, talk.desk)
    return result(told, turn)


def _shows_an_identity(turn: Turn, talk: Talk) -> bool:
    """Tell whether a number nobody asks for stands where a name or a telephone was asked for."""
    asked = {Step.NAME, Step.PHONE, Step.ADDRESS}
    return talk.draft.step in asked and not NEVER_KEPT.isdisjoint(turn.message.masked)


def _steered(turn: Turn, talk: Talk) -> TurnResult | None:
    """Go back, give up, or calm down, whatever is asked."""
    words = talk.desk.filing_words
    if words.says("back", turn.words):
        told = flow.back(talk)
        return result(told, turn) if told else command.menu(turn, talk.desk)
    unsent = words.says("unsent", turn.words) and talk.draft.step != Step.PHOTO
    if unsent or words.says("cancel", turn.words):
        return result(flow.left(talk), turn)
    if words.says("resume", turn.words):
        return result(flow.resumed(talk), turn)
    if talk.draft.words and intent.is_rude(turn, talk.desk):
        return result(flow.asked(talk, talk.desk.say("feedback_calm")), turn)
    return None


def _in_danger(told: TurnResult, turn: Turn, talk: Talk) -> TurnResult:
    """Put danger first; what was told stays in the draft, which rests."""
    draft = replace(talk.draft, resting=True)
    if draft.step == Step.WHAT and not turn.message.masked:
        draft = replace(draft, words=words_of(turn), urgent=True)
    return replace(with_aside(told, talk.desk), wishes=(Keep(draft),))


def sent(turn: Turn, talk: Talk) -> TurnResult:
    """Take photos and places; anything else cannot be read, and the question stands."""
    said = said_of(turn, talk, None)
    if not said.files and said.position is None:
        return result(flow.asked(talk, talk.desk.say("feedback_unread")), turn)
    return result(flow.heard(talk, said), turn)
