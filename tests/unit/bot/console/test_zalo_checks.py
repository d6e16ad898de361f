"""What is looked at of an account: known and good, known and not, and not known."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

import pytest

from bot.casework.zalo.standing import Standing
from bot.channels.zalo.accounts import AccountStatus
from bot.channels.zalo.codes import meaning, numbers
from bot.channels.zalo.hosts import Host
from bot.channels.zalo.tally import STUCK
from bot.console.words import say
from bot.console.zalo.checking import Check, Known, Tone, checks_of
from bot.console.zalo.refusing import number_words
from bot.console.zalo.showing import Seen, shown
from bot.storage.zalo_overview_rows import AccountState, Mark, Quota
from tests.conftest import NOON

DAY: Final = timedelta(days=1)
ALL_WELL: Final = {
    "is_verified": True,
    "package_name": "Growth",
    "package_valid_through_date": "31/12/2027",
    "linked_ZCA": "123",
}


def a_state(**facts: Any) -> AccountState:
    told = {
        "oa_id": "1", "office": "xa", "name": "Xã", "status": AccountStatus.CONNECTED,
        "fault": "", "fault_at": None, "access_until": NOON + DAY,
        "refresh_until": NOON + 60 * DAY, "refreshed_at": NOON,
        "plain_until": None, "connected_at": NOON - 90 * DAY,
        "told": ALL_WELL, "told_at": NOON,
    }  # fmt: skip
    return AccountState(**told | facts)


def a_mark(mark: str, at: datetime = NOON) -> Mark:
    return Mark(mark=mark, count=1, last_at=at)


def a_quota(kind: str, remain: int, total: int | None = 10) -> Quota:
    return Quota(kind=kind, remain=remain, total=total, until=None, read_at=NOON)


WELL: Final = Known(
    state=a_state(),
    marks=(a_mark("signature:app_id:0"),),
    quotas=(a_quota("sub_quota", 3), a_quota("purchase_quota", 0, 0)),
    pays=True,
)


def worst(known: Known) -> list[Check]:
    return [one for one in checks_of(known, NOON) if one.tone is not Tone.GOOD]


def test_all_is_well() -> None:
    assert worst(WELL) == []
    assert [one.label for one in checks_of(WELL, NOON)] == [
        "Sự đồng ý", "Đã xác thực", "Gói", "Hạn gói", "Zalo Cloud Account", "Webhook", "Hạn mức",
    ]  # fmt: skip


def test_what_zalo_does_not_tell_is_not_known() -> None:
    found = worst(replace(WELL, state=a_state(told={}), quotas=()))
    assert {one.tone for one in found} == {Tone.UNKNOWN}
    assert {one.state for one in found} == {"không rõ"}
    assert [one.label for one in found] == [
        "Đã xác thực", "Gói", "Hạn gói", "Zalo Cloud Account", "Hạn mức",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("told", "label", "tone", "says"),
    [
        ({"is_verified": False}, "Đã xác thực", Tone.BAD, "Gửi hồ sơ xác thực"),
        ({"is_verified": "có"}, "Đã xác thực", Tone.UNKNOWN, "không cho biết"),
        ({"package_name": "Standard"}, "Gói", Tone.BAD, "Nâng lên gói Growth"),
        ({"package_name": "Gói Sao"}, "Gói", Tone.UNKNOWN, "“Gói Sao”"),
        ({"package_valid_through_date": "19/11/2026"}, "Hạn gói", Tone.BAD, "19/11/2026"),
        ({"package_valid_through_date": "27/11/2026"}, "Hạn gói", Tone.WARN, "còn 7 ngày"),
        ({"package_valid_through_date": "Tết"}, "Hạn gói", Tone.UNKNOWN, "không cho biết"),
        ({"linked_ZCA": ""}, "Zalo Cloud Account", Tone.BAD, "account.zalo.cloud"),
        ({"linked_ZCA": None}, "Zalo Cloud Account", Tone.UNKNOWN, "không cho biết"),
    ],
)
def test_what_zalo_tells_is_judged(
    told: dict[str, object], label: str, tone: Tone, says: str
) -> None:
    (found,) = worst(replace(WELL, state=a_state(told=ALL_WELL | told)))
    assert (found.label, found.tone) == (label, tone)
    assert says in found.says


def test_who_pays_nothing_needs_no_cloud_account() -> None:
    free = replace(WELL, pays=False, state=a_state(told=ALL_WELL | {"linked_ZCA": ""}))
    assert worst(free) == []


@pytest.mark.parametrize(
    ("facts", "tone", "says"),
    [
        ({"refresh_until": NOON + 13 * DAY}, Tone.WARN, "Nối lại"),
        ({"refresh_until": None}, Tone.UNKNOWN, "Chưa biết hạn"),
        ({"fault": "unreachable"}, Tone.WARN, "mạng của máy chủ"),
        ({"fault": "unreachable", "access_until": NOON}, Tone.BAD, "mạng của máy chủ"),
        ({"fault": "useless"}, Tone.BAD, "chương trình còn thử"),
        ({"told_at": NOON - 3 * DAY}, Tone.WARN, "Chưa hỏi được Zalo từ"),
        ({"told_at": None}, Tone.UNKNOWN, "Chưa hỏi được lần nào"),
    ],
)
def test_what_we_know_ourselves_is_judged(facts: dict[str, Any], tone: Tone, says: str) -> None:
    (found,) = worst(replace(WELL, state=a_state(**facts)))
    assert found.tone is tone
    assert says in found.says


def test_a_consent_that_is_over_comes_first_and_says_why() -> None:
    gone = a_state(status=AccountStatus.CONSENT_NEEDED, fault="expired", told={})
    first, second, *_ = checks_of(replace(WELL, state=gone), NOON)
    assert (first.label, first.tone, second.tone) == ("Sự đồng ý", Tone.BAD, Tone.UNKNOWN)
    assert "ba tháng" in first.says
    assert "Nối lại" in first.says


@pytest.mark.parametrize(
    ("marks", "tone", "says"),
    [
        ((), Tone.WARN, "Chưa nhận được gì"),
        ((a_mark("signature:oa_id:1", NOON - 4 * DAY),), Tone.WARN, "Đã 4 ngày"),
    ],
)
def test_a_silent_webhook_is_told(marks: tuple[Mark, ...], tone: Tone, says: str) -> None:
    (found,) = worst(replace(WELL, marks=marks))
    assert found.tone is tone
    assert says in found.says


def test_where_nothing_was_ever_given_nothing_is_said_to_be_left() -> None:
    (found,) = worst(
        replace(WELL, quotas=(a_quota("sub_quota", 0, 0), a_quota("purchase_quota", 0, 0)))
    )
    assert "không có tin nào" in found.says


def test_an_empty_quota_is_named() -> None:
    (found,) = worst(replace(WELL, quotas=(a_quota("sub_quota", 0), a_quota("broadcast", 2))))
    assert "Tin của gói" in found.says


def test_a_refusal_stands_with_what_to_do_until_the_same_is_taken() -> None:
    refused = a_mark("api:-224:article/create", NOON - timedelta(hours=1))
    (found,) = worst(replace(WELL, marks=(*WELL.marks, refused)))
    assert found.tone is Tone.BAD
    assert "Nâng lên gói" in found.says
    taken = a_mark("took:api:article/create")
    assert worst(replace(WELL, marks=(*WELL.marks, refused, taken))) == []


def test_of_one_switched_off_nothing_is_to_be_looked_at() -> None:
    assert checks_of(replace(WELL, state=a_state(status=AccountStatus.OFF)), NOON) == ()


@pytest.mark.parametrize(
    ("mark", "says"),
    [
        (
            "api:-214:article/verify",
            "Zalo còn đang xử lý. Chương trình tự hỏi lại. (Zalo báo -214: article/verify)",
        ),
        ("api:-220:message/cs", "Mã truy cập hết hạn sớm. Chương trình tự làm mới rồi gọi lại."),
        ("api:-224:message/cs", "Gói của Trang thấp."),
        ("api:-99999:message/cs", "Ghi lại số lỗi này khi hỏi Zalo."),
        ("too_large:add_user_to_tag", "Sự kiện quá lớn"),
    ],
)
def test_what_is_counted_asks_nobody_to_do_what_the_program_does(mark: str, says: str) -> None:
    state = a_state()
    seen = Seen(
        states=[state],
        quotas={},
        marks={state.oa_id: [a_mark(mark)]},
        words={},
        replies={},
        template_users=frozenset(),
        owing=frozenset(),
        waiting={},
    )
    ((counted,),) = (one.counted for one in shown(seen, NOON, pays=False))
    assert says in counted.label


@pytest.mark.parametrize("host", [Host.API, Host.BUSINESS])
def test_whatever_a_person_has_to_set_right_says_what_to_do(host: Host) -> None:
    stuck = [one for one in numbers(host) if meaning(host, one).kind in STUCK]
    assert stuck
    unsaid = [one for one in stuck if say("zalo_refused.other") in number_words(str(host), one)]
    assert unsaid == []


@pytest.mark.parametrize(
    ("facts", "mark", "standing"),
    [
        ({}, "", Standing.CONNECTED),
        ({"fault": "unreachable"}, "", Standing.CONNECTED),
        ({"fault": "unreachable", "access_until": NOON}, "", Standing.MUTE),
        ({"fault": "useless"}, "", Standing.MUTE),
        ({"fault": "shut"}, "", Standing.MUTE),
        ({}, "api:-224:message/cs", Standing.MUTE),
        # One message whose words somebody has to read, money, articles: replies go on.
        ({}, "api:-248:message/cs", Standing.CONNECTED),
        ({}, "api:-321:message/cs+paid", Standing.CONNECTED),
        ({}, "api:-224:article/create", Standing.CONNECTED),
        ({"status": AccountStatus.CONSENT_NEEDED, "fault": "lost"}, "", Standing.CONSENT_NEEDED),
        ({"status": AccountStatus.OFF, "fault": "lost"}, "", Standing.OFF),
    ],
)
def test_whether_anything_can_go_out(facts: dict[str, Any], mark: str, standing: Standing) -> None:
    marks = (a_mark(mark),) if mark else ()
    assert replace(WELL, state=a_state(**facts), marks=marks).standing(NOON) is standing
