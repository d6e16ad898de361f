"""The last step: say politely that it is not ours, or that we do not know."""

from __future__ import annotations

from typing import Final

from bot.conversation.desk import Desk, Turn, plain, sounds_like_ours
from bot.conversation.outcomes import Outcome
from bot.conversation.turn import TurnResult
from knowledge.topics import TopicKind

DECLINED: Final = ("evasion", "opinion")
OURS: Final = 0.75
ALONE: Final = 0.4
IN_A_TALK: Final = 0.45


def out_of_scope(turn: Turn, desk: Desk) -> TurnResult | None:
    """Decline what no public office answers, before a weak hit can look like an answer."""
    elsewhere = desk.intents.has("out_of_scope", turn.said) and _best(turn) < OURS
    if elsewhere or desk.intents.first(DECLINED, turn.said) or _is_elsewhere(turn):
        return plain(Outcome.OUT_OF_SCOPE, desk.say("out_of_scope"), turn)
    return None


def english(turn: Turn, desk: Desk) -> TurnResult | None:
    """Say in English what can be asked, when a question in English names nothing known."""
    if not desk.intents.has("english", turn.said) or _best(turn) >= OURS:
        return None
    return plain(Outcome.OUT_OF_SCOPE, desk.say("english"), turn)


def _is_elsewhere(turn: Turn) -> bool:
    """Tell whether a subject no office answers comes nearest to the message."""
    if turn.findings is None or not turn.findings.candidates:
        return False
    first = turn.findings.candidates[0]
    least = IN_A_TALK if turn.state.question else ALONE
    return first.topic.kind is TopicKind.ELSEWHERE and first.score >= least


def _best(turn: Turn) -> float:
    found = turn.findings.candidates[:1] if turn.findings else ()
    return found[0].score if found else 0.0


def fallback(turn: Turn, desk: Desk) -> TurnResult:
    """Keep the question for the officials when it sounds like ours, else decline it."""
    if turn.findings and turn.findings.reading.is_bare and turn.findings.reading.aspects:
        return plain(Outcome.UNANSWERED, desk.say("which_procedure"), turn)
    if sounds_like_ours(turn, desk):
        text = f"{desk.say('unanswered')}\n{desk.say('unanswered_hint')}"
        return plain(Outcome.UNANSWERED, text, turn)
    return plain(Outcome.OUT_OF_SCOPE, desk.say("out_of_scope"), turn)
