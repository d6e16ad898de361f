"""The last step: say politely that it is not ours, or that we do not know."""

from __future__ import annotations

from typing import Final

from bot.conversation.desk import Desk, Turn, plain
from bot.conversation.outcomes import Outcome
from bot.conversation.turn import TurnResult

DECLINED: Final = ("evasion", "out_of_scope")


def out_of_scope(turn: Turn, desk: Desk) -> TurnResult | None:
    """Decline what no public office answers, before a weak hit can look like an answer."""
    if desk.intents.first(DECLINED, turn.said):
        return plain(Outcome.OUT_OF_SCOPE, desk.say("out_of_scope"), turn)
    return None


def fallback(turn: Turn, desk: Desk) -> TurnResult:
    """Keep the question for the officials when it sounds like ours, else decline it."""
    if turn.findings and turn.findings.reading.is_bare and turn.findings.reading.aspects:
        return plain(Outcome.UNANSWERED, desk.say("which_procedure"), turn)
    if desk.intents.has("domain", turn.said):
        text = f"{desk.say('unanswered')}\n{desk.say('unanswered_hint')}"
        return plain(Outcome.UNANSWERED, text, turn)
    return plain(Outcome.OUT_OF_SCOPE, desk.say("out_of_scope"), turn)
