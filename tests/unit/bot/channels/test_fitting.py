"""A reply goes out in one call with what fits beside it; the rest has a way to be read."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.fitting import fitted
from bot.channels.render import units
from bot.channels.spoken import REST
from bot.messages import Enclosure, Link, Reply
from broadcasts.carriage import Carriage, carriage
from broadcasts.models import Route

PAGE = "https://xa.vn/tin-tuc/5"
PICTURE = Enclosure(
    file=1, name="anh.jpg", media="image/jpeg", size=900, digest="a", address=f"{PAGE}/tep/1"
)
FILE = Enclosure(file=2, name="cv.pdf", media="application/pdf", size=900, digest="b")
LINK = Link(label="Mở", address="https://dichvucong.gov.vn")
TELEGRAM, WEB, CS = (carriage()[one] for one in (Route.TELEGRAM, Route.WEB, Route.ZALO_CS))


def test_a_short_text_goes_with_its_picture_and_its_buttons() -> None:
    told = fitted(Reply("Tin", links=(LINK,), enclosures=(PICTURE,)), TELEGRAM)
    assert (told.parts, told.enclosed, told.links, told.left) == (
        ("Tin",), (PICTURE,), (LINK,), (),
    )  # fmt: skip


@pytest.mark.parametrize(("length", "goes"), [(1024, True), (1025, False)])
def test_a_picture_goes_only_where_the_whole_text_fits_beside_it(length: int, goes: bool) -> None:
    text = "👍" * 10 + "a" * (length - 20)
    told = fitted(Reply(text, enclosures=(PICTURE,), page=PAGE), TELEGRAM)
    assert "".join(told.parts) == text
    assert bool(told.enclosed) is goes
    assert told.left == (() if goes else (PICTURE,))
    assert told.shown == ("" if goes else PICTURE.address)
    assert told.links == (() if goes else (Link(label=REST, address=PAGE),))


def test_the_picture_goes_and_the_files_are_reached_by_the_page() -> None:
    reply = Reply("Tin", links=(LINK,), enclosures=(PICTURE, FILE), page=PAGE)
    told = fitted(reply, TELEGRAM)
    assert (told.enclosed, told.left) == ((PICTURE,), (FILE,))
    assert told.links == (LINK, Link(label=REST, address=PAGE))
    assert fitted(reply, WEB).enclosed == (PICTURE, FILE)


def test_without_a_page_nothing_leads_nowhere() -> None:
    told = fitted(Reply("Tin", enclosures=(replace(PICTURE, address=""), FILE)), TELEGRAM)
    assert (told.left, told.links, told.shown) == ((FILE,), (), "")


def test_where_there_are_no_buttons_the_addresses_stand_in_the_text() -> None:
    told = fitted(Reply("Tin", links=(LINK,), enclosures=(PICTURE, FILE), page=PAGE), CS)
    assert told.parts == (f"Tin\n\nMở: {LINK.address}\n{REST}: {PAGE}",)
    assert (told.enclosed, told.links) == ((PICTURE,), ())


def test_what_is_too_large_for_a_way_does_not_go() -> None:
    large = replace(PICTURE, size=2_000_000)
    assert fitted(Reply("Tin", enclosures=(large,)), CS).left == (large,)
    assert fitted(Reply("Tin", enclosures=(large,)), TELEGRAM).enclosed == (large,)
    assert fitted(Reply("Tin", enclosures=(FILE,)), CS).left == (FILE,)


def test_every_way_says_what_its_messages_hold() -> None:
    assert carriage().keys() == set(Route)
    assert carriage()[Route.ZALO_TEMPLATE] == Carriage(most=0)


@given(st.text(max_size=3000), st.booleans(), st.booleans())
def test_no_message_is_longer_than_its_way_holds(text: str, page: bool, filed: bool) -> None:
    reply = Reply(
        text,
        links=(LINK,),
        enclosures=(PICTURE, FILE) if filed else (),
        page=PAGE if page else "",
    )
    for holds in (TELEGRAM, CS):
        told = fitted(reply, holds)
        longest = holds.beside if told.enclosed else holds.text
        assert longest is not None
        assert all(units(part) <= longest for part in told.parts)
        assert not told.enclosed or len(told.parts) == 1
        assert {*told.enclosed, *told.left} == {*reply.enclosures}
