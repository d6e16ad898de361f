"""Splitting a reply never loses a word nor exceeds the limit, as Telegram counts."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import InlineKeyboardButton

from bot.channels.render import split, units
from bot.channels.telegram.keyboard import LABEL, VALUE_BYTES, keyboard
from bot.conversation.desk import Desk
from bot.conversation.outcomes import Aspect
from bot.conversation.pipeline import Conversation
from bot.conversation.turn import ConversationState
from bot.messages import MessageKind, QuickReply
from tests.conftest import NOON
from tests.factories import a_message

FAMILY = "👩‍👩‍👧‍👦"
VIETNAMESE = st.sampled_from(
    [unicodedata.normalize(form, letter) for letter in "ệữậđo" for form in ("NFC", "NFD")]
)
PIECES = VIETNAMESE | st.sampled_from([*"a.,;!?… \n", "\n\n", "😀", "👍🏽", FAMILY, "❤️", "🇻🇳"])
TEXTS = st.lists(PIECES, max_size=300).map("".join)


def _utf16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@given(TEXTS)
def test_lengths_are_counted_as_telegram_counts(text: str) -> None:
    assert units(text) == _utf16(text)


@given(TEXTS, st.integers(min_value=5, max_value=60))
def test_nothing_is_lost_and_nothing_is_too_long(text: str, limit: int) -> None:
    parts = split(text, limit)
    assert all(0 < _utf16(part) <= limit for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


@given(TEXTS, st.integers(min_value=24, max_value=60))
def test_no_letter_and_no_face_is_torn(text: str, limit: int) -> None:
    for part in split(text, limit):
        assert unicodedata.category(part[0]) != "Mn"
        assert not part.startswith(("\u200d", "\U0001f3fd"))
        assert not part.endswith("\u200d")


@given(TEXTS, st.integers(min_value=24, max_value=60))
def test_words_that_fit_stay_whole(text: str, limit: int) -> None:
    words = set(text.split())
    for part in split(text, limit):
        if all(_utf16(word) <= limit // 2 for word in words):
            assert set(part.split()) <= words


@pytest.mark.parametrize(
    ("text", "limit", "parts"),
    [
        ("Một câu ngắn. Câu nữa dài hơn", 18, ["Một câu ngắn.", "Câu nữa dài hơn"]),
        ("Xong chưa? Rồi ạ nhé", 12, ["Xong chưa?", "Rồi ạ nhé"]),
        ("Dòng một. Tiếp\nDòng hai", 16, ["Dòng một. Tiếp", "Dòng hai"]),
        ("Đoạn\nmột\n\nĐoạn\nhai", 14, ["Đoạn\nmột", "Đoạn\nhai"]),
        ("mot hai ba", 7, ["mot hai", "ba"]),
        # Not behind the first mark: that would leave a stub.
        ("Ừ. một hai ba bốn năm", 12, ["Ừ. một hai", "ba bốn năm"]),
        ("a" * 12, 5, ["aaaaa", "aaaaa", "aa"]),
        ("😀" * 4, 5, ["😀😀", "😀😀"]),
        ("", 5, []),
        ("vừa đủ", 6, ["vừa đủ"]),
    ],
)
def test_the_best_border_is_chosen(text: str, limit: int, parts: list[str]) -> None:
    assert split(text, limit) == parts


def _buttons(choices: tuple[QuickReply, ...]) -> list[InlineKeyboardButton]:
    laid_out = keyboard(choices)
    return [one for row in laid_out.inline_keyboard for one in row] if laid_out else []


@given(st.lists(st.builds(QuickReply, TEXTS, st.text(max_size=80)), max_size=120))
def test_every_keyboard_is_one_telegram_takes(choices: list[QuickReply]) -> None:
    shown = _buttons(tuple(choices))
    assert len(shown) <= 100
    for button in shown:
        assert 1 <= len(str(button.callback_data).encode()) <= VALUE_BYTES
        assert _utf16(button.text) <= LABEL


def test_of_more_choices_than_telegram_takes_the_first_are_shown() -> None:
    choices = tuple(QuickReply(f"Mục {number}", f"v{number}") for number in range(120))
    shown = [button.callback_data for button in _buttons(choices)]
    assert shown == [f"v{number}" for number in range(100)]


def test_every_button_of_the_shipped_content_fits(desk: Desk) -> None:
    values = [
        *(f"p:{code}" for code in desk.knowledge.procedures),
        *(f"a:{side}:{code}" for side in Aspect for code in desk.knowledge.procedures),
        *(f"g:{guide}" for guide in desk.knowledge.guides),
    ]
    conversation = Conversation(desk)
    for value in values:
        message = a_message(value, kind=MessageKind.CHOICE)
        result = conversation.answer(message, ConversationState(), now=NOON)
        for reply in result.replies:
            assert len(_buttons(reply.choices)) == len(reply.choices)
