"""The page's JSON becomes a message, or a fault with a name."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.typed import TEXT_LIMIT, clean
from bot.channels.webchat import (
    ChatFault,
    UnreadableChat,
    read_message,
    read_session,
    render,
)
from bot.messages import (
    Author,
    IncomingMessage,
    MessageKind,
    OutgoingMessage,
    QuickReply,
    Reply,
    Wanted,
)
from tests.conftest import NOON
from tests.factories import a_citizen


def _read(**sent: object) -> IncomingMessage:
    body = json.dumps({"session": "s1", **sent}).encode()
    return read_message(body, received_at=NOON, spare_id="spare")


def test_a_typed_question_becomes_a_text() -> None:
    message = _read(text=" khai sinh\r\ncho con ", id="m1")
    assert (message.kind, message.text) == (MessageKind.TEXT, "khai sinh\ncho con")
    assert message.address == a_citizen("s1")
    assert message.received_at == NOON


@pytest.mark.parametrize("unsaid", [{}, {"text": None}, {"text": ""}])
def test_a_pressed_button_becomes_a_choice(unsaid: dict[str, object]) -> None:
    message = _read(**unsaid, choice="a:fee")
    assert (message.kind, message.text) == (MessageKind.CHOICE, "a:fee")


def test_ids_are_taken_per_session_so_nobody_uses_up_anothers() -> None:
    mine, yours = _read(text="a", id="1"), _read(text="a", id="1", session="s2")
    assert mine.external_id != yours.external_id


@pytest.mark.parametrize("unnamed", [{}, {"id": None}])
def test_a_message_without_an_id_gets_the_spare_one(unnamed: dict[str, object]) -> None:
    assert _read(text="a", **unnamed).external_id == "s1:spare"


@pytest.mark.parametrize(
    ("sent", "fault"),
    [
        ({"session": None, "text": "a"}, ChatFault.BAD_SESSION),
        ({"session": "", "text": "a"}, ChatFault.BAD_SESSION),
        ({"session": "a b", "text": "a"}, ChatFault.BAD_SESSION),
        ({"session": "a\n", "text": "a"}, ChatFault.BAD_SESSION),
        ({"session": "x" * 129, "text": "a"}, ChatFault.BAD_SESSION),
        ({"session": ["s"], "text": "a"}, ChatFault.BAD_SESSION),
        ({"text": "a", "id": "x" * 65}, ChatFault.BAD_ID),
        ({"text": "a", "id": 7}, ChatFault.BAD_ID),
        ({"text": "a", "id": ""}, ChatFault.BAD_ID),
        ({"text": "Lệ phí", "choice": "a:fee"}, ChatFault.TEXT_AND_CHOICE),
        ({"choice": "chọn"}, ChatFault.BAD_CHOICE),
        ({"choice": "x" * 61}, ChatFault.BAD_CHOICE),
        ({"choice": ""}, ChatFault.BAD_CHOICE),
        ({"choice": 5}, ChatFault.BAD_CHOICE),
        ({}, ChatFault.NO_TEXT),
        ({"text": " \u200e\x00\n "}, ChatFault.NO_TEXT),
        ({"text": 5}, ChatFault.NO_TEXT),
        ({"text": "x" * (TEXT_LIMIT + 1)}, ChatFault.TOO_LONG),
    ],
)
def test_what_cannot_be_taken_is_named(sent: dict[str, object], fault: ChatFault) -> None:
    with pytest.raises(UnreadableChat) as raised:
        _read(**sent)
    assert raised.value.fault is fault


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"khai sinh",
        b"[]",
        b'"text"',
        b'{"session":"s1","text":"\xff"}',
        b'{"session":"s1","text":"\\ud800"}',
        b"\xef\xbb\xbf{}",
        b'{"session":"s1","text":' + b"[" * 5000,
    ],
)
def test_what_is_no_json_object_in_utf8_is_named(body: bytes) -> None:
    with pytest.raises(UnreadableChat) as raised:
        read_message(body, received_at=NOON, spare_id="spare")
    assert raised.value.fault is ChatFault.BAD_JSON


def test_the_longest_session_and_text_are_taken() -> None:
    assert read_session("x" * 128).user_id == "x" * 128
    assert len(_read(text="ệ" * TEXT_LIMIT).text) == TEXT_LIMIT


def test_a_reply_is_given_with_its_number_and_choices() -> None:
    reply = Reply("Phí", (QuickReply("Nơi nộp", "a:where"),), wants=(Wanted.PHOTO,))
    assert render(
        OutgoingMessage(id=4, address=a_citizen(), reply=reply, author=Author.OFFICER)
    ) == {
        "id": 4,
        "from": "officer",
        "text": "Phí",
        "choices": [{"label": "Nơi nộp", "value": "a:where"}],
        "links": [],
        "files": [],
        "wants": ["photo"],
    }


def test_words_cannot_be_turned_around_nor_joined_by_hidden_marks() -> None:
    assert clean("a\u202eb\u2066c") == "abc"
    assert clean("a\tb\x07") == "a b"
    assert clean("e\x00\u0301") == "é"


@given(st.text())
def test_cleaning_twice_changes_nothing_and_leaves_no_control(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    assert all(c == "\n" or unicodedata.category(c) != "Cc" for c in cleaned)


JSON = st.none() | st.integers() | st.text() | st.lists(st.text(), max_size=2)


@given(st.dictionaries(st.sampled_from(["session", "text", "choice", "id"]), JSON))
def test_whatever_is_sent_ends_in_a_message_or_a_named_fault(sent: dict[str, object]) -> None:
    try:
        message = read_message(json.dumps(sent).encode(), received_at=NOON, spare_id="spare")
    except UnreadableChat:
        return
    assert message.text
    assert len(message.external_id) <= 193
