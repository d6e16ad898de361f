"""Edited and set right again, the knowledge answers the golden questions as it was built."""

from __future__ import annotations

from dataclasses import replace

import pytest

from benchmarks.questions import golden
from bot.conversation.desk import Desk
from knowledge.library import KnowledgeBase
from knowledge.models import Snapshot
from knowledge.search import Candidate

EVERY = 20
CARD = "1.001193"
SAID = "bé nhà em chào đời ở trạm xá thì làm giấy gì"


class Shelf:
    """Tells when something was built."""

    def __init__(self) -> None:
        self.put_under: list[str] = []

    def take(self, mark: str) -> None:
        assert mark

    def put(self, mark: str, values: object) -> None:
        assert values
        self.put_under.append(mark)


def _edited(snapshot: Snapshot) -> Snapshot:
    """Another snapshot: half of the aliases of some cards away, one guide and one card gone."""
    some = snapshot.procedures[:: max(1, len(snapshot.procedures) // 40)]
    changed = {one.code: replace(one, aliases=(*one.aliases[::2], SAID)) for one in some}
    return replace(
        snapshot,
        procedures=tuple(changed.get(one.code, one) for one in snapshot.procedures[1:]),
        guides=snapshot.guides[1:],
        version="sửa",
    )


def _first(found: tuple[Candidate, ...], count: int) -> list[str]:
    return [one.topic.ref for one in found[:count]]


@pytest.fixture(scope="module")
def there_and_back(desk: Desk, snapshot: Snapshot) -> KnowledgeBase:
    shelf = Shelf()
    base = desk.knowledge.renewed(_edited(snapshot), shelf).renewed(snapshot, shelf)
    assert shelf.put_under == []
    assert base.index is not desk.knowledge.index
    return base


def test_the_same_comes_first(desk: Desk, there_and_back: KnowledgeBase) -> None:
    asked = golden()[::EVERY]
    first = three = 0
    for question in asked:
        found = there_and_back.ask(question.text).candidates
        expected = desk.knowledge.ask(question.text).candidates
        first += _first(found, 1) == _first(expected, 1)
        three += _first(found, 3) == _first(expected, 3)
    assert first >= 0.995 * len(asked)
    assert three >= 0.98 * len(asked)


def test_what_an_office_adds_is_found_and_what_it_takes_away_is_not(
    desk: Desk, snapshot: Snapshot
) -> None:
    card = next(one for one in snapshot.procedures if one.code == CARD)
    others = tuple(one for one in snapshot.procedures if one is not card)
    told = replace(card, aliases=(*card.aliases, SAID))
    after = desk.knowledge.renewed(replace(snapshot, procedures=(*others, told)))
    assert after.ask(SAID).candidates[0].phrase == SAID
    assert after.ask("be nha em chao doi o tram xa").candidates[0].topic.ref == CARD
    gone = after.renewed(replace(snapshot, procedures=others))
    assert all(one.topic.ref != CARD for one in gone.ask(SAID).candidates)
    assert all(one.topic.ref != CARD for one in gone.ask(card.everyday_name).candidates)


def test_where_no_way_of_asking_differs_the_index_stays(desk: Desk, snapshot: Snapshot) -> None:
    card = snapshot.procedures[0]
    other = replace(card, time_note="Thứ Bảy không tính.")
    after = desk.knowledge.renewed(replace(snapshot, procedures=(other, *snapshot.procedures[1:])))
    assert after.index is desk.knowledge.index
    assert after.procedure(card.code).time_note == "Thứ Bảy không tính."
