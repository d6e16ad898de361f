"""A question asked as a citizen asks it, and why it was answered as it was."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.console.knowledge.preview import Preview, previews
from bot.console.words import say
from bot.conversation.decide import MOST_CHOICES, Bounds, Decision, Verdict, decide
from bot.conversation.desk import Desk
from bot.conversation.outcomes import Aspect, Outcome
from bot.conversation.pipeline import Conversation
from bot.conversation.turn import ConversationState, TurnResult
from bot.messages import ChannelName, CitizenAddress, IncomingMessage, MessageKind
from bot.privacy import unmasked_part
from knowledge.reading import Reading
from knowledge.search import Candidate, Findings
from knowledge.text import tokens
from knowledge.topics import TopicKind

# A trial is nobody's talk: this address is no session a browser could have.
NOBODY: Final = CitizenAddress(channel=ChannelName.WEB, user_id="(trial)")
BOUNDS: Final = Bounds()
SHOWN: Final = 12
# Ends that search decides; all others were given before it was asked.
OF_SEARCH: Final = frozenset(
    {Outcome.ANSWERED, Outcome.CHOICES, Outcome.GUIDE, Outcome.HOTLINE, Outcome.UNANSWERED}
)
REF_OF: Final = {"p": TopicKind.PROCEDURE, "a": TopicKind.PROCEDURE, "g": TopicKind.GUIDE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Considered:
    """One topic search looked at; ``because`` says why it was not put before the citizen."""

    rank: int
    candidate: Candidate
    because: str

    @property
    def shown(self) -> bool:
        """Whether it was put before the citizen."""
        return not self.because

    @property
    def is_card(self) -> bool:
        """Whether it is a procedure, which has a page of its own."""
        return self.candidate.topic.kind is TopicKind.PROCEDURE


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """How the question was read: words with their worth, what was written out, guessed, asked."""

    words: tuple[tuple[str, float], ...]
    written_out: str
    guessed: tuple[tuple[str, str], ...]
    sides: tuple[str, ...]
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """The reply exactly as the citizen would get it, and everything that led there."""

    asked: str
    outcome: Outcome
    previews: tuple[Preview, ...]
    verdict: Verdict
    considered: tuple[Considered, ...]
    understood: Understood


def _tried(
    conversation: Conversation, question: str, *, now: datetime
) -> tuple[IncomingMessage, TurnResult]:
    """Answer ``question`` as the first of a talk, and give it as it would be kept."""
    said = IncomingMessage(
        address=NOBODY, external_id="", kind=MessageKind.TEXT, text=question, received_at=now
    )
    message = conversation.kept(said)
    return message, conversation.answer(message, ConversationState(), now=now)


def is_cry(conversation: Conversation, question: str, *, now: datetime) -> bool:
    """Tell whether ``question`` is answered as a cry for help; in a thread, as an answer is."""
    _, result = _tried(conversation, question, now=now)
    return result.outcome is Outcome.EMERGENCY


def explain(conversation: Conversation, question: str, *, now: datetime) -> Explanation:
    """Ask ``question`` at the desk in use, as the first of a talk; nothing is stored or counted.

    It takes as long as an answer does, so a page calls it in a thread.
    """
    desk = conversation.desk
    message, result = _tried(conversation, question, now=now)
    told = unmasked_part(message.text)
    findings = desk.ask(told)
    decision = decide(findings, BOUNDS)
    return Explanation(
        asked=message.text,
        outcome=result.outcome,
        previews=previews(result.replies),
        verdict=decision.verdict,
        considered=tuple(_considered(findings, decision, result)),
        understood=_understood(told, findings.reading, desk),
    )


def _considered(
    findings: Findings, decision: Decision, result: TurnResult
) -> Iterable[Considered]:
    put_before = _put_before(result)
    for rank, one in enumerate(findings.candidates[:SHOWN], start=1):
        is_shown = one.topic.key in put_before
        because = "" if is_shown else _because(one, rank, decision, result, findings.candidates)
        yield Considered(rank=rank, candidate=one, because=because)


def _put_before(result: TurnResult) -> set[tuple[TopicKind, str]]:
    """Give what the replies show or offer."""
    values = [choice.value for reply in result.replies for choice in reply.choices]
    values += result.state.trail
    told = {
        (REF_OF[kind], value.rpartition(":")[2])
        for value in values
        for kind in [value.partition(":")[0]]
        if kind in REF_OF and (result.outcome is Outcome.CHOICES or kind != "p")
    }
    return told | ({(TopicKind.PROCEDURE, result.procedure)} if result.procedure else set())


def _because(
    one: Candidate,
    rank: int,
    decision: Decision,
    result: TurnResult,
    ranked: Sequence[Candidate],
) -> str:
    """Say which bound the candidate missed, the first of them."""
    elsewhere = say("why.because_step", step=say(f"outcomes.{result.outcome}"))
    missed = (
        (result.outcome not in OF_SEARCH, elsewhere),
        (one.score < BOUNDS.close, say("why.because_low")),
        (ranked[0].score - one.score >= BOUNDS.window, say("why.because_gap")),
        (decision.verdict is Verdict.SURE, say("why.because_sure")),
        (rank > MOST_CHOICES, say("why.because_many", most=MOST_CHOICES)),
        (one.fit.said < BOUNDS.said, say("why.because_not_said")),
    )
    return next((because for is_missed, because in missed if is_missed), elsewhere)


def _understood(told: str, reading: Reading, desk: Desk) -> Understood:
    names = desk.wording.card["labels"]
    written_out = " ".join(reading.words)
    return Understood(
        words=tuple(zip(reading.words, reading.weights, strict=True)),
        written_out=written_out if reading.words != tokens(told).words else "",
        guessed=tuple(
            (reading.words[position], ", ".join(word for word, _ in found))
            for position, found in sorted(reading.alternatives.items())
        ),
        sides=tuple(names[Aspect(one)] for one in reading.aspects if one in names),
        codes=reading.codes,
    )
