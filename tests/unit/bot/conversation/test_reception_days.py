"""Who asks when the office receives citizens is told the coming days, where it set them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.conversation.desk import Desk
from bot.conversation.lawful import lawful_way
from bot.conversation.outcomes import Outcome
from bot.conversation.pipeline import Conversation
from bot.conversation.turn import ConversationState, TurnResult
from bot.feedback.kinds import Kind
from bot.officials.office_entries import Entry, Stood
from bot.officials.receptions import Body, Reception
from bot.officials.standing import Standing
from knowledge.models import OpeningHours
from tests.conftest import NOON
from tests.factories import a_message
from tests.unit.bot.conversation.test_follow_ups import talk

WEDNESDAYS = Reception(hours=(OpeningHours(weekdays=(3,), opens="07:30", closes="11:30"),))


def _asked(desk: Desk, said: str) -> TurnResult:
    """Ask an office that has set its days."""
    entry = Entry(office="mau-xa", key="reception", value=WEDNESDAYS.value)
    conversation = Conversation(desk, Stood(version="1", entries=(entry,)))
    return conversation.answer(a_message(said), ConversationState(), now=NOON)


@pytest.mark.parametrize(
    "said",
    [
        "lịch tiếp công dân",
        "lich tiep cong dan cua xa",
        "chủ tịch xã tiếp dân ngày nào",
        "chu tich tiep dan thu may",
        "bao giờ xã tiếp công dân",
        "Tiếp công dân ở đâu vậy?",
    ],
)
def test_the_coming_days_are_told(desk: Desk, said: str) -> None:
    result = _asked(desk, said)
    assert result.outcome is Outcome.HOTLINE
    assert "Thứ tư 25/11/2026, 07:30–11:30" in result.replies[-1].text
    assert [one.value for one in result.replies[-1].choices] == ["g:tiep_cong_dan_cap_xa"]


@pytest.mark.parametrize("said", ["hôm nay có tiếp dân không", "thủ tục tiếp công dân"])
def test_other_questions_are_answered_as_before(desk: Desk, said: str) -> None:
    assert _asked(desk, said).replies == talk(desk, said).replies


def test_an_office_that_set_no_days_is_asked_as_before(desk: Desk) -> None:
    assert "Thứ tư" not in talk(desk, "lịch tiếp công dân").replies[-1].text


def test_a_complaint_is_no_question_about_the_days(desk: Desk) -> None:
    said = "tôi khiếu nại quyết định thu hồi đất, tiếp dân ngày nào"
    assert _asked(desk, said).outcome is not Outcome.HOTLINE


def test_the_nearest_police_are_told_until_the_office_names_them(desk: Desk) -> None:
    today = NOON.date()
    known = desk.places.police(desk.office) if desk.office else None
    assert known is not None
    told = "".join(one.text for one in lawful_way(desk, Kind.DENUNCIATION, today, ""))
    assert known.name in told
    named = Standing(bodies={"police": Body(name="Công an số 7", phone="113")})
    own = lawful_way(replace(desk, standing=named), Kind.DENUNCIATION, today, "")
    assert "Công an số 7" in "".join(one.text for one in own)
