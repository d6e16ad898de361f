"""Every rule told stands in a law that is known, and holds no longer than that law."""

from __future__ import annotations

from datetime import date

from bot.feedback.bodies import told_bodies
from bot.feedback.law import Basis, law_names
from bot.feedback.limits import shipped
from bot.feedback.purposes import uses
from bot.feedback.refusals import reasons
from bot.feedback.regimes import regimes
from bot.feedback.ways import statements
from knowledge.models import Snapshot


def _bases() -> list[Basis]:
    told = [one.basis for one in statements()] + [one.basis for one in told_bodies()]
    told += [one.basis for one in uses().values()]
    told += [one.basis for one in reasons().values()]
    told += [one.basis for one in regimes().values()]
    told += [one.basis for one in shipped()]
    return [one for one in told if one is not None]


def test_every_law_told_is_known_and_in_force_as_long_as_the_rule(snapshot: Snapshot) -> None:
    laws = {one.number: one for one in snapshot.legal_texts}
    assert set(law_names()) <= set(laws)
    assert len(_bases()) > 50
    for one in _bases():
        if one.law:
            law = laws[one.law]
            assert (one.since or date.min) >= (law.effective_from or date.min)
            assert (one.until or date.max) <= (law.effective_to or date.max)


def test_what_is_cited_was_read_and_names_its_law_aloud() -> None:
    for one in _bases():
        assert (one.cited != "") == (one.sure and bool(one.article))
        if one.cited:
            assert one.cited == f"{one.article} {law_names()[one.law]}"


def test_a_rule_holds_from_its_first_day_to_its_last() -> None:
    rule = Basis.read({"mark": "1", "since": date(2026, 7, 1), "until": date(2026, 7, 31)})
    days = [date(2026, 6, 30), date(2026, 7, 1), date(2026, 7, 31), date(2026, 8, 1)]
    assert [rule.in_force(day) for day in days] == [False, True, True, False]
    assert Basis.read({"mark": "C"}).in_force(date(1900, 1, 1))
