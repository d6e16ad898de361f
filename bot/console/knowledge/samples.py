"""What an office says of itself that still is the sample it was shipped with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from knowledge.text import fold

# What an office has no reason to say as the sample does; its hours may well be the same.
TOLD: Final = ("name", "address", "map_url", "phone", "email", "hours_note")
# Hosts and numbers nobody has, and what the shipped data call themselves, folded.
SIGNS: Final = re.compile(r"\bexample\.|\b0?2x\b|\b(?:du lieu|dia chi|so dien thoai) mau\b")


def still_sample(told: Mapping[str, str], shipped: Any) -> Iterator[str]:  # noqa: ANN401 - an office
    """Give the fields of what is ``told`` that are as ``shipped``, or look made up."""
    for name in TOLD:
        text = told.get(name, "")
        sample = getattr(shipped, name, "") if getattr(shipped, "sample", False) else ""
        if text and (text == sample or SIGNS.search(fold(text))):
            yield name
