"""The table of limits: whole, lawful, and an office's own only where it may have one."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from bot.clock import VIETNAM, SystemClock
from bot.feedback.kinds import HANDLED, WITHHELD, Kind
from bot.feedback.law import DATA, Mark
from bot.feedback.limits import (
    Grade,
    Limit,
    Limits,
    Step,
    fault_of,
    shipped,
    units_of,
    with_own,
)
from bot.feedback.regimes import regime_of, regimes
from bot.feedback.terms import Unit
from bot.officials.own_limits import OwnLimit, Profile

TODAY = SystemClock().now().astimezone(VIETNAM).date()
DAYS = (date(2026, 6, 30), date(2026, 7, 1), TODAY)
TOPICS = ("moi_truong", "y_te", "thu_tuc_hanh_chinh", "thai_do_phuc_vu", "can_bo", "khac", "")


def limits_of(profile: Profile = Profile.OTHER, **own: OwnLimit) -> Limits:
    return Limits.of(profile, own, TODAY)


def by_id(name: str) -> Limit:
    return next(one for one in shipped() if one.id == name)


def own(number: int, unit: str = "wd", *, confirmed: bool = True) -> OwnLimit:
    return OwnLimit(number=number, unit=unit, confirmed=confirmed)


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("profile", Profile)
@pytest.mark.parametrize("kind", sorted(HANDLED - {Kind.PRAISE}))
def test_every_case_is_answered_by_exactly_one_limit(
    kind: Kind, profile: Profile, day: date
) -> None:
    limits = Limits.of(profile, {}, day)
    for topic, grade in product(TOPICS, Grade):
        found = limits.find(Step.ANSWERED, regime_of(kind, topic).id, topic, grade)
        assert found is not None
        accepting = limits.find(Step.ACCEPTED, regime_of(kind, topic).id, topic, grade)
        assert (accepting is not None) == (found.begins is Step.ACCEPTED)


@pytest.mark.parametrize("kind", sorted({*WITHHELD, Kind.PRAISE, Kind.QUESTION, Kind.EMERGENCY}))
def test_what_is_no_case_with_a_limit_has_none(kind: Kind) -> None:
    regime = regime_of(kind, "moi_truong").id
    assert limits_of().find(Step.ANSWERED, regime, "moi_truong", Grade.SIMPLE) is None


@pytest.mark.parametrize(
    ("profile", "topic", "grade", "number", "unit"),
    [
        (Profile.HANOI, "moi_truong", Grade.URGENT, 4, Unit.WORKING_HOUR),
        (Profile.DANANG, "moi_truong", Grade.URGENT, 1, Unit.WORKING_DAY),
        (Profile.OTHER, "y_te", Grade.URGENT, 1, Unit.WORKING_DAY),
        (Profile.OTHER, "tieng_on", Grade.SIMPLE, 3, Unit.WORKING_DAY),
        (Profile.OTHER, "y_te", Grade.SIMPLE, 10, Unit.WORKING_DAY),
        (Profile.OTHER, "tieng_on", Grade.COMPLEX, 10, Unit.WORKING_DAY),
        (Profile.OTHER, "thu_tuc_hanh_chinh", Grade.SIMPLE, 7, Unit.WORKING_DAY),
        (Profile.OTHER, "can_bo", Grade.COMPLEX, 15, Unit.WORKING_DAY),
    ],
)
def test_reports_by_topic_grade_and_profile(
    profile: Profile, topic: str, grade: Grade, number: int, unit: Unit
) -> None:
    regime = regime_of(Kind.REPORT, topic).id
    found = limits_of(profile).find(Step.ANSWERED, regime, topic, grade)
    assert found is not None
    assert (found.number, found.unit) == (number, unit)


def test_every_id_stands_once_and_in_order_of_the_headings() -> None:
    ids = [one.id for one in shipped()]
    groups = [one.group for one in shipped()]
    assert len(set(ids)) == len(ids)
    assert [*dict.fromkeys(groups)] == [
        one for n, one in enumerate(groups) if n == 0 or groups[n - 1] != one
    ]


def test_what_no_law_says_is_told_by_nobody_before_the_office_has_confirmed_it() -> None:
    for one in shipped():
        assert one.local or one.product or (one.basis.sure and one.basis.cited)
        assert one.basis.law or one.basis.mark is Mark.DOUBTFUL


def test_nothing_speaks_of_what_is_no_more() -> None:
    told = (DATA / "deadlines.toml").read_text(encoding="utf-8").casefold()
    for gone in ("huyện", "quận", "42/2022", "64/2014", "13/2023", "61/2018"):
        assert gone not in told


def test_a_limit_of_the_province_is_told_only_once_the_office_has_confirmed_it() -> None:
    assert not limits_of().rows["ht_normal"].told
    assert not limits_of(ht_normal=own(5, confirmed=False)).rows["ht_normal"].told
    confirmed = limits_of(ht_normal=own(5)).rows["ht_normal"]
    assert confirmed.told
    assert (confirmed.number, confirmed.unit) == (5, Unit.WORKING_DAY)
    assert limits_of().rows["qd_transfer"].told
    assert limits_of().rows["reopen"].told


@pytest.mark.parametrize(
    ("name", "number", "unit", "fault"),
    [
        ("ht_normal", 5, "wd", ""),
        ("ht_normal", 24, "wh", ""),
        ("ht_normal", 0, "wd", "number"),
        ("ht_normal", 366, "wd", "number"),
        ("ht_normal", 3, "h", "unit"),
        ("qd_transfer", 3, "wd", ""),
        ("qd_transfer", 6, "wd", "over_the_law"),
        ("qd_transfer", 5, "d", "unit"),
        ("dl_breach", 48, "h", ""),
        ("reopen", 10, "wd", ""),
    ],
)
def test_what_an_office_may_set(name: str, number: int, unit: str, fault: str) -> None:
    limit, wanted = by_id(name), own(number, unit)
    assert fault_of(limit, number, unit) == fault
    taken = with_own(limit, wanted)
    assert taken.own == (None if fault else wanted)
    assert (taken.number == number and taken.unit == unit) == (not fault)


def test_every_regime_of_the_table_is_known() -> None:
    assert set().union(*(one.regimes for one in shipped())) <= set(regimes())


def test_hours_of_the_clock_are_for_no_case() -> None:
    assert {one.id for one in shipped() if Unit.HOUR in units_of(one)} == {"dl_breach"}
    assert not any(one.regimes for one in shipped() if one.unit is Unit.HOUR)


@pytest.mark.parametrize(
    ("province", "profile"),
    [("01", Profile.HANOI), ("48", Profile.DANANG), ("52", Profile.OTHER), ("", Profile.OTHER)],
)
def test_an_office_begins_with_the_model_of_its_province(province: str, profile: Profile) -> None:
    assert Profile.of(province) is profile
