"""Whatever comes from the Bot Platform is read as it is meant, or left."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.typed import TEXT_LIMIT
from bot.channels.zalo_bot.reading import LONGEST_ADDRESS, read_update
from bot.messages import IncomingMessage, MessageKind
from tests.conftest import NOON

PHOTO = "https://f20-zpc.zdn.vn/jpg/8120.jpg"
MESSAGE = {
    "from": {"id": "6ede9afa66b88fe6d6a9", "display_name": "Ted", "is_bot": False},
    "chat": {"id": "6ede9afa66b88fe6d6a9", "chat_type": "PRIVATE"},
    "message_id": "2d758cb5e222177a4e35",
    "date": 1750316131602,
}


def read(event: Any, message: Any, *, wrapped: bool = False) -> IncomingMessage | None:
    update = {"message": message} | ({"event_name": event} if event is not None else {})
    told = {"ok": True, "result": update} if wrapped else update
    return read_update(told, bot_id="24", received_at=NOON)


@pytest.mark.parametrize("wrapped", [True, False])
def test_a_text_is_read_with_its_source_and_its_id(wrapped: bool) -> None:
    told = read("message.text.received", MESSAGE | {"text": " Chào\r\nem "}, wrapped=wrapped)
    assert told is not None
    assert (told.address.conversation, told.external_id, told.kind, told.text) == (
        "zalo_bot:6ede9afa66b88fe6d6a9",
        "24:2d758cb5e222177a4e35",
        MessageKind.TEXT,
        "Chào\nem",
    )


@pytest.mark.parametrize(
    ("event", "more", "kind"),
    [
        ("message.text.received", {"text": "x"}, MessageKind.TEXT),
        ("message.image.received", {"photo": PHOTO}, MessageKind.PHOTO),
        ("message.image.received", {"photo_url": PHOTO, "caption": "x"}, MessageKind.PHOTO),
        ("message.sticker.received", {"sticker": "s", "url": PHOTO}, MessageKind.UNSUPPORTED),
        ("message.voice.received", {"voice_url": "https://x.zdn.vn/a"}, MessageKind.VOICE),
        ("message.unsupported.received", {}, MessageKind.UNSUPPORTED),
        ("message.hologram.received", {"text": "x"}, MessageKind.UNSUPPORTED),
        (None, {"text": "x"}, MessageKind.TEXT),
        (None, {"photo_url": PHOTO}, MessageKind.PHOTO),
        ("", {"voice_url": "https://x.zdn.vn/a"}, MessageKind.VOICE),
    ],
)
def test_each_event_is_of_its_kind(event: Any, more: Any, kind: MessageKind) -> None:
    told = read(event, MESSAGE | more)
    assert told is not None
    assert told.kind is kind
    address = told.attachment.reference if told.attachment else ""
    assert address == (PHOTO if kind is MessageKind.PHOTO else "")
    assert told.text == ("x" if "x" in (more.get("text"), more.get("caption")) else "")


@pytest.mark.parametrize(
    "more",
    [
        {"chat": {"id": "1", "chat_type": "GROUP"}},
        {"chat": {"id": "1"}},
        {"chat": {"id": "a b", "chat_type": "PRIVATE"}},
        {"chat": {"id": "1" * 200, "chat_type": "PRIVATE"}},
        {"chat": []},
        {"from": {"id": "1", "is_bot": True}},
        {"message_id": ""},
        {"message_id": None},
        {"text": ""},
        {"text": "\u200e"},
        {"text": 7},
    ],
)
def test_what_is_no_private_word_to_us_is_left(more: Any) -> None:
    assert read("message.text.received", MESSAGE | {"text": "x"} | more) is None


@pytest.mark.parametrize("event", ["message.text.sent", "follow", "message..received", "x" * 99])
def test_what_is_no_message_is_left(event: str) -> None:
    assert read(event, MESSAGE | {"text": "x"}) is None


@pytest.mark.parametrize(
    "address",
    ["", "ftp://x.zdn.vn/a", "file:///etc/passwd", "https://x/ảnh", "https://x/\n", 7, None,
     "https://x/" + "a" * LONGEST_ADDRESS],
)  # fmt: skip
def test_a_photo_without_an_address_that_can_be_asked_is_a_photo_still(address: Any) -> None:
    told = read("message.image.received", MESSAGE | {"photo": address})
    assert told is not None
    assert (told.kind, told.attachment) == (MessageKind.PHOTO, None)


def test_a_long_text_is_cut_and_ids_may_come_as_numbers() -> None:
    more = {"text": "a" * 5000, "message_id": 12, "chat": {"id": 7, "chat_type": "PRIVATE"}}
    told = read("message.text.received", MESSAGE | more)
    assert told is not None
    assert (len(told.text), told.external_id, told.address.user_id) == (TEXT_LIMIT, "24:12", "7")


ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["result", "message", "event_name", "chat", "text", "from", "id"]),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)


@given(st.dictionaries(st.sampled_from(["ok", "result", "message", "event_name"]), ANY))
def test_whatever_comes_surprises_nobody(told: dict[str, Any]) -> None:
    found = read_update(told, bot_id="24", received_at=NOON)
    assert found is None or found.address.user_id
