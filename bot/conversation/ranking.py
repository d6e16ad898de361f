"""What a turn's ranking is: the procedures in the order the citizen met them, best first."""

from __future__ import annotations

from typing import Final

from bot.conversation.desk import Desk
from bot.conversation.outcomes import Outcome
from bot.conversation.turn import Hit, TurnResult
from knowledge.search import Candidate, Findings
from knowledge.topics import TopicKind

LONGEST: Final = 10


def ranking(result: TurnResult, findings: Findings | None, desk: Desk) -> tuple[Hit, ...]:
    """Rank what ``findings`` saw; what was answered or offered comes first, in its order."""
    found = {hit.code: hit for hit in _hits(findings)}
    shown = [_shown(code, found, desk) for code in _codes_shown(result)]
    others = [hit for code, hit in found.items() if code not in {one.code for one in shown}]
    return (*shown, *others)[:LONGEST]


def _codes_shown(result: TurnResult) -> list[str]:
    if result.outcome is not Outcome.CHOICES:
        return [result.procedure] if result.procedure else []
    values = [choice.value for choice in result.replies[-1].choices]
    codes = [value.rpartition(":")[2] for value in values if value.startswith(("p:", "a:"))]
    return list(dict.fromkeys(codes))


def _shown(code: str, found: dict[str, Hit], desk: Desk) -> Hit:
    # What the conversation remembered is certain although the message does not name it.
    return found.get(code) or Hit(
        code=code, name=desk.knowledge.procedure(code).everyday_name, score=1.0
    )


def _hits(findings: Findings | None) -> list[Hit]:
    candidates = findings.candidates if findings else ()
    return [_hit(one) for one in candidates if one.topic.kind is TopicKind.PROCEDURE]


def _hit(candidate: Candidate) -> Hit:
    fit = candidate.fit
    why = (
        f"“{candidate.phrase}” named={fit.named:.2f} said={fit.said:.2f}"
        f" firm={fit.firm:.2f} pairs={fit.pairs:.2f}"
    )
    score = round(candidate.score, 4)
    return Hit(code=candidate.topic.ref, name=candidate.topic.name, score=score, why=why)
