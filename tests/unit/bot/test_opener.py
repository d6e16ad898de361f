"""The desk of a deployment knows what its settings tell."""

from __future__ import annotations

from pathlib import Path

from bot.bootstrap.furnishing import opener
from bot.settings import Settings
from knowledge.content import load_snapshot


def test_a_desk_knows_its_pages_and_the_channels_that_send_no_news(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, public_url="https://xa-mau.example")
    desk = opener(settings)(load_snapshot())
    assert desk.site == "https://xa-mau.example"
    assert desk.muted == frozenset({"zalo_bot"})
