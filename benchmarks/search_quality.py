"""How often the right procedure comes first, in three and in five, by style, beside two baselines.

python -m benchmarks.search_quality [--misses]
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from benchmarks.baselines import Bm25, Fts5
from benchmarks.questions import SHARED, Question, development, golden, unseen
from bot.conversation.opening import open_desk
from bot.conversation.outcomes import Outcome
from bot.conversation.pipeline import Conversation
from bot.conversation.turn import ConversationState, TurnResult
from bot.messages import ChannelName, CitizenAddress, IncomingMessage, MessageKind
from knowledge.catalogue import read_catalogue
from knowledge.content import load_snapshot
from knowledge.models import Snapshot

NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
REFUSED = {Outcome.UNANSWERED, Outcome.OUT_OF_SCOPE}


@dataclass
class Tally:
    """Counts over one style."""

    asked: int = 0
    first: int = 0
    three: int = 0
    five: int = 0
    single: int = 0
    wrong: int = 0
    refused: int = 0
    others: int = 0
    others_answered: int = 0
    misses: list[str] = field(default_factory=list)

    def line(self, name: str) -> str:
        of = max(self.asked, 1)
        shares = f"{self.first / of:6.3f} {self.three / of:6.3f} {self.five / of:6.3f}"
        wrong = f"{self.wrong / max(self.single, 1):6.3f}"
        outside = f"{self.others_answered}/{self.others}" if self.others else "-"
        return f"{name:14}{self.asked:6} {shares} {wrong} {self.refused / of:8.3f} {outside:>9}"


def snapshot_with_catalogue() -> Snapshot:
    """Give the shipped content, and the catalogue beside it when it is there."""
    snapshot = load_snapshot()
    path = SHARED / "portal" / "catalog.jsonl"
    if not path.exists():
        print("no catalogue in ../shared: our own cards only", file=sys.stderr)
        return snapshot
    rows, _ = read_catalogue(path, seen=date(2026, 7, 18))
    known = {procedure.code for procedure in snapshot.procedures}
    added = tuple(row for row in rows if row.code not in known)
    return Snapshot(
        procedures=(*snapshot.procedures, *added),
        guides=snapshot.guides,
        hotlines=snapshot.hotlines,
        offices=snapshot.offices,
        legal_texts=snapshot.legal_texts,
        days_off=snapshot.days_off,
    )


def answer(conversation: Conversation, question: Question) -> TurnResult:
    """Ask one question with its history."""
    state = ConversationState()
    for text in question.history:
        state = conversation.answer(_message(text), state, now=NOW).state
    return conversation.answer(_message(question.text), state, now=NOW)


def _message(text: str) -> IncomingMessage:
    address = CitizenAddress(channel=ChannelName.WEB, user_id="benchmark")
    return IncomingMessage(
        address=address, external_id="1", kind=MessageKind.TEXT, text=text, received_at=NOW
    )


def judge(conversation: Conversation, questions: Sequence[Question]) -> dict[str, Tally]:
    """Count over ``questions``, by style and in all."""
    tallies: defaultdict[str, Tally] = defaultdict(Tally)
    for question in questions:
        result = answer(conversation, question)
        for tally in (tallies[question.style], tallies["all"]):
            _count(tally, question, result)
    return dict(tallies)


def _count(tally: Tally, question: Question, result: TurnResult) -> None:
    if not question.codes:
        tally.others += 1
        if question.outcome == "out_of_scope" and result.outcome is Outcome.ANSWERED:
            tally.others_answered += 1
            tally.misses.append(f"  answered {result.procedure}: {question.text}")
        return
    tally.asked += 1
    codes = [hit.code for hit in result.hits]
    rank = min((codes.index(code) for code in question.codes if code in codes), default=99)
    tally.first += rank < 1
    tally.three += rank < 3
    tally.five += rank < 5
    tally.refused += result.outcome in REFUSED
    if result.outcome is Outcome.ANSWERED:
        tally.single += 1
        tally.wrong += result.procedure not in question.codes
    if rank:
        tally.misses.append(
            f"  {rank:2} {question.codes} {codes[:2]} {result.outcome}: {question.text}"
        )


def _baseline(name: str, search: Bm25 | Fts5, questions: Sequence[Question]) -> str:
    tally = Tally()
    for question in questions:
        if question.codes:
            codes = search(" ".join((*question.history, question.text)))
            rank = min((codes.index(code) for code in question.codes if code in codes), default=99)
            tally.asked += 1
            tally.first += rank < 1
            tally.three += rank < 3
            tally.five += rank < 5
    return tally.line(name)


def main() -> None:
    snapshot = snapshot_with_catalogue()
    conversation = Conversation(open_desk(snapshot))
    named = [(procedure.code, procedure.official_name) for procedure in snapshot.procedures]
    bm25, fts5 = Bm25(named), Fts5(named)
    sets = (("golden", golden()), ("unseen", unseen()), ("development", development()))
    for name, questions in sets:
        if not questions:
            print(f"{name}: not here")
            continue
        print(f"\n{name}           n    @1     @3     @5   wrong  refused  outside")
        tallies = judge(conversation, questions)
        for style in sorted(tallies):
            print(tallies[style].line(style))
        print(_baseline("BM25 names", bm25, questions))
        print(_baseline("FTS5 names", fts5, questions))
        if "--misses" in sys.argv:
            print(*tallies["all"].misses, sep="\n")


if __name__ == "__main__":
    main()
