"""Updates become messages, and nothing Telegram could send makes reading fail."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.channels.telegram.reading import Heard, read_command, read_update
from bot.messages import IncomingMessage, MessageKind
from tests.conftest import NOON
from tests.fakes.telegram import FakeTelegram


def _read(update: dict[str, Any], bot_id: str = "5") -> Heard:
    return read_update(update, bot_id=bot_id, received_at=NOON)


def _message(update: dict[str, Any], bot_id: str = "5") -> IncomingMessage:
    message = _read(update, bot_id).message
    assert message
    return message


def test_a_text_is_read_with_its_sender_and_number() -> None:
    message = _message(FakeTelegram().says("khai sinh"))
    assert message.address.conversation == "telegram:7"
    assert (message.kind, message.text) == (MessageKind.TEXT, "khai sinh")
    assert message.external_id == "5:1001"


def test_halves_of_signs_are_left_out() -> None:
    message = _message(FakeTelegram().says("khai \ud800sinh", media_group_id="a\udfff"))
    assert (message.text, message.external_id) == ("khai sinh", "5:album:a")


def test_another_bots_updates_are_never_taken_for_ours() -> None:
    update = FakeTelegram().says("khai sinh")
    assert _message(update, "5").external_id != _message(update, "6").external_id


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("/start", "start"),
        ("/start tu_qr", "start"),
        ("/start thu-bcdghklm", "start thu-bcdghklm"),
        ("/menu@hanhchinh_bot", "menu"),
        ("/khai sinh cho con", "khai sinh cho con"),
        ("/menu@hanhchinh_bot đất đai", "menu đất đai"),
        ("/", ""),
        ("/ khai sinh", "khai sinh"),
        ("1/2", "1/2"),
        ("", ""),
    ],
)
def test_commands_become_words(typed: str, read: str) -> None:
    assert read_command(typed) == read


ATOMS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4)
NAMES = st.sampled_from(
    [
        *("message", "edited_message", "callback_query", "chat", "from", "id", "type", "text"),
        *("caption", "data", "photo", "voice", "media_group_id", "update_id"),
    ]
)
SOMETHING = st.recursive(
    ATOMS | st.just("private"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=5),
    max_leaves=30,
)


@given(st.dictionaries(NAMES, SOMETHING))
def test_whatever_comes_is_read_or_left(update: dict[str, Any]) -> None:
    message = _read({"update_id": 1, **update}).message
    assert message is None or len(message.external_id) <= 256


@given(st.text(max_size=5000))
@example("khai sinh cho con " * 250)
def test_a_text_of_any_length_fits_the_tables(text: str) -> None:
    message = _read(FakeTelegram().says(text)).message
    if message:
        assert len(message.text) <= 2000
        assert "\x00" not in message.text
