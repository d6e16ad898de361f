"""Which websites may frame the chat is a setting, and a bad one is refused at start."""

from __future__ import annotations

import pytest

from bot.settings import BadSettings, Settings
from bot.web.headers import POLICY, page_policy


def _policy(listed: str) -> str:
    return page_policy(Settings.from_env({"EMBED_ORIGINS": listed}).embed_origins)[POLICY]


def test_without_a_setting_only_the_chat_frames_itself() -> None:
    assert "frame-ancestors 'self';" in page_policy(())[POLICY]


@pytest.mark.parametrize(
    "listed", ["https://a.gov.vn http://b:81", "https://a.gov.vn,http://b:81"]
)
def test_listed_websites_may_frame_the_chat(listed: str) -> None:
    assert "frame-ancestors 'self' https://a.gov.vn http://b:81;" in _policy(listed)


@pytest.mark.parametrize(
    "listed",
    ["a.gov.vn", "https://a.gov.vn/", "*", "https://a;script-src *", "https://a\nX: y", "'none'"],
)
def test_what_is_no_origin_is_refused_by_name(listed: str) -> None:
    with pytest.raises(BadSettings, match="EMBED_ORIGINS"):
        _policy(listed)
