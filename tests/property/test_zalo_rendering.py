"""A reply on Zalo loses no word and no choice, and no message is over a limit of Zalo's."""

from __future__ import annotations

import unicodedata
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.spoken import OFFICER
from bot.channels.zalo.rendering import Offering, Piece, pieces
from bot.messages import (
    Author,
    ChannelName,
    CitizenAddress,
    Enclosure,
    Link,
    OutgoingMessage,
    Priority,
    QuickReply,
    Reply,
    Wanted,
)
from tests.fakes.zalo import FakeZalo, Rules
from tests.fakes.zalo.shapes import Draft, Shapes
from tests.fakes.zalo.uploads import Asset

LETTERS: Final = "abc ơạ\n. 👍" + unicodedata.normalize("NFD", "ệ")
TEXTS: Final = st.text(LETTERS, min_size=1, max_size=5_000).filter(lambda one: bool(one.strip()))
CHOICES: Final = st.lists(
    st.builds(
        QuickReply,
        st.text("abcđ ệ", min_size=1, max_size=140).map(lambda one: f"Mục {one.strip()}"),
        st.text("abc:-_09", min_size=1, max_size=60),
    ),
    max_size=9,
)
LINKS: Final = st.lists(
    st.builds(Link, label=st.just("Nộp hồ sơ"), address=st.just("https://dichvucong.gov.vn/?a=1")),
    max_size=3,
)
REPLIES: Final = st.builds(
    Reply, TEXTS, CHOICES.map(tuple), LINKS.map(tuple), wants=st.just((Wanted.CONTACT,))
)
PDF: Final = Enclosure(file=1, name="trả lời.pdf", media="application/pdf", size=9, digest="a")
TABLE: Final = Enclosure(file=2, name="bảng.xlsx", media="application/x", size=9, digest="b")
PICTURE: Final = Enclosure(file=3, name="a.jpg", media="image/jpeg", size=9, digest="c")


def _message(reply: Reply, **more: object) -> OutgoingMessage:
    to = CitizenAddress(channel=ChannelName.ZALO, user_id="1:2")
    return OutgoingMessage(id=1, address=to, reply=reply, **more)  # type: ignore[arg-type]


def _taken(found: list[Piece]) -> list[Draft]:
    """Give the messages as the emulator reads them; it refuses what is over a limit."""
    fake = FakeZalo(rules=Rules(buttons=True, lists=True, utf16=True))
    until = fake.clock.now().replace(year=2100)
    for kind in ("image", "file"):
        fake.uploads.assets[kind] = Asset(fake.oa, kind, "x", b"x", until)
    shapes = Shapes(fake.uploads, fake.rules, fake.oa)
    known = ["image" if one.enclosed and one.enclosed.is_picture else "file" for one in found]
    return [shapes.read(one.with_id(name)) for one, name in zip(found, known, strict=True)]


def _words(text: str) -> list[str]:
    return unicodedata.normalize("NFC", text).split()


@given(REPLIES, st.sampled_from(Offering))
def test_no_word_and_no_choice_is_lost_and_no_limit_exceeded(
    reply: Reply, offering: Offering
) -> None:
    found = pieces(_message(reply), offering, picture="https://xa.vn/a.png")
    drafts = _taken(found)
    said = [one for draft in drafts for one in _words(draft.text)]
    joined = "".join(said)
    assert joined.startswith("".join(_words(reply.text)))
    titles = {one.title for draft in drafts for one in draft.buttons}
    titles |= {one.title for draft in drafts for one in draft.elements}
    for number, choice in enumerate(reply.choices, start=1):
        written = "".join(_words(f"{number}. {choice.label}")) in joined
        assert written or choice.label in titles
    for link in reply.links:
        assert link.address in joined or link.address in {
            b.value for d in drafts for b in d.buttons
        }
    assert drafts[-1].kind == "request_user_info"


@given(REPLIES, st.sampled_from([Offering.BUTTONS, Offering.LIST]))
def test_what_is_refused_to_be_pressed_is_all_there_as_text(
    reply: Reply, offering: Offering
) -> None:
    pressed = pieces(_message(reply), offering)
    texts = [text for one in pressed for text in (one.plain or (str(one.told.get("text", "")),))]
    assert all(0 < len(one.encode("utf-16-le")) // 2 <= 1_900 for one in texts)
    joined = "".join(word for one in texts for word in _words(one))
    for number, choice in enumerate(reply.choices, start=1):
        assert "".join(_words(f"{number}. {choice.label}")) in joined
    assert all(one.address in joined for one in reply.links)


def _some(count: int) -> tuple[QuickReply, ...]:
    return tuple(QuickReply(f"Mục {number}", f"a:{number}") for number in range(count))


@pytest.mark.parametrize(("count", "pressed"), [(1, True), (5, True), (6, False)])
def test_up_to_five_choices_are_buttons(count: int, pressed: bool) -> None:
    (one,) = _taken(pieces(_message(Reply("Chọn", _some(count))), Offering.BUTTONS))
    assert [button.value for button in one.buttons] == [
        f"#a:{number}" for number in range(count if pressed else 0)
    ]
    assert ("1. Mục 0" in one.text) is not pressed


def test_choices_stay_with_the_end_of_their_text() -> None:
    text = "Một câu dài. " * 146
    *_, last = pieces(_message(Reply(text, _some(9))), Offering.OFF)
    assert "Một câu dài." in last.told["text"] or last.told["text"].startswith(
        "Gõ số để chọn:\n1. "
    )
    assert last.told["text"].endswith("9. Mục 8")


def test_a_list_stands_behind_its_text() -> None:
    said, offered = _taken(pieces(_message(Reply("Chọn", _some(2))), Offering.LIST))
    assert said.text == "Chọn"
    assert [one.title for one in offered.elements] == ["Mục 0", "Mục 1"]


def test_a_picture_goes_beside_its_text_and_its_choices_by_number() -> None:
    reply = Reply("Ảnh", _some(2), enclosures=(PICTURE,))
    (one,) = _taken(pieces(_message(reply), Offering.BUTTONS))
    assert (one.text, one.images) == ("Ảnh\nGõ số để chọn:\n1. Mục 0\n2. Mục 1", (b"x",))


def test_files_follow_a_reply_and_what_zalo_takes_not_is_left_to_the_page() -> None:
    reply = Reply("Tệp", enclosures=(PDF, TABLE), page="https://xa.vn/tin/1")
    said, file = _taken(pieces(_message(reply), Offering.OFF))
    assert "https://xa.vn/tin/1" in said.text
    assert file.files == (("x", b"x"),)
    news = _message(reply, priority=Priority.BROADCAST)
    assert len(pieces(news, Offering.OFF)) == 1


def test_an_officers_words_say_so() -> None:
    message = _message(Reply("Đã nhận."), author=Author.OFFICER)
    assert pieces(message, Offering.BUTTONS)[0].told == {"text": f"{OFFICER}\nĐã nhận."}
