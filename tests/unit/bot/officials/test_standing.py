"""What offices set is joined down the line, read with care, and never breaks an answer."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.clock import VIETNAM
from bot.messages import ChannelName
from bot.officials.entry_values import day_value
from bot.officials.notices import Notice, NoticeLevel
from bot.officials.office_entries import Entry
from bot.officials.office_rules import Rules
from bot.officials.own_limits import OwnLimit, Profile
from bot.officials.own_words import WordingFault, wording_fault
from bot.officials.standing import Standing
from knowledge.models import DayOff, Source

NOON = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
TIMES = some.times().map(lambda one: one.replace(second=0, microsecond=0))
MOMENTS = some.timedeltas(timedelta(), timedelta(days=365)).map(
    lambda since: datetime(2026, 1, 1, tzinfo=UTC) + since
)
STORM = Notice(
    id="bao",
    level=NoticeLevel.STORM,
    text="Bão số 9 đang vào.",
    begins=NOON,
    ends=NOON + timedelta(hours=6),
)


def test_the_nearest_office_wins() -> None:
    entries = [
        Entry(office="tinh", key="wording:greeting", value={"text": "tỉnh"}),
        Entry(office="xa", key="wording:greeting", value={"text": "xã"}),
        Entry(office="khac", key="wording:greeting", value={"text": "khác"}),
        Entry(office="tinh", key="wording:menu", value={"text": "tỉnh"}),
        Entry(office="tinh", key="notice:bao", value=STORM.value),
        Entry(office="", key="channel:telegram", value={"off": True}),
        Entry(office="", key="trial", value={"on": True, "code": "thu-123"}),
        Entry(office="xa", key="rule:quiet_hours", value={"from": "20:00", "to": "07:00"}),
        Entry(office="tinh", key="rule:four_eyes", value={"on": True}),
    ]
    found = Standing.of(entries, ("", "tinh", "xa"), guests=["web:a"])
    assert found.wording == {"greeting": "xã", "menu": "tỉnh"}
    assert found.notices_at(NOON) == (STORM,)
    assert found.notices_at(STORM.ends) == ()
    assert found.closed == {ChannelName.TELEGRAM}
    assert not found.refusal(ChannelName.WEB, "web:a")
    assert found.refusal(ChannelName.WEB, "web:b") == "trial_closed"
    assert found.refusal(ChannelName.TELEGRAM, "web:a") == "channel_off"
    assert found.rules == Rules(quiet_from=time(20), quiet_to=time(7), four_eyes=True)


def test_what_cannot_be_read_is_as_shipped() -> None:
    entries = [
        Entry(office="", key="notice:x", value={"level": "loud"}),
        Entry(office="", key="channel:fax", value={"off": True}),
        Entry(office="", key="rule:quiet_hours", value={"from": "sáng"}),
        Entry(office="", key="rule:unheard_of", value={"on": True}),
        Entry(office="", key="unheard_of", value={"on": True}),
        Entry(office="", key="wording:menu", value={}),
    ]
    assert Standing.of(entries, ("",)) == Standing()


def test_a_limit_is_read_back_as_written_and_counts_for_those_below() -> None:
    own = OwnLimit(number=5, unit="wd", confirmed=True, paper="QĐ 12/QĐ-UBND")
    entries = [
        Entry(office="tinh", key="deadline:ht_normal", value=own.value),
        Entry(office="tinh", key="deadline:reopen", value={**own.value, "limit": "năm"}),
        Entry(office="tinh", key="deadline_profile", value={"profile": "danang"}),
        Entry(office="xa", key="deadline_profile", value={"profile": "nowhere"}),
    ]
    assert Standing.of(entries, ("", "tinh")).limits == {"ht_normal": own}
    assert Standing.of(entries, ("", "tinh", "xa")).limits == {"ht_normal": own}
    assert Standing.of(entries, ("", "tinh")).profile is Profile.DANANG
    assert Standing.of(entries, ("", "tinh", "xa")).profile is None


def test_a_day_is_read_back_as_written() -> None:
    day = DayOff(
        name="Nghỉ bù",
        first=date(2026, 11, 23),
        last=date(2026, 11, 24),
        works=True,
        note="cả ngày",
        source=Source(name="Thông báo 12/TB", url="https://xa.example.vn", seen=NOON.date()),
    )
    entry = Entry(office="xa", key="day:2026-11-23", value=day_value(day))
    assert Standing.of([entry], ("", "xa")).days == ((day,),)


@given(TIMES, TIMES, MOMENTS)
def test_quiet_hours_end_when_the_clock_next_says_so(begin: time, end: time, at: datetime) -> None:
    rules = Rules(quiet_from=begin, quiet_to=end)
    until = rules.quiet_until(at)
    here = at.astimezone(VIETNAM)
    inside = begin <= here.time() < end if begin < end else not end <= here.time() < begin
    assert (until is not None) == (inside and begin != end)
    if until:
        assert timedelta() < until - at <= timedelta(days=1)
        assert until.astimezone(VIETNAM).time() == end
        assert rules.quiet_until(until) is None


@pytest.mark.parametrize(
    ("own", "fault"),
    [
        ("Chào bà con! Đây là {office}.", None),
        ("  ", WordingFault.EMPTY),
        ("{office}" + "a" * 2000, WordingFault.LONG),
        ("Chào {office", WordingFault.BRACES),
        ("Chào {office.__class__}", WordingFault.BRACES),
        ("Chào {office!r}", WordingFault.BRACES),
        ("Chào {office:>9999}", WordingFault.BRACES),
        ("Chào {0}", WordingFault.BRACES),
        ("Chào {}", WordingFault.BRACES),
        ("Chào {office} {contact}", WordingFault.UNKNOWN_GAP),
        ("Chào bà con!", WordingFault.LOST_GAP),
    ],
)
def test_a_sentence_fills_in_the_very_same(own: str, fault: WordingFault | None) -> None:
    assert wording_fault("Chào {office}", own) == fault
