"""What a first message leads to in the whole conversation, by what it is.

python -m benchmarks.feedback_first [FILE.jsonl …] [--plain] [--misses]

Without a file: our labelled messages, taught and not, and the questions about procedures.
``--plain`` strips all marks; ``--misses`` lists what led somewhere else than it should.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Final

from benchmarks.feedback_training import LABELLED, OTHER_HANDS, without_marks
from benchmarks.questions import Question, development, golden, unseen
from bot.conversation.desk import Desk
from bot.conversation.filing.presses import deed_value
from bot.conversation.opening import open_desk
from bot.conversation.outcomes import Outcome
from bot.conversation.pipeline import Conversation
from bot.conversation.turn import ConversationState, TurnResult
from bot.feedback.kinds import HANDLED, WITHHELD, Kind
from bot.feedback.reference import new_reference
from bot.feedback.views import Feedback
from bot.feedback.wishes import Count, Keep
from bot.messages import ChannelName, CitizenAddress, IncomingMessage, MessageKind
from knowledge.content import load_snapshot

NOW: Final = datetime(2026, 11, 20, 3, tzinfo=UTC)


class Met(StrEnum):
    """What a citizen meets who says one thing and nothing else."""

    FILING = "filing"
    WHICH = "asked"
    WAY = "way"
    BOTH = "danger+"
    DANGER = "danger"
    ANSWER = "answer"
    TALK = "talk"
    NOTHING = "nothing"


RIGHT: Final = {
    **{kind: {Met.FILING, Met.WHICH, Met.BOTH} for kind in HANDLED},
    **{kind: {Met.WAY} for kind in WITHHELD},
    Kind.EMERGENCY: {Met.DANGER, Met.BOTH},
    Kind.QUESTION: set(Met) - {Met.FILING},
    Kind.OTHER: set(Met) - {Met.FILING},
}
TALKED: Final = {Outcome.SMALL_TALK, Outcome.MENU, Outcome.NEWS, Outcome.PERSON}
OFFERS: Final = {deed_value("this"), deed_value("open")}
LOST: Final = {Outcome.UNANSWERED, Outcome.OUT_OF_SCOPE}


@dataclass(frozen=True, slots=True)
class First:
    """A first message and what it is."""

    text: str
    kind: Kind


def led_to(conversation: Conversation, text: str) -> tuple[Met, Kind | None]:
    """Say ``text`` first; give what it leads to, and the kind that was told."""
    typed = IncomingMessage(
        address=CitizenAddress(channel=ChannelName.WEB, user_id="benchmark"),
        external_id="1",
        kind=MessageKind.TEXT,
        text=text,
        received_at=NOW,
    )
    known = ConversationState(feedback=Feedback(reserved=new_reference(), typed=text))
    return _met(conversation.answer(conversation.kept(typed), known, now=NOW))


def _met(result: TurnResult) -> tuple[Met, Kind | None]:
    counted = next((one.kind for one in result.wishes if isinstance(one, Count)), None)
    if counted in WITHHELD:
        return Met.WAY, counted
    offered = {choice.value for reply in result.replies for choice in reply.choices}
    may_file = not OFFERS.isdisjoint(offered)
    if result.outcome is Outcome.EMERGENCY:
        return (Met.BOTH if may_file else Met.DANGER), None
    if result.outcome is Outcome.FEEDBACK:
        kept = next((one.draft.kind for one in result.wishes if isinstance(one, Keep)), None)
        return (Met.FILING if kept else Met.WHICH), kept
    if may_file and result.outcome in {*LOST, Outcome.CHOICES}:
        return Met.WHICH, None
    if result.outcome in LOST:
        return Met.NOTHING, None
    return (Met.TALK if result.outcome in TALKED else Met.ANSWER), None


def labelled(path: Path) -> list[First]:
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [First(row["text"], Kind(row["kind"])) for row in rows]


def asked(questions: Iterable[Question]) -> list[First]:
    """Give the questions that have a procedure for an answer."""
    return [First(one.text, Kind.QUESTION) for one in questions if one.codes and not one.history]


def _show(name: str, desk: Desk, said: Sequence[First], *, misses: bool) -> None:
    conversation = Conversation(desk)
    told = [(one, *led_to(conversation, one.text)) for one in said]
    counts: defaultdict[Kind, Counter[str]] = defaultdict(Counter)
    for one, met, _ in told:
        counts[one.kind][met] += 1
    print(f"\n{name}: {len(said)}\n{'':10}" + "".join(f"{met:>9}" for met in Met) + "    right")
    for kind in Kind:
        if of := counts[kind].total():
            right = sum(counts[kind][met] for met in RIGHT[kind]) / of
            print(
                f"{kind:10}" + "".join(f"{counts[kind][met]:9}" for met in Met) + f"{right:9.1%}"
            )
    _tell_begun(told)
    if misses:
        print("\n".join(_missed(told)))


def _tell_begun(told: Sequence[tuple[First, Met, Kind | None]]) -> None:
    held = [met for one, met, _ in told if one.kind in WITHHELD]
    if held:
        share = held.count(Met.FILING) / len(held)
        print(f"complaints and denunciations into filing {share:.1%}")
    begun = [one.kind is taken for one, met, taken in told if met is Met.FILING]
    if begun:
        print(f"of {len(begun)} filings {sum(begun) / len(begun):.1%} begin as what they are")


def _missed(told: Iterable[tuple[First, Met, Kind | None]]) -> Iterator[str]:
    for one, met, taken in told:
        if met not in RIGHT[one.kind]:
            yield f"  {one.kind} → {met} {taken or ''}: {one.text}"


def main() -> None:
    flags = {one for one in sys.argv[1:] if one.startswith("--")}
    files = [Path(one) for one in sys.argv[1:] if one not in flags]
    rows = {path.name: labelled(path) for path in files or (OTHER_HANDS, LABELLED)}
    if not files:
        rows["questions, ours"] = asked(golden())
        rows["questions, never tuned on"] = asked(unseen())
        rows["questions beside"] = asked(development())
    desk = open_desk(load_snapshot())
    for name, said in rows.items():
        typed = [First(without_marks(one.text), one.kind) for one in said]
        _show(name, desk, typed if "--plain" in flags else said, misses="--misses" in flags)


if __name__ == "__main__":
    main()
