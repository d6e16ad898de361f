"""The last step: say politely that it is not ours, or that we do not know."""

from __future__ import annotations

from typing import Final

from bot.conversation.desk import Desk, Turn, plain, sounds_like_ours
from bot.conversation.outcomes import Outcome
from bot.conversation.turn import TurnResult
from bot.conversation.unmet import left_open

# Cheating is declined whatever an office has taught, an opinion unless it was taught.
EVASION: Final = "evasion"
OPINION: Final = "opinion"
DECLINED: Final = (EVASION, OPINION)
# The score of a procedure that is ours whatever the language.
OURS: Final = 0.75
# Odds, as logarithms, that no office answers a message.
FOREIGN: Final = 1.0
SURELY_FOREIGN: Final = 2.4


def out_of_scope(turn: Turn, desk: Desk) -> TurnResult | None:
    """Decline what surely no public office answers, unless those very words were taught."""
    declined = (EVASION,) if _is_taught(turn) else DECLINED
    if desk.intents.first(declined, turn.said) or _foreignness(turn) > SURELY_FOREIGN:
        return plain(Outcome.OUT_OF_SCOPE, desk.say("out_of_scope"), turn)
    return None


def doubtful(turn: Turn, desk: Desk) -> TurnResult | None:
    """End with what is likely not ours, before a weak hit can look like an answer."""
    return fallback(turn, desk) if _foreignness(turn) > FOREIGN else None


def _foreignness(turn: Turn) -> float:
    # In a talk the words before must be heard too: see ``topic.refinement``.
    if _is_taught(turn):
        return 0.0
    return turn.findings.foreignness if turn.findings and not turn.state.question else 0.0


def _is_taught(turn: Turn) -> bool:
    """Tell whether somebody wrote down these very words for a topic: then it is answered."""
    found = turn.findings.candidates[:1] if turn.findings else ()
    return bool(found) and found[0].fit.word_for_word


def english(turn: Turn, desk: Desk) -> TurnResult | None:
    """Say in English what can be asked, when a question in English names nothing known."""
    if not desk.intents.has("english", turn.said) or _best(turn) >= OURS:
        return None
    return plain(Outcome.OUT_OF_SCOPE, desk.say("english"), turn)


def _best(turn: Turn) -> float:
    found = turn.findings.candidates[:1] if turn.findings else ()
    return found[0].score if found else 0.0


def fallback(turn: Turn, desk: Desk) -> TurnResult:
    """Keep the question for the officials when it sounds like ours, else decline it."""
    if turn.findings and turn.findings.reading.is_bare and turn.findings.reading.aspects:
        return plain(Outcome.UNANSWERED, desk.say("which_procedure"), turn)
    if sounds_like_ours(turn, desk):
        text = f"{desk.say('unanswered')}\n{desk.say('unanswered_hint')}"
        return left_open(text, turn, desk)
    return plain(Outcome.OUT_OF_SCOPE, desk.say("out_of_scope"), turn)
