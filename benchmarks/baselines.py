"""Two plain ways to search names, as the yardstick: BM25 on syllables, and SQLite FTS5."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Sequence
from math import log

from knowledge.text import words


class Bm25:
    """BM25 over official names (k1 1.2, b 0.75)."""

    def __init__(self, named: Sequence[tuple[str, str]]) -> None:
        self.codes = [code for code, _ in named]
        cut = [words(name) for _, name in named]
        self.lengths = [len(text) for text in cut]
        self.average = sum(self.lengths) / len(cut)
        self.postings: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        for number, text in enumerate(cut):
            for word, count in Counter(text).items():
                self.postings[word].append((number, count))

    def __call__(self, question: str) -> list[str]:
        scores: defaultdict[int, float] = defaultdict(float)
        for word in words(question):
            found = self.postings.get(word, [])
            idf = log(1 + (len(self.codes) - len(found) + 0.5) / (len(found) + 0.5))
            for number, count in found:
                norm = 1.2 * (0.25 + 0.75 * self.lengths[number] / self.average)
                scores[number] += idf * count * 2.2 / (count + norm)
        ranked = sorted(scores, key=lambda number: -scores[number])
        return [self.codes[number] for number in ranked[:10]]


class Fts5:
    """SQLite FTS5 over folded names, any of the words, its own bm25."""

    def __init__(self, named: Sequence[tuple[str, str]]) -> None:
        self.connection = sqlite3.connect(":memory:")
        self.connection.execute("CREATE VIRTUAL TABLE names USING fts5(code UNINDEXED, name)")
        rows = [(code, " ".join(words(name))) for code, name in named]
        self.connection.executemany("INSERT INTO names VALUES (?, ?)", rows)

    def __call__(self, question: str) -> list[str]:
        asked = " OR ".join(f'"{word}"' for word in words(question))
        if not asked:
            return []
        query = "SELECT code FROM names WHERE names MATCH ? ORDER BY bm25(names) LIMIT 10"
        return [code for (code,) in self.connection.execute(query, (asked,))]
