"""Sentences → what is learnt: counts, and a regression taught by descent; the same each time."""

from __future__ import annotations

import json
import random
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import exp, sqrt
from pathlib import Path
from typing import Final, TypeVar

from benchmarks.feedback_counting import counted_in
from benchmarks.questions import GOLDEN, golden
from bot.feedback.classifying.counted import Counted
from bot.feedback.classifying.learnt import Learnt
from bot.feedback.classifying.reading import DATA, read
from bot.feedback.classifying.tables import SCALE
from bot.feedback.classifying.terms import Terms, terms_of
from bot.feedback.classifying.weights import BIAS, KINDS, Weights, heaps
from bot.feedback.kinds import Kind
from bot.feedback.topics import topics

SENTENCES: Final = DATA / "sentences"
LABELLED: Final = GOLDEN.parent / "feedback.jsonl"
# Written by hands that knew nothing of the code; each line tells its own.
OTHER_HANDS: Final = LABELLED.with_name("feedback_other_hands.jsonl")
# Every tenth of their messages is never taught: on those the weights in use are judged.
KEPT_BACK: Final = 10
DANGER: Final = Path(__file__).parents[1] / "knowledge/data/language/danger.vi.toml"
# How many cries of each kind of danger, and how many questions about procedures, are lent.
OF_DANGER: Final = 15
OF_QUESTIONS: Final = 150
ROUNDS: Final = 16
STEP: Final = 0.5
FALLING: Final = 0.3
# A wrong guess by less teaches nothing more.
SETTLED: Final = 0.01
SEED: Final = 5
# How many hundredths a term must speak for some kind to be kept, and in how many texts it stands.
LEAST: Final = 20
SELDOM: Final = 2
# The same for topics: they are many, and their file is kept small.
SELDOM_OF_TOPICS: Final = 5

Name = TypeVar("Name", bound=str)


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence, its kind, by which hand it was written, and its topic where that is told."""

    text: str
    kind: Kind
    hand: str
    topic: str = ""


def examples() -> list[Example]:
    """Give all sentences taught, in the same order each time."""
    return [*_sentences(), *_labelled(), *_of_other_hands(), *_cries(), *_questions()]


def kept_back() -> list[Example]:
    """Give the messages of other hands that are never taught."""
    return _others()[::KEPT_BACK]


def _sentences() -> Iterator[Example]:
    for path in sorted(SENTENCES.glob("*/*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield Example(line, Kind(path.stem), path.parent.name)


def _labelled() -> Iterator[Example]:
    for line in LABELLED.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield Example(row["text"], Kind(row["kind"]), "labelled", row["topic"])


def _of_other_hands() -> Iterator[Example]:
    return (one for number, one in enumerate(_others()) if number % KEPT_BACK)


def _others() -> list[Example]:
    rows = map(json.loads, OTHER_HANDS.read_text(encoding="utf-8").splitlines())
    return [
        Example(row["text"], Kind(row["kind"]), row["hand"], row.get("topic", "")) for row in rows
    ]


def _cries() -> Iterator[Example]:
    kinds = tomllib.loads(DANGER.read_text(encoding="utf-8"))
    for name, cries in kinds.items():
        if not name.startswith("calm"):
            yield from (
                Example(cry, Kind.EMERGENCY, "danger") for cry in _spread(cries, OF_DANGER)
            )


def _questions() -> Iterator[Example]:
    asked = [one.text for one in golden() if one.codes and not one.history]
    return (Example(text, Kind.QUESTION, "golden") for text in _spread(asked, OF_QUESTIONS))


def _spread(some: Sequence[str], count: int) -> Sequence[str]:
    return some[:: max(len(some) // count, 1)][:count]


def without_marks(text: str) -> str:
    parts = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(part for part in parts if not unicodedata.combining(part))


def learnt(taught: Iterable[Example]) -> Learnt:
    """Teach from sentences as typed, and as one who leaves the marks out types them."""
    told = _twice((one.text, one.kind) for one in taught)
    return Learnt(_weighed(told), counted_in(told, KINDS))


def topics_learnt(taught: Iterable[Example]) -> Counted:
    """Count what is said of each topic, with marks and without."""
    told = _twice((one.text, one.topic) for one in taught if one.topic)
    return counted_in(told, tuple(topics()), seldom=SELDOM_OF_TOPICS)


def _twice(taught: Iterable[tuple[str, Name]]) -> list[tuple[Terms, Name]]:
    twice = [(text, name) for one, name in taught for text in {one, without_marks(one)}]
    return [(terms_of(read(text)), name) for text, name in sorted(twice)]


def _weighed(told: Sequence[tuple[Terms, Kind]]) -> Weights:
    times = Counter(term for terms, _ in told for term in (*terms.words, *terms.concepts))
    rows = {term: [0.0] * len(KINDS) for term, n in sorted(times.items()) if n >= SELDOM}
    rows[BIAS] = [0.0] * len(KINDS)
    lessons = [_lesson(terms, kind, rows) for terms, kind in told]
    _descend(lessons, _fairness(told))
    return Weights(dict(_kept(rows)))


# A lesson: its terms' rows, how much each counts, and the number of its kind.
Lesson = tuple[list[tuple[list[float], float]], int]


def _lesson(terms: Terms, kind: Kind, rows: Mapping[str, list[float]]) -> Lesson:
    parts = [(rows[term], part) for heap, part in heaps(terms, rows) for term in sorted(heap)]
    return parts, KINDS.index(kind)


def _fairness(told: Sequence[tuple[Terms, Kind]]) -> Sequence[float]:
    """Let kinds with few sentences count for more, by the root of how few they are."""
    counts = Counter(kind for _, kind in told)
    return [sqrt(len(told) / len(KINDS) / max(counts[kind], 1)) for kind in KINDS]


def _descend(lessons: list[Lesson], fairness: Sequence[float]) -> None:
    order = random.Random(SEED)
    for number in range(ROUNDS):
        order.shuffle(lessons)
        step = STEP / (1 + number * FALLING)
        for parts, kind in lessons:
            _learn(parts, kind, step * fairness[kind])


def _learn(parts: Sequence[tuple[list[float], float]], kind: int, step: float) -> None:
    scores = [sum(part * row[k] for row, part in parts) for k in range(len(KINDS))]
    highest = max(scores)
    odds = [exp(score - highest) for score in scores]
    total = sum(odds)
    for k, odd in enumerate(odds):
        wrong = odd / total - (k == kind)
        if abs(wrong) > SETTLED:
            change = step * wrong
            for row, part in parts:
                row[k] -= change * part


def _kept(rows: Mapping[str, Sequence[float]]) -> Iterator[tuple[str, Sequence[int]]]:
    for term, row in rows.items():
        middle = sum(row) / len(row)
        whole = [round((value - middle) * SCALE) for value in row]
        if max(map(abs, whole)) >= LEAST:
            yield term, whole
