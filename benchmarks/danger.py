"""Who is in danger and heard, and who is not and alarmed: the share of either, beside cue words.

python -m benchmarks.danger
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.questions import GOLDEN, Question, golden
from benchmarks.search_quality import answer
from bot.conversation.desk import Desk
from bot.conversation.opening import open_desk
from bot.conversation.outcomes import Outcome
from bot.conversation.pipeline import Conversation
from bot.conversation.steps.intent import URGENT
from knowledge.content import load_snapshot
from knowledge.text import tokens


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One of ``danger.jsonl``; written by one who knew none of our phrases."""

    text: str
    danger: bool


def sentences() -> Iterator[Sentence]:
    for line in (GOLDEN.parent / "danger.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield Sentence(text=row["text"], danger=row["danger"])


def alarmed(desk: Desk, texts: Sequence[str]) -> list[str]:
    """Give those of ``texts`` that are answered as an emergency."""
    conversation = Conversation(desk)
    return [text for text in texts if _outcome(conversation, text) is Outcome.EMERGENCY]


def _outcome(conversation: Conversation, text: str) -> Outcome:
    alone = Question(id="", text=text, history=(), codes=(), outcome="", style="")
    return answer(conversation, alone).outcome


def _by_cues(desk: Desk, texts: Sequence[str]) -> int:
    heard = map(desk.intents.hear, map(tokens, texts))
    return sum(bool(desk.intents.first(URGENT, one)) for one in heard)


def main() -> None:
    desk = open_desk(load_snapshot())
    asked = [one.text for one in golden() if one.outcome != "emergency" and not one.history]
    rows = {
        "in danger": [one.text for one in sentences() if one.danger],
        "sounding alike": [one.text for one in sentences() if not one.danger],
        "golden questions": asked,
    }
    print(f"{'':20} {'asked':>6} {'alarmed':>8} {'cue words alone':>16}")
    for name, texts in rows.items():
        print(f"{name:20} {len(texts):6} {len(alarmed(desk, texts)):8} {_by_cues(desk, texts):16}")


if __name__ == "__main__":
    main()
