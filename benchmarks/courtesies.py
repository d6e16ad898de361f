"""How often a question that is surely answered stays so with greetings and thanks around it.

python -m benchmarks.courtesies [EVERY]: each fourth golden question, with the catalogue beside.
"""

from __future__ import annotations

import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from benchmarks.questions import GOLDEN, Question, golden
from benchmarks.search_quality import answer, snapshot_with_catalogue
from bot.conversation.opening import open_desk
from bot.conversation.outcomes import Outcome
from bot.conversation.pipeline import Conversation

COURTESIES = GOLDEN.parent / "courtesies.toml"
BARE_STYLES = ("no_marks", "teencode")
STYLES = (*BARE_STYLES, "plain", "short", "official", "typo", "southern")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One way of asking with courtesies: whether it was answered as without."""

    courtesy: str
    text: str
    kept: bool


def courtesies(style: str) -> Sequence[str]:
    """Give what is written around questions of a style."""
    told = tomllib.loads(COURTESIES.read_text(encoding="utf-8"))
    return tuple(told["bare" if style in BARE_STYLES else "marked"])


def asked_politely(conversation: Conversation, questions: Sequence[Question]) -> Iterator[Kept]:
    """Ask each question that is surely answered once more with every courtesy."""
    for question in questions:
        if not question.codes or question.history or question.style not in STYLES:
            continue
        alone = answer(conversation, question)
        if alone.outcome is not Outcome.ANSWERED:
            continue
        for courtesy in courtesies(question.style):
            text = courtesy.format(question.text)
            politely = answer(conversation, replace(question, text=text))
            same = (politely.outcome, politely.procedure) == (alone.outcome, alone.procedure)
            yield Kept(courtesy=courtesy, text=text, kept=same)


def main() -> None:
    every = int(sys.argv[1]) if len(sys.argv) > 1 else 4
    conversation = Conversation(open_desk(snapshot_with_catalogue()))
    questions = [one for one in golden() if one.style in STYLES][::every]
    counts: defaultdict[str, Counter[bool]] = defaultdict(Counter)
    for asked in asked_politely(conversation, questions):
        for name in (asked.courtesy, "all"):
            counts[name][asked.kept] += 1
    for name, counted in sorted(counts.items(), key=lambda one: one[1][True] / one[1].total()):
        print(f"{counted[True] / counted.total():.3f} {counted.total():5} {name}")


if __name__ == "__main__":
    main()
