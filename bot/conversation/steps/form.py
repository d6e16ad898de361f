"""A form asked for by its short name alone: which of the procedures that use it is meant."""

from __future__ import annotations

from typing import Final

from bot.conversation.decide import MOST_CHOICES
from bot.conversation.desk import EVERYDAY_CONCEPTS, Desk, Turn, offer, show_procedure
from bot.conversation.outcomes import Aspect
from bot.conversation.steps.command import label_of
from bot.conversation.turn import TurnResult

FEW_BESIDE_A_FORM: Final = 2


def form(turn: Turn, desk: Desk) -> TurnResult | None:
    """Answer "CT01 tải ở đâu": where the form is found, once the procedure is clear."""
    asking = _asking(turn, desk)
    if turn.state.procedure in asking:
        asking = (turn.state.procedure,)
    if len(asking) == 1:
        return show_procedure(desk, turn, asking[0], Aspect.FORM, turn.message.text)
    values = [f"a:{Aspect.FORM}:{code}" for code in asking[:MOST_CHOICES]]
    offered = [(label_of(value, desk), value) for value in values]
    return offer(desk, turn, offered, "choices_form") if offered else None


def _asking(turn: Turn, desk: Desk) -> tuple[str, ...]:
    """Give the procedures that use the form named, if little else was said."""
    named = [word for word in turn.words if word in desk.knowledge.forms]
    if len(named) != 1 or turn.findings is None:
        return ()
    reading = turn.findings.reading
    told = any(span.label not in EVERYDAY_CONCEPTS for span in reading.concepts)
    much = len(reading.telling) - len(named) > FEW_BESIDE_A_FORM
    return () if told or much else desk.knowledge.forms[named[0]]
