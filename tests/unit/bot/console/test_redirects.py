"""Nobody is led out of the console by an address that came from outside."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.console.redirects import HOME, own_address

SIGNS = st.text("/\\.:?#%=&@ \n\r\tconsle0-_~+", max_size=30)


@pytest.mark.parametrize(
    "address",
    [
        "/console",
        "/console/",
        "/console/cards/xa-a/1.001193?page=2&q=ph%C3%AD",
        "/console/talks/12",
    ],
)
def test_our_own_addresses_are_kept(address: str) -> None:
    assert own_address(address) == address


@pytest.mark.parametrize(
    "address", ["", "/", "/chat", "/console/../chat", "/console/./", "x" * 2000]
)
def test_others_lead_to_the_first_page(address: str) -> None:
    assert own_address(address) == HOME


@given(SIGNS | SIGNS.map("/console".__add__) | SIGNS.map("/console/".__add__))
def test_a_browser_stays_in_the_console_whatever_it_is_given(text: str) -> None:
    led = urlsplit(urljoin("https://ours.vn/console/sign-in", own_address(text)))
    assert (led.scheme, led.netloc) == ("https", "ours.vn")
    assert led.path.startswith("/console")
    assert "\n" not in own_address(text)
    assert "\r" not in own_address(text)
