"""Where there are no buttons all is written: nothing is lost, and a menu stays in one piece."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.render import units
from bot.channels.written import written
from bot.messages import (
    Author,
    ChannelName,
    CitizenAddress,
    Enclosure,
    Link,
    OutgoingMessage,
    QuickReply,
    Reply,
)
from broadcasts.carriage import Carriage, carriage
from broadcasts.models import Route

HOLDS = carriage()[Route.ZALO_BOT]
NARROW = Carriage(most=0, text=60)
HERE = CitizenAddress(channel=ChannelName.ZALO_BOT, user_id="7")
CHOICES = tuple(QuickReply(label, label) for label in ("Lệ phí", "Giấy tờ", "Nơi nộp"))
MENU = "Gõ số để chọn:\n1. Lệ phí\n2. Giấy tờ\n3. Nơi nộp"


def _out(reply: Reply, author: Author = Author.BOT) -> OutgoingMessage:
    return OutgoingMessage(id=1, address=HERE, reply=reply, author=author)


def test_links_come_before_the_menu_which_stands_last() -> None:
    reply = Reply("Lời", CHOICES, links=(Link(label="Mở", address="https://xa.vn"),))
    assert written(_out(reply), HOLDS).parts == (f"Lời\n\nMở: https://xa.vn\n{MENU}",)


def test_an_officers_words_are_told_as_theirs() -> None:
    assert written(_out(Reply("Chào"), Author.OFFICER), HOLDS).parts == ("Cán bộ:\nChào",)


def test_signs_are_counted_composed() -> None:
    pieces = unicodedata.normalize("NFD", "ẫ" * 1_900)
    assert written(_out(Reply(pieces)), HOLDS).parts == ("ẫ" * 1_900,)


@given(st.text("ab. \n", min_size=1, max_size=200).filter(str.strip))
def test_a_menu_that_fits_into_a_message_is_never_cut(text: str) -> None:
    parts = written(_out(Reply(text, CHOICES)), NARROW).parts
    assert all(0 < units(one) <= 60 for one in parts)
    assert parts[-1].endswith(MENU)
    assert "".join("".join(parts).split()) == "".join(f"{text}{MENU}".split())


def _picture(address: str) -> Enclosure:
    return Enclosure(
        file=1, name="a.jpg", media="image/jpeg", size=900, digest="d", address=address
    )


@pytest.mark.parametrize(
    ("address", "goes"), [("https://xa.vn/tin-tuc/5/tep/1", True), ("", False)]
)
def test_a_picture_goes_along_where_it_has_a_public_address(address: str, goes: bool) -> None:
    page = "https://xa.vn/tin-tuc/5"
    whole = written(_out(Reply("Tin", enclosures=(_picture(address),), page=page)), HOLDS)
    assert bool(whole.enclosed) is goes
    assert (page in whole.parts[-1]) is not goes


def test_a_file_made_when_it_is_fetched_goes_nowhere_where_no_file_does() -> None:
    copy = Enclosure(file=1, name="a.html", media="text/html", size=0, digest="", private=True)
    assert not HOLDS.takes(0, is_picture=False)
    assert written(_out(Reply("Đây", enclosures=(copy,))), HOLDS).enclosed == ()
