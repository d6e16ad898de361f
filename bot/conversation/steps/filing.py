"""An open draft: what is said answers the question that stands, unless it is something else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from bot.conversation.decide import Verdict, decide
from bot.conversation.desk import Desk, Turn
from bot.conversation.filing import flow
from bot.conversation.filing.hearing import NEVER_KEPT, OPEN, SENT, said_of, words_of
from bot.conversation.filing.offers import taken
from bot.conversation.filing.presses import Press, deed_of, mark_of, press_of
from bot.conversation.filing.replying import ended, heard_here, live, new_draft, result, talk_of
from bot.conversation.filing.talk import Step, Talk
from bot.conversation.news_words import says
from bot.conversation.steps import command, feedback, intent, lookup, own_data, ways
from bot.conversation.turn import TurnResult
from bot.feedback import presses
from bot.feedback.kinds import HANDLED, Kind
from bot.feedback.reference import shown as shown_reference
from bot.feedback.wishes import Keep, Miss
from bot.messages import MessageKind
from knowledge.search import Findings

Deed = Callable[[str, Turn, Desk], TurnResult | None]
DEEDS: Final[Mapping[str, Deed]] = {
    "open": feedback.opened,
    "begin": feedback.begin,
    "this": feedback.begin,
    "kinds": feedback.kinds,
    "leave": feedback.leave,
    "resume": feedback.resume,
    "drop": feedback.drop,
    "report": feedback.report,
    "report_ask": ways.report_asked,
    "not_one": feedback.opened,
    "way": ways.page,
    "lookup": lookup.inquired,
    "mine": lookup.mine,
    "export": own_data.export,
    "paper": own_data.paper,
    "erase": own_data.erase,
}
# What is said in passing and answers no question.
PASSING: Final = ("hello", "thanks", "who", "sending", "erase", "weary")
ASKED: Final = ("office", "hours", "day", "case_status")


def pressed(turn: Turn, desk: Desk) -> TurnResult | None:
    """Do what a button of feedback says, pressed or chosen by its number, old or new."""
    value = command.chosen(turn) or taken(turn, desk)
    if press := press_of(value):
        # “Ba” may be somebody's name, “hai” a part of an answer.
        if turn.message.kind is MessageKind.TEXT and not _is_number(turn) and press.step in OPEN:
            return None
        return _of_draft(press, turn, desk)
    deed = deed_of(value)
    if deed is None:
        return _of_case(value, turn, desk)
    name, of = deed
    known = DEEDS.get(name)
    return known(of, turn, desk) if known else lookup.acted(name, of, turn, desk)


def _of_case(value: str, turn: Turn, desk: Desk) -> TurnResult | None:
    """Do what a button under something told of a case says."""
    if level := presses.rated(value):
        return lookup.rated(*level, turn, desk)
    if (case := presses.reopened(value)) is not None:
        return lookup.acted("reopen", str(case), turn, desk)
    said = presses.published(value)
    return lookup.published(*said, turn, desk) if said else None


def _is_number(turn: Turn) -> bool:
    return "".join(turn.words).isdecimal()


def _of_draft(press: Press, turn: Turn, desk: Desk) -> TurnResult:
    """Take a press at the question that stands; one of an old message changes nothing."""
    talk = talk_of(turn, desk)
    if talk is None or mark_of(talk.draft.reference) != press.mark:
        return _old_press(press, turn, desk, talk)
    if talk.draft.step != press.step:
        return result(flow.resumed(talk), turn)
    choice = replace(turn.message, kind=MessageKind.CHOICE, text=_value(press))
    awake = replace(talk, draft=replace(talk.draft, resting=False))
    return _told(replace(turn, message=choice), awake)


def _value(press: Press) -> str:
    return f"d:{press.mark}:{press.step}:{press.choice}"


def _old_press(press: Press, turn: Turn, desk: Desk, talk: Talk | None) -> TurnResult:
    known = turn.state.feedback
    sent = [one for one in known.cases if mark_of(one.reference) == press.mark] if known else []
    wishes = (Keep(talk.draft),) if talk else ()
    if sent:
        reference = shown_reference(sent[0].reference)
        told = desk.say("feedback_already_sent", reference=reference)
        return ended(turn, (told,), wishes=wishes)
    return ended(turn, (desk.say("feedback_old_press"),), wishes=wishes)


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
        return _sent(turn, talk)
    return _steered(turn, talk) or (
        None if _something_else(turn, desk, talk) else _told(turn, talk)
    )


def _answers(turn: Turn, desk: Desk, talk: Talk) -> bool:
    """Tell whether words that might be a plea elsewhere only answer the question that stands.

    “Đừng gọi” says whether to be called, “tối nào cũng vậy” since when.
    """
    if desk.short_answers.heard(turn.said.text, talk.draft.step) is not None:
        return True
    short = len(turn.words) < intent.A_CRY and not intent.cries(turn, desk)
    return short and talk.draft.step in OPEN


def _told(turn: Turn, talk: Talk) -> TurnResult:
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
    return replace(_with_aside(told, talk.desk), wishes=(Keep(draft),))


def _sent(turn: Turn, talk: Talk) -> TurnResult | None:
    """Take photos and places; of anything else it is said that it cannot be read."""
    said = said_of(turn, talk, None)
    if not said.files and said.position is None:
        return None
    return result(flow.heard(talk, said), turn)


def _something_else(turn: Turn, desk: Desk, talk: Talk) -> bool:
    """Tell whether a message is about something else than the question that stands."""
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
    return about_us or _is_answered(turn.findings)


def _is_answered(findings: Findings) -> bool:
    return intent.names_a_procedure(findings) or decide(findings).verdict is Verdict.SURE


def _with_aside(told: TurnResult, desk: Desk) -> TurnResult:
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
    return replace(_with_aside(told, desk), wishes=(*told.wishes, rests))


def _answers_nothing(turn: Turn, desk: Desk, talk: Talk) -> bool:
    """Tell whether a message can be no answer to an office's question."""
    if desk.filing_words.first(turn.words) or command.chosen(turn):
        return True
    asks = turn.findings is not None and _is_answered(turn.findings)
    return asks or _something_else(turn, desk, talk) or intent.emergency(turn, desk) is not None


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
        return _sent(turn, talk)
    held = replace(draft, words=words_of(turn))
    return result(flow.asked(replace(talk, draft=held)), turn)
