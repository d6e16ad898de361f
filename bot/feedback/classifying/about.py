"""What a matter is about, told by its words and by counts: which unit may handle it.

A table names the words that tell a topic; beside it all words and pairs are counted, as they are
for kinds (``counted``), so that what nobody thought of speaks as well.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from math import sqrt
from typing import Final

from bot.feedback.classifying.concepts import Groups
from bot.feedback.classifying.counted import Counted
from bot.feedback.classifying.reading import DATA, Clause, Said
from bot.feedback.classifying.tables import read_table
from bot.feedback.classifying.terms import Terms
from bot.feedback.kinds import Kind
from bot.feedback.topics import OTHER, topics
from knowledge.text import tokens

WORDS_FILE: Final = DATA / "topic_words.vi.toml"
COUNTED_FILE: Final = DATA / "topics_counted.tsv"
# What the counts count for beside the root of what the table's words do.
OF_COUNTED: Final = 3.0
# Where matters of a kind belong whose words tell no topic, and how much that alone counts.
USUAL: Final[Mapping[Kind, tuple[str, float]]] = {
    Kind.DENUNCIATION: ("can_bo", 3.0),
    Kind.PRAISE: ("thai_do_phuc_vu", 0.5),
    Kind.QUESTION: ("thu_tuc_hanh_chinh", 0.9),
    Kind.COMPLAINT: ("thu_tuc_hanh_chinh", 0.5),
    Kind.EMERGENCY: ("pccc_cuu_nan", 0.5),
}
# Who comes to help: no other topic is told of an emergency.
RESCUERS: Final = frozenset({"pccc_cuu_nan", "an_ninh_trat_tu", "y_te"})
# A phrase counts by its words and a little more, so that “nước thải” is no matter of supply.
LONGER: Final = 1.5
SURE: Final = 2.0
# Without marks one word may be many: “bo” is “bò”, “bỏ” and “bộ”.
BARE_WORD: Final = 0.3
# What stands right behind one of these tells where something is, not what.
_BESIDE: Final = tokens("trước gần cạnh sát cổng chỗ")
OF_A_PLACE: Final = 0.25
BEFORE: Final = 2


def topic_of(said: Said, terms: Terms, kind: Kind, counted: Counted) -> str:
    """Give the topic of ``topics.vi.toml`` that a message of ``kind`` is about."""
    if kind is Kind.OTHER:
        return OTHER
    listed = _listed(said, kind)
    both = {
        name: sqrt(listed.get(name, 0.0)) + OF_COUNTED * seldom
        for name, seldom in zip(topics(), counted.scores(terms.said), strict=True)
        if kind is not Kind.EMERGENCY or name in RESCUERS
    }
    loudest = max(both, key=lambda name: (both[name], name))
    return loudest if both[loudest] > 0 else OTHER


@cache
def shipped() -> Counted:
    """Give what was counted of topics, in the order of their file, read once."""
    return Counted(read_table(COUNTED_FILE), len(topics()))


def _listed(said: Said, kind: Kind) -> Mapping[str, float]:
    """Give how much the table's words, and the kind, count for the topics they tell."""
    told: defaultdict[str, float] = defaultdict(float)
    if kind in USUAL:
        usual, count = USUAL[kind]
        told[usual] += count
    for name, count in _told(said):
        told[name] += count
    return told


def _told(said: Said) -> Iterator[tuple[str, float]]:
    """Give each topic that is spoken of, and how much a phrase of it counts."""
    for clause in said.clauses:
        seen = set()
        for start, group in _phrases().found(clause, marked=said.marked):
            if group not in seen:
                seen.add(group)
                name, how, size = group.split()
                count = SURE if how == "sure" else int(size) ** LONGER
                if not said.marked and size == "1":
                    count *= BARE_WORD
                place = _is_place(clause, start, marked=said.marked)
                yield name, count * (OF_A_PLACE if place else 1.0)


def _is_place(clause: Clause, start: int, *, marked: bool) -> bool:
    before = slice(max(start - BEFORE, 0), start)
    said, beside = (clause.keys, _BESIDE.keys) if marked else (clause.words, _BESIDE.words)
    return not set(beside).isdisjoint(said[before])


@cache
def _phrases() -> Groups:
    """Give the phrases of all topics; those that count alike in a group of their own."""
    groups: dict[str, list[str]] = {}
    for name, row in tomllib.loads(WORDS_FILE.read_text(encoding="utf-8")).items():
        for how in ("words", "sure"):
            for phrase in row.get(how, ()):
                groups.setdefault(f"{name} {how} {len(phrase.split())}", []).append(phrase)
    return Groups.of(groups)
