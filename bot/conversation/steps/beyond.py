"""A number no card states is asked for: say so and whom to ask, never show another number."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.conversation.desk import EVERYDAY_CONCEPTS, Desk, Turn, plain, show_procedure
from bot.conversation.outcomes import Aspect, Outcome
from bot.conversation.steps import topic
from bot.conversation.steps.fallback import out_of_scope
from bot.conversation.turn import TurnResult
from bot.conversation.unmet import left_open

LONG_STORY: Final = 30
A_SHORT_QUESTION: Final = 8
NUMBERS: Final = frozenset({Aspect.FEE, Aspect.TIME, Aspect.RESULT})


def beyond(turn: Turn, desk: Desk) -> TurnResult | None:
    """Answer "bị phạt bao nhiêu", "thuế mấy phần trăm", "dùng được mấy năm"."""
    if turn.findings is None or len(turn.words) > LONG_STORY:
        return None
    kind = desk.asked.kind_of(turn.said, turn.meant)
    if not kind or (not _is_of_the_talk(turn) and out_of_scope(turn, desk)):
        return None
    words = desk.say(f"asks_{kind}")
    side = desk.asked.table[kind].side
    if side is not None:
        return _side(turn, desk, side) or plain(Outcome.UNANSWERED, words, turn)
    found = _found(turn, desk)
    if found is None or found.outcome is Outcome.OUT_OF_SCOPE:
        return left_open(f"{words}\n{desk.contact()}", turn, desk)
    if found.outcome is Outcome.CHOICES or (found.procedure and _asks_more(turn)):
        return _with_words_before(found, words)
    return _in_place_of_the_card(found, kind, turn, desk) if found.procedure else found


def _side(turn: Turn, desk: Desk, side: Aspect) -> TurnResult | None:
    code, question = turn.state.procedure, turn.state.question
    return show_procedure(desk, turn, code, side, question) if code else None


def _found(turn: Turn, desk: Desk) -> TurnResult | None:
    talked_about = _side(turn, desk, Aspect.OVERVIEW) if _is_of_the_talk(turn) else None
    return talked_about or topic.refinement(turn, desk) or topic.topic(turn, desk)


def _is_of_the_talk(turn: Turn) -> bool:
    """Tell whether a short question names no matter beside the one talked about."""
    if not turn.state.procedure or turn.findings is None or len(turn.words) > A_SHORT_QUESTION:
        return False
    told = {span.label for span in turn.findings.reading.concepts}
    return topic.says_little(turn) or told <= EVERYDAY_CONCEPTS


def _asks_more(turn: Turn) -> bool:
    """Tell whether another side is asked for beside, which the card does answer."""
    sides = turn.findings.reading.aspects if turn.findings else ()
    return any(side not in NUMBERS for side in sides)


def _with_words_before(found: TurnResult, words: str) -> TurnResult:
    first, *others = found.replies
    return replace(found, replies=(replace(first, text=f"{words}\n{first.text}"), *others))


def _in_place_of_the_card(found: TurnResult, kind: str, turn: Turn, desk: Desk) -> TurnResult:
    procedure = desk.knowledge.procedure(found.procedure)
    question = desk.asked.table[kind]
    known = desk.card.sentences(procedure, question.cues, today=turn.today)
    lines = [*([] if known and question.settled else [desk.say(f"asks_{kind}")]), *known]
    # What stands on no card has no source to name.
    text = desk.card.around(procedure, lines, foot="" if known else desk.contact())
    shown = show_procedure(desk, turn, found.procedure, Aspect.OVERVIEW, found.state.question)
    reply = replace(shown.replies[0], text=text)
    return replace(shown, replies=(reply,), findings=found.findings)
