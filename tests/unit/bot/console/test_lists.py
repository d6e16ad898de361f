"""The address of a list says what is asked; further pages ask the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

import pytest
from aiohttp.test_utils import make_mocked_request
from hypothesis import given
from hypothesis import strategies as st
from multidict import MultiDict
from yarl import URL

from bot.console.fields import Code
from bot.console.forms import read_query
from bot.console.lists import Asked, listing, sliced
from bot.storage.paging import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedHere(Asked):
    status: Annotated[str, Code()] = ""


FULL = AskedHere(
    office="xa-a", from_=date(2026, 11, 1), to=date(2026, 11, 20), text="khai sinh & =",
    sort="last", status="open", page="abc=",
)  # fmt: skip


def test_what_an_address_asks_is_read_back_from_the_one_it_makes() -> None:
    read = read_query(MultiDict({**FULL.query(), "page": FULL.page}), AskedHere)
    assert read == FULL


def test_the_order_and_the_page_narrow_nothing() -> None:
    assert Asked(sort="last", page="abc").narrowed == 0
    assert FULL.narrowed == 5


def test_further_pages_ask_the_same() -> None:
    request = make_mocked_request("GET", "/console/questions?page=x&evil=1")
    page = Page(rows=("a", "b"), next="n_e-xt=", earlier=True)
    shown = listing(request, FULL, page)
    assert (shown.rows, shown.earlier) == (("a", "b"), True)
    assert dict(URL(shown.first_url).query) == dict(FULL.query())
    following = URL(shown.next_url)
    assert following.path == "/console/questions"
    assert dict(following.query) == {**FULL.query(), "page": "n_e-xt="}


def test_the_last_page_leads_nowhere() -> None:
    request = make_mocked_request("GET", "/console/questions")
    assert listing(request, Asked(), Page(rows=())).next_url == ""


@given(st.lists(st.integers(), max_size=40), st.integers(1, 9))
def test_what_lies_in_memory_comes_once_in_order(things: list[int], size: int) -> None:
    page = sliced(things, "", size=size)
    found = list(page.rows)
    while page.next:
        page = sliced(things, page.next, size=size)
        assert page.earlier
        found += page.rows
    assert found == things


@pytest.mark.parametrize("after", ["x", "-1", "²", "9" * 30])
def test_a_place_nobody_gave_is_none(after: str) -> None:
    rows = sliced([1, 2, 3], after).rows
    assert rows in ((1, 2, 3), ())
