"""Masking is made ready before anybody waits for it."""

from __future__ import annotations

from bot.privacy.masking import mask
from bot.privacy.phrases import _compiled
from bot.privacy.warming import warm

FULL = "tôi tên Nguyễn Văn Nam, cccd 052099001234, sđt 0912 345 678, ở số 9 đường Lê Lợi"


async def test_who_writes_first_waits_for_no_pattern() -> None:
    await warm(after=0)
    compiled = _compiled.cache_info().misses
    assert mask(FULL).kinds
    assert _compiled.cache_info().misses == compiled > 0
