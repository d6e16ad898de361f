"""Every number Zalo is known to answer with means one thing at each host, and ends one way."""

from __future__ import annotations

import pytest

from bot.channels.errors import SendCode
from bot.channels.zalo.codes import ENDS, Kind, meaning, numbers
from bot.channels.zalo.hosts import Host
from broadcasts.delivery.answers import Fault

# As the appendices of the documents list them.
API = (
    *(-32, -100, -200, -201, -204, -205),
    *range(-214, -208),
    *range(-221, -215),
    *(-223, -224, -227, -230, -232, -233, -234, -235, -237, -238, -240, -241, -242, -244),
    *(-248, -249, -320, -321, -403),
)
BUSINESS = (
    *range(-105, -99),
    *(-108, -109, -110, -111, -112, -1121, -1122, -1124, -113, -1131, -114, -115, -117, -118),
    *(-119, -120, -124, -1241, -125, -126, -127, -131, -132, -133, -135, -1351, -136, -137),
    *(-138, -139, -140, -141, -144, -1441, -145, -146, -147, -1471, -1472, -160, -161, -162),
)
OAUTH = (-32, -118, -14002, -14003, -14014)
KNOWN = {Host.API: API, Host.BUSINESS: BUSINESS, Host.OAUTH: OAUTH}
ALL = [
    meaning(host, number) for host, known in KNOWN.items() for number in known
]  # fmt: skip


@pytest.mark.parametrize("host", Host)
def test_the_table_is_whole(host: Host) -> None:
    assert numbers(host) == frozenset(KNOWN[host])


@pytest.mark.parametrize(
    ("host", "number", "kind", "send"),
    [
        (Host.API, -32, Kind.BACK_OFF, SendCode.RATE_LIMITED),
        (Host.API, -201, Kind.FALLBACK, SendCode.REFUSED),
        (Host.API, -213, Kind.USER, SendCode.BLOCKED),
        (Host.API, -216, Kind.REFRESH, SendCode.MISCONFIGURED),
        (Host.API, -220, Kind.REFRESH, SendCode.MISCONFIGURED),
        (Host.BUSINESS, -124, Kind.REFRESH, SendCode.MISCONFIGURED),
        (Host.API, -230, Kind.WINDOW, SendCode.WINDOW_CLOSED),
        (Host.API, -234, Kind.NIGHT, SendCode.NIGHT),
        (Host.BUSINESS, -133, Kind.NIGHT, SendCode.NIGHT),
        (Host.API, -218, Kind.LATER, SendCode.NO_QUOTA),
        (Host.API, -321, Kind.OPERATOR, SendCode.NO_QUOTA),
        (Host.API, -249, Kind.REROUTE, SendCode.REFUSED),
    ],
)
def test_a_number_has_one_meaning(host: Host, number: int, kind: Kind, send: SendCode) -> None:
    found = meaning(host, number)
    assert (found.kind, found.send) == (kind, send)


def test_the_same_number_means_another_thing_at_another_host() -> None:
    assert meaning(Host.API, -100).kind is Kind.REUPLOAD
    assert meaning(Host.BUSINESS, -100).kind is Kind.RETRY


def test_of_articles_alone_a_refused_right_is_a_used_up_quota() -> None:
    assert meaning(Host.API, -223, "/v2.0/article/create").kind is Kind.LATER
    assert meaning(Host.API, -223, "/v3.0/oa/message/cs").kind is Kind.OPERATOR
    assert meaning(Host.API, -214, "/v2.0/article/verify").kind is Kind.POLL


def test_of_templates_alone_a_number_of_the_other_list_is_known() -> None:
    by_user = "/v3.0/oa/message/template"
    assert meaning(Host.API, -131, by_user) == meaning(Host.BUSINESS, -131)
    assert not meaning(Host.API, -131, "/v3.0/oa/message/cs").known
    # What the first list has stays.
    assert meaning(Host.API, -213, by_user) == meaning(Host.API, -213)


@pytest.mark.parametrize("host", Host)
def test_a_number_nobody_knows_is_tried_a_few_times_and_looked_up(host: Host) -> None:
    found = meaning(host, -987654)
    assert (found.kind, found.known) == (Kind.RETRY, False)
    assert all(one.known for one in ALL)


def test_what_is_noted_of_a_person_is_noted_of_persons_alone() -> None:
    assert {one.state for one in ALL} == {"", "blocked", "inactive", "restricted"}
    assert {one.kind for one in ALL if one.state} == {Kind.USER}


def test_every_kind_has_its_ending_and_every_meaning_its_words() -> None:
    assert set(ENDS) == set(Kind)
    assert all(one.says for one in ALL)
    # One of each is in use: a kind without a number is a rule nobody needs.
    assert {one.kind for one in ALL} == set(Kind)


def test_what_a_person_may_never_get_is_not_tried_again() -> None:
    again = {one.kind for one in ALL if one.retryable}
    assert again.isdisjoint({Kind.USER, Kind.WINDOW, Kind.OURS, Kind.HUMAN, Kind.FALLBACK})


def test_news_know_every_ending_a_channel_has() -> None:
    # Beside its own: what is still being made.
    assert set(map(str, Fault)) - {"not_ready"} == set(map(str, SendCode))
