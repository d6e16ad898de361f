"""Messages that are about something else than a procedure, or about something urgent."""

from __future__ import annotations

from typing import Final

from bot.conversation.desk import Desk, Turn, plain
from bot.conversation.outcomes import Outcome
from bot.conversation.turn import TurnResult
from knowledge.search import Findings

URGENT: Final = (
    "emergency_fire", "emergency_despair", "emergency_medical", "emergency_police",
)  # fmt: skip
SMALL_TALK: Final = ("hello", "thanks", "bye", "who", "yes", "rude")
STEERED: Final = {
    "denunciation": Outcome.FEEDBACK,
    "complaint": Outcome.FEEDBACK,
    "praise": Outcome.FEEDBACK,
    "case_status": Outcome.CASE_STATUS,
    "feedback": Outcome.FEEDBACK,
}
CERTAIN_PROCEDURE: Final = 0.88


def emergency(turn: Turn, desk: Desk) -> TurnResult | None:
    """Put 113, 114 and 115 before everything else."""
    urgent = desk.intents.first(URGENT, turn.said)
    return plain(Outcome.EMERGENCY, desk.say(urgent), turn) if urgent else None


def small_talk(turn: Turn, desk: Desk) -> TurnResult | None:
    """Answer greetings, thanks, insults and the like with a sentence."""
    kind = desk.intents.first(SMALL_TALK, turn.said)
    if not kind:
        return None
    return plain(Outcome.SMALL_TALK, desk.say(f"small_talk_{kind}"), turn)


def steered(turn: Turn, desk: Desk) -> TurnResult | None:
    """Show the lawful way for a complaint, the place for feedback, the look-up of a dossier."""
    kind = desk.intents.first(STEERED, turn.said)
    if not kind or names_a_procedure(turn.findings):
        return None
    return plain(STEERED[kind], desk.say(kind), turn)


def names_a_procedure(findings: Findings | None) -> bool:
    """Tell whether a message spells out a procedure that beats any intent."""
    found = findings.candidates[:1] if findings else ()
    return bool(found) and found[0].score >= CERTAIN_PROCEDURE
