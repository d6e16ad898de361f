"""Browsers are named as officers know them."""

from __future__ import annotations

import pytest

from bot.console.agents import browser

CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0"


@pytest.mark.parametrize(
    ("agent", "told"),
    [
        (f"Mozilla/5.0 (Windows NT 10.0; x64) {CHROME} Safari/537.36", "Chrome trên Windows"),
        (f"Mozilla/5.0 (Windows NT 10.0) {CHROME} Safari/537.36 Edg/131.0", "Edge trên Windows"),
        (f"Mozilla/5.0 (Linux; Android 14) {CHROME} Mobile Safari/537.36", "Chrome trên Android"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1",
            "Safari trên iPhone",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/133", "Firefox trên Linux"),
        ("", "không rõ"),
        ("curl/8.5", "curl/8.5"),
    ],
)  # fmt: skip
def test_the_browser_and_the_system_are_told(agent: str, told: str) -> None:
    assert browser(agent) == told
