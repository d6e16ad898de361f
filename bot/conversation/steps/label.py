"""A button's label typed instead of pressed, or the bare word for it: "giấy tờ", "phí"."""

from __future__ import annotations

from bot.conversation.desk import Desk, Turn, plain, show_procedure
from bot.conversation.labels import NONE
from bot.conversation.outcomes import Aspect, Outcome
from bot.conversation.steps.command import follow
from bot.conversation.steps.topic import side_of_which
from bot.conversation.turn import TurnResult


def label(turn: Turn, desk: Desk) -> TurnResult | None:
    """Tell the side that was named, of the procedure talked about; with none, ask which."""
    named = desk.labels.meant(turn.said.text)
    if named == NONE:
        return follow(NONE, turn, desk) if turn.state.offered else None
    if not named:
        return None
    side, state = Aspect(named), turn.state
    if state.procedure:
        return show_procedure(desk, turn, state.procedure, side, state.question)
    if offered := side_of_which(turn, desk, side):
        return offered
    # “Ở đâu vậy” of nothing talked about asks where the office is.
    if desk.intents.has("here", turn.said):
        return None
    return plain(Outcome.UNANSWERED, desk.say("which_procedure"), turn)
