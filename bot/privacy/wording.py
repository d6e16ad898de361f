"""The words a reader sees where personal data was hidden."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from bot.privacy.kinds import MARK

MASKS_FILE: Final = Path(__file__).with_name("masks.vi.toml")
_WORDS: Final[Mapping[str, str]] = tomllib.loads(MASKS_FILE.read_text(encoding="utf-8"))["masks"]


def in_words(text: str) -> str:
    """Give a masked ``text`` as it is shown: each kind of hidden data in Vietnamese.

    >>> in_words("gọi [phone]")
    'gọi [số điện thoại]'
    """
    return MARK.sub(_said, text)


def _said(mark: re.Match[str]) -> str:
    return f"[{_WORDS[mark['kind']]}]"
