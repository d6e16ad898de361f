"""Updates become messages, and nothing Telegram could send makes reading fail."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.channels.telegram.reading import Heard, read_command, read_update
from bot.messages import Attachment, IncomingMessage, MessageKind, Position
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
    assert (message.text, message.album) == ("khai sinh", "a")


def test_each_picture_of_an_album_is_a_message_of_its_own() -> None:
    telegram = FakeTelegram()
    album = [_message(telegram.sends_photo(b"x", media_group_id="99")) for _ in range(3)]
    assert {one.album for one in album} == {"99"}
    assert [one.external_id for one in album] == ["5:1001", "5:1002", "5:1003"]


def test_of_a_photo_the_largest_size_is_taken_wherever_it_stands() -> None:
    telegram = FakeTelegram()
    message = _message(telegram.sends_photo(b"all of it, and more", text="đèn hỏng"))
    assert (message.kind, message.text) == (MessageKind.PHOTO, "đèn hỏng")
    assert message.attachment
    assert telegram.theirs.kept[message.attachment.reference] == b"all of it, and more"
    assert message.attachment.is_picture


def test_a_document_is_told_with_its_size_and_without_its_name() -> None:
    telegram = FakeTelegram()
    name = "to_cao_ong_Tam_nhan_hoi_lo.pdf"
    document = telegram.theirs.document(b"%PDF", name, "Application/PDF")
    message = _message(telegram.says("", document=document))
    assert message.kind is MessageKind.FILE
    assert message.attachment == Attachment(reference="AgAC-0", media="application/pdf", size=4)
    assert "Tam" not in repr(message)


@pytest.mark.parametrize(
    "file",
    [
        {"photo": []},
        {"photo": [{"file_id": 7, "width": 1, "height": 1}]},
        {"photo": [7, {"file_id": "a" * 300, "width": 1, "height": 1}]},
        {"document": {"file_name": "a.pdf"}},
        {"document": {"file_id": "ký"}},
        {"video": {"file_id": "AgAC"}},
    ],
)
def test_a_file_without_a_fit_id_is_told_of_without_it(file: dict[str, Any]) -> None:
    message = _read(FakeTelegram().says("", **file)).message
    assert message is None or message.attachment is None


PLACE = {"latitude": 21.0285111, "longitude": 105.8542}


@pytest.mark.parametrize(
    ("shown", "words"),
    [
        ({"location": PLACE}, ""),
        ({"location": PLACE | {"live_period": 900, "horizontal_accuracy": 9.5}}, ""),
        (
            {
                "location": PLACE,
                "venue": {"location": PLACE, "title": "Chợ Hôm", "address": "Huế"},
            },
            "Chợ Hôm, Huế",
        ),
        ({"venue": {"location": PLACE, "title": "Chợ Hôm"}}, "Chợ Hôm"),
    ],
)
def test_a_place_is_told_to_about_a_metre(shown: dict[str, Any], words: str) -> None:
    message = _message(FakeTelegram().says("", **shown))
    assert (message.kind, message.text) == (MessageKind.LOCATION, words)
    assert message.position == Position(latitude=21.02851, longitude=105.8542)


@pytest.mark.parametrize(
    "place",
    [
        {"latitude": 91, "longitude": 105},
        {"latitude": 21, "longitude": -181.5},
        {"latitude": True, "longitude": 105},
        {"latitude": float("nan"), "longitude": 105},
        {"latitude": "21", "longitude": 105},
        {"latitude": 21},
    ],
)
def test_a_place_that_is_none_is_left_out(place: dict[str, Any]) -> None:
    assert _message(FakeTelegram().says("", location=place)).position is None


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
        *("document", "file_id", "width", "location", "venue", "latitude", "longitude"),
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
