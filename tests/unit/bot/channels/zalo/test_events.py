"""Every event of Zalo's list is read, in each of its shapes; nothing at all makes reading fail."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.errors import UnreadableWebhook
from bot.channels.zalo.content import Content
from bot.channels.zalo.envelope import Envelope, opened
from bot.channels.zalo.events import (
    Answered,
    Echo,
    Followed,
    Nothing,
    Opened,
    PutAside,
    Receipt,
    Said,
    Shared,
    Unbrought,
    Unknown,
    Withdrawn,
    read_event,
)
from bot.channels.zalo.payloads import value_of
from bot.channels.zalo.rendering import PRESSED
from bot.messages import Attachment, MessageKind, Position

OA, USER, STAMP = "2491302944280861639", "3617592342117093420", "1763614800000"
AT = datetime(2025, 11, 20, 5, tzinfo=UTC)
URL = "https://f20-zpc.zdn.vn/jpg/1.jpg"


def a_call(event: str, **told: Any) -> Envelope:
    whole = {
        "app_id": "1",
        "sender": {"id": USER},
        "recipient": {"id": OA},
        "event_name": event,
        "timestamp": STAMP,
    }
    return opened(orjson.dumps(whole | told))


def from_us(event: str, **told: Any) -> Envelope:
    return a_call(event, sender={"id": OA}, recipient={"id": USER}, **told)


def said(event: str, **message: Any) -> tuple[Content, ...]:
    read = read_event(a_call(event, message={"msg_id": "m1", **message}))
    assert isinstance(read, Said)
    assert read.message == "m1"
    return read.contents


def attached(kind: str, **payload: Any) -> dict[str, Any]:
    return {"attachments": [{"type": kind, "payload": payload}]}


def test_words_are_words_and_what_a_button_sends_is_its_choice() -> None:
    assert said("user_send_text", text=" khai sinh ") == (
        Content(kind=MessageKind.TEXT, text="khai sinh"),
    )
    pressed = f"{PRESSED}p:1.001193.000.00.00.H21"
    assert said("user_send_text", text=pressed) == (
        Content(kind=MessageKind.CHOICE, text="p:1.001193.000.00.00.H21"),
    )


@pytest.mark.parametrize("text", ["#khaisinh", "# a:b", "#A:b", "a:b", "#", "#a:", "#a:một"])
def test_a_word_somebody_marked_is_no_choice(text: str) -> None:
    assert value_of(text) == ""


@pytest.mark.parametrize("value", ["menu", "none", "n:news", "f:untell", "a:fee:1.0"])
def test_every_kind_of_choice_comes_back(value: str) -> None:
    assert value_of(PRESSED + value) == value


@pytest.mark.parametrize(
    ("event", "kind", "payload", "media", "size"),
    [
        ("user_send_image", MessageKind.PHOTO, {"url": URL}, "image/jpeg", 0),
        ("user_send_gif", MessageKind.PHOTO, {"url": URL}, "image/gif", 0),
        ("user_send_audio", MessageKind.VOICE, {"url": URL}, "", 0),
        ("user_send_video", MessageKind.FILE, {"url": URL, "description": "x"}, "", 0),
        (
            "user_send_file",
            MessageKind.FILE,
            {"url": URL, "name": "đơn.pdf", "size": "1024", "checksum": "x", "type": "pdf"},
            "application/pdf",
            1024,
        ),
        (
            "user_send_file",
            MessageKind.FILE,
            {"url": URL, "type": "image/png", "size": -1},
            "image/png",
            0,
        ),
    ],
)
def test_files_are_told_by_their_address(
    event: str, kind: MessageKind, payload: dict[str, Any], media: str, size: int
) -> None:
    told = said(event, **attached(event.removeprefix("user_send_"), **payload))
    file = Attachment(reference=URL, media=media, size=size)
    assert told == (Content(kind=kind, attachment=file),)


@pytest.mark.parametrize("url", ["", "ftp://a.vn/1", "https://a.vn/" + "x" * 3000, "//a.vn"])
def test_an_address_that_is_none_is_no_file(url: str) -> None:
    assert said("user_send_image", **attached("image", url=url)) == (
        Content(kind=MessageKind.PHOTO),
    )


def test_a_place_comes_as_words_and_figures_in_text() -> None:
    told = said(
        "user_send_location",
        text="Quy Nhơn",
        **attached("location", coordinates={"latitude": "13.77", "longitude": "109.22"}),
    )
    place = Position(latitude=13.77, longitude=109.22)
    assert told == (Content(kind=MessageKind.LOCATION, text="Quy Nhơn", position=place),)
    for odd in ("nan", "x", "91", "inf", "", None):
        at = {"latitude": odd, "longitude": "1"}
        (content,) = said("user_send_location", **attached("location", coordinates=at))
        assert content.position is None


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("/-strong", "🙂"),
        ("/-heart :o", "🙂 🙂"),
        ("cảm ơn /-heart", "cảm ơn 🙂"),
        ("nộp ở đâu: /-abc", "nộp ở đâu: 🙂"),
        ("12/-a", "12/-a"),
        ("đơn/-hồ sơ", "đơn/-hồ sơ"),
    ],
)
def test_zalos_small_pictures_are_no_words(text: str, read: str) -> None:
    assert said("user_send_text", text=text) == (Content(kind=MessageKind.TEXT, text=read),)


def test_a_link_is_words_and_a_sticker_or_a_card_is_nothing_we_know() -> None:
    assert said("user_send_link", **attached("link", url="https://a.vn"))[0].text == "https://a.vn"
    for one in ("sticker", "business_card", "smell"):
        told = said(f"user_send_{one}", **attached(one, url=URL))
        assert told == (Content(kind=MessageKind.UNSUPPORTED),)


def test_who_follows_or_opens_the_chat_is_known_without_a_sender() -> None:
    bare = {"sender": None, "recipient": None, "oa_id": OA}
    follow = a_call("follow", **bare, follower={"id": USER}, source="oa_profile")
    assert (follow.oa, follow.user, read_event(follow)) == (OA, USER, Followed(on=True))
    assert read_event(a_call("unfollow", **bare, follower={"id": USER})) == Followed(on=False)
    chat = a_call("user_click_chatnow", **bare, user_id=USER)
    assert (chat.oa, chat.user, read_event(chat)) == (OA, USER, Opened())


def test_a_contact_is_read_in_both_shapes() -> None:
    new = {"user_city": "Gia Lai", "user_ward": "Quy Nhơn", "user_address": "1 Trần Phú"}
    newer = {"name": "Nam", "phone": "84912345678", "full_address": new}
    older = {
        "name": "Nam",
        "phone": 84912345678,
        "address": "1 Trần Phú",
        "ward": "Quy Nhơn",
        "city": "Gia Lai",
    }
    read = Shared(name="Nam", phone="84912345678", address="1 Trần Phú, Quy Nhơn, Gia Lai")
    for info in (newer, older):
        assert read_event(a_call("user_submit_info", info=info)) == read
    assert read_event(a_call("user_submit_info", info=[1])) == Shared()


def test_a_person_who_answered_is_told_from_our_own_echo() -> None:
    for kind in ("text", "image", "gif", "list", "file", "sticker"):
        echo = from_us(f"oa_send_{kind}")
        assert (echo.oa, echo.user, read_event(echo)) == (OA, USER, Echo())
        person = {"id": OA, "admin_id": 6000000000000000001}
        by_hand = a_call(f"oa_send_{kind}", sender=person, recipient={"id": USER})
        assert (by_hand.user, read_event(by_hand)) == (USER, Answered())


def test_receipts_name_messages_and_nobody() -> None:
    one = from_us("user_received_message", message={"msg_id": "m1", "tracking_id": "t1"})
    assert (one.follower, read_event(one)) == (None, Receipt(messages=("m1",), tracking="t1"))
    seen = from_us("user_seen_message", message={"msg_ids": ["m1", 2, None, "m1"]})
    assert read_event(seen) == Receipt(messages=("m1", "2"), seen=True)


@pytest.mark.parametrize(
    ("beside", "within", "code"),
    [
        ({}, {"error": -230}, -230),
        ({"error_code": "-213"}, {}, -213),
        ({"error": 0}, {"error": "0", "error_code": None}, 0),
        ({"error": "Success"}, {}, 0),
    ],
)
def test_a_receipt_with_a_fault_beside_it_is_none(
    beside: dict[str, Any], within: dict[str, Any], code: int
) -> None:
    event = read_event(
        from_us("user_received_message", message={"msg_id": "m1", **within}, **beside)
    )
    assert event == (Unbrought(("m1",), code) if code else Receipt(messages=("m1",)))


@pytest.mark.parametrize(
    ("event", "read"),
    [
        ("user_withdraw", Withdrawn()),
        ("widget_interaction_accepted", Opened()),
        ("user_call_oa", Opened()),
        *((f"anonymous_send_{one}", PutAside()) for one in ("text", "image", "file", "sticker")),
        ("oa_send_anonymous_text", PutAside()),
        *(
            (one, Nothing())
            for one in (
                *("user_reacted_message", "oa_reacted_message", "add_user_to_tag"),
                *("remove_user_from_tag", "remove_tag", "update_user_info", "user_feedback"),
                *("change_template_status", "change_template_quality", "change_oa_daily_quota"),
                *("oa_send_consent", "user_reply_consent", "extension_purchased"),
                *("user_send_group_text", "oa_send_group_text", "create_group"),
            )
        ),
        ("what_comes_next_year", Unknown()),
    ],
)
def test_every_other_event_of_the_list_is_known(event: str, read: object) -> None:
    assert read_event(a_call(event)) == read


def test_ids_are_text_though_they_come_as_numbers() -> None:
    call = a_call("user_send_text", sender={"id": int(USER)}, recipient={"id": int(OA)})
    assert (call.oa, call.user, call.at) == (OA, USER, AT)
    late = a_call("user_send_text", timestamp=int(STAMP))
    assert late.at == AT


def test_a_repeated_call_has_its_key_and_another_has_another() -> None:
    keys = {
        a_call("user_send_text", message={"msg_id": "m1"}).key,
        a_call("user_send_text", message={"msg_id": "m2"}).key,
        a_call("follow", oa_id=OA, follower={"id": USER}).key,
        a_call("unfollow", oa_id=OA, follower={"id": USER}).key,
        a_call("follow", oa_id=OA, follower={"id": USER}, timestamp="1763614800001").key,
        from_us("user_received_message", message={"msg_id": "m1"}).key,
        from_us("user_received_message", message={"msg_id": "m2"}).key,
        from_us("user_seen_message", message={"msg_ids": ["m1"]}).key,
        from_us("user_seen_message", message={"msg_ids": ["m2"]}).key,
        a_call("change_template_status", sender=None, template_id="1").key,
        a_call("change_template_status", sender=None, template_id="2").key,
    }
    assert len(keys) == 11
    assert max(map(len, keys)) <= 128
    again = a_call("user_send_text", message={"msg_id": "m1"}, more="x")
    assert again.key in keys


@pytest.mark.parametrize(
    "body",
    [b"", b"[1]", b"{}", b'{"event_name":"a"}', b"\xff", b'{"event_name":"a","timestamp":"x"}',
     b'{"timestamp":"1","a":' + b"[" * 9_000],
)  # fmt: skip
def test_what_tells_no_moment_is_refused(body: bytes) -> None:
    with pytest.raises(UnreadableWebhook):
        opened(body)


NAMES = (
    *("user_send_text", "user_send_image", "user_send_location", "user_send_file", "follow"),
    *("user_submit_info", "user_seen_message", "user_received_message", "oa_send_text", "x"),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "url", "payload", "coordinates", "latitude", "size", "msg_id"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)
FIELDS = ("sender", "recipient", "message", "info", "follower", "oa_id", "user_id", "timestamp")
CALLS = st.fixed_dictionaries({}, optional=dict.fromkeys(FIELDS, JSON))
MESSAGES = st.fixed_dictionaries(
    {}, optional=dict.fromkeys(("msg_id", "text", "attachments", "msg_ids"), JSON)
)


@given(st.sampled_from(NAMES), CALLS, MESSAGES)
def test_no_shape_makes_reading_fail(
    event: str, told: dict[str, Any], message: dict[str, Any]
) -> None:
    whole = {"event_name": event, "timestamp": STAMP, **told}
    for one in (whole, whole | {"message": message | {"msg_id": "m1"}, "timestamp": STAMP}):
        with suppress(UnreadableWebhook):
            call = opened(orjson.dumps(one))
            assert len(call.key) <= 128
            assert len(call.subject) <= 180
            read_event(call)


@given(st.binary(max_size=200))
def test_no_bytes_make_opening_fail(body: bytes) -> None:
    with suppress(UnreadableWebhook):
        opened(body)


@pytest.mark.parametrize(
    "name", [b"7", b'"\xc4\x91"', b'"' + b"x" * 61 + b'"', b"null", b'"a\\u0000"']
)
def test_an_event_whose_name_could_not_be_known_has_none(name: bytes) -> None:
    assert opened(b'{"event_name":' + name + b',"timestamp":"1"}').event == ""


@pytest.mark.parametrize("odd", [b'"\\ud83d"', b"NaN", b"-Infinity", b"1e999"])
def test_json_that_is_none_by_the_book_is_read(odd: bytes) -> None:
    assert opened(b'{"event_name":"a","timestamp":"1","odd":' + odd + b"}").event == "a"
