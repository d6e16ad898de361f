"""How well messages are recognised: by kind, topic and urgency, and how quickly.

python -m benchmarks.feedback_kinds            the weights in use, on messages never taught
python -m benchmarks.feedback_kinds --cross    each hand's sentences, taught by the other hands
python -m benchmarks.feedback_kinds --train    learns the weights anew from all sentences
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from statistics import quantiles
from time import perf_counter, process_time

from benchmarks.feedback_training import (
    KEPT_BACK,
    LABELLED,
    OTHER_HANDS,
    Example,
    examples,
    kept_back,
    learnt,
    topics_learnt,
)
from bot.feedback.classifying import about
from bot.feedback.classifying.counted import COUNTED_FILE, Counted
from bot.feedback.classifying.deciding import classify, kinds_of
from bot.feedback.classifying.reading import read
from bot.feedback.classifying.tables import written
from bot.feedback.classifying.telling import told
from bot.feedback.classifying.terms import terms_of
from bot.feedback.classifying.weights import WEIGHTS_FILE
from bot.feedback.kinds import WITHHELD, Kind

# Lent for balance; no hand to be left out.
LENT = frozenset({"danger", "golden"})

# How often all of them are told anew to see whether memory grows.
ROUNDS = 10

# What a message is and what it was taken for.
Judged = tuple[Kind, Kind]


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A labelled message; without ``topic`` where its writer had topics of their own."""

    id: str
    text: str
    kind: Kind
    topic: str
    urgency: str


def messages(path: Path) -> list[Message]:
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [
        Message(
            id=row["id"], text=row["text"], kind=Kind(row["kind"]),
            topic=row.get("topic", ""), urgency=row["urgency"],
        )
        for row in rows
    ]  # fmt: skip


def never_taught() -> list[Message]:
    """Every tenth message of the other hands."""
    return messages(OTHER_HANDS)[::KEPT_BACK]


def right(judged: Sequence[Judged]) -> float:
    """The share taken for what they are."""
    return sum(kind is taken for kind, taken in judged) / len(judged)


def let_through(judged: Iterable[Judged]) -> float:
    """The share of complaints and denunciations taken for a report."""
    held = [taken for kind, taken in judged if kind in WITHHELD]
    return held.count(Kind.REPORT) / len(held) if held else 0.0


def _show(name: str, judged: Sequence[Judged]) -> None:
    print(f"\n{name}: {len(judged)}, right {right(judged):.1%},")
    print(f"complaints and denunciations taken for reports {let_through(judged):.1%}")
    counts = Counter(judged)
    print(f"{'':12}" + "".join(f"{kind:>11}" for kind in Kind))
    for kind in Kind:
        print(f"{kind:12}" + "".join(f"{counts[kind, taken]:11}" for taken in Kind))


def _use() -> None:
    for name, some in (("never taught", never_taught()), (LABELLED.name, messages(LABELLED))):
        tried = [(one, classify(one.text)) for one in some]
        _show(name, [(one.kind, verdict.kind) for one, verdict in tried])
        with_topic = [(one, verdict) for one, verdict in tried if one.topic]
        topics = sum(one.topic == verdict.topic for one, verdict in with_topic) / len(with_topic)
        urgency = sum(one.urgency == verdict.urgency for one, verdict in tried) / len(tried)
        print(f"topic right {topics:.1%}, urgency right {urgency:.1%}")
    texts = [one.text for one in never_taught()]
    _time(texts)
    _flow(texts)


def _time(texts: Sequence[str]) -> None:
    took = []
    for text in texts:
        begun = perf_counter()
        classify(text)
        took.append((perf_counter() - begun) * 1000)
    middle, late = quantiles(took, n=20)[9], quantiles(took, n=20)[18]
    print(f"\na message takes {middle:.2f} ms, one in twenty more than {late:.2f} ms")


def _flow(texts: Sequence[str]) -> None:
    """Kind, topic, urgency and mask of many messages in one process, as the command tells them."""
    for text in texts:
        told(text)
    grown, begun = _memory(), process_time()
    for _ in range(ROUNDS):
        for text in texts:
            told(text)
    rate = ROUNDS * len(texts) / (process_time() - begun)
    print(f"{rate:,.0f} messages for a second of work, {_memory() - grown:,} KB more in use")


def _memory() -> int:
    return getrusage(RUSAGE_SELF).ru_maxrss


def _cross() -> None:
    all_of_them = examples()
    for hand in sorted({one.hand for one in all_of_them} - LENT):
        known = learnt(one for one in all_of_them if one.hand != hand)
        tried = [one for one in (*all_of_them, *kept_back()) if one.hand == hand]
        said = [read(one.text) for one in tried]
        taken = [next(iter(kinds_of(one, terms_of(one), known))) for one in said]
        _show(hand, [(one.kind, kind) for one, kind in zip(tried, taken, strict=True)])
        of_topics = topics_learnt(one for one in all_of_them if one.hand != hand)
        _show_topics(zip(tried, taken, strict=True), of_topics)


def _show_topics(taken: Iterable[tuple[Example, Kind]], known: Counted) -> None:
    """Show how many topics are told rightly, each by the kind its message was taken for."""
    read_ones = ((one, kind, read(one.text)) for one, kind in taken if one.topic)
    told = [
        one.topic == about.topic_of(said, terms_of(said), kind, known)
        for one, kind, said in read_ones
    ]
    if told:
        print(f"topic right {sum(told) / len(told):.1%}")


def _train() -> None:
    known = learnt(examples())
    of_topics = topics_learnt(examples())
    about.COUNTED_FILE.write_text(written(of_topics.rows), encoding="utf-8")
    WEIGHTS_FILE.write_text(written(known.weights.rows), encoding="utf-8")
    COUNTED_FILE.write_text(written(known.counted.rows), encoding="utf-8")


if __name__ == "__main__":
    {"--train": _train, "--cross": _cross}.get("".join(sys.argv[1:]), _use)()
