"""When an account's package ends, as getoa tells it; its form is written nowhere."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime
from typing import Any, Final

FORMS: Final = ("%d/%m/%Y", "%Y-%m-%d", "%Y/%m/%d", "%d-%m-%Y")
DAY_SIGNS: Final = 10


def package_end(told: Mapping[str, Any]) -> date | None:
    """Read ``package_valid_through_date``; nothing where it tells no day that can be read."""
    text = str(told.get("package_valid_through_date") or "").strip()
    for form in FORMS:
        # "dd/mm/yyyy hh:mm:ss" and "hh:mm dd/mm/yyyy" were both seen in Zalo's answers.
        for part in (text[:DAY_SIGNS], text[-DAY_SIGNS:]):
            with suppress(ValueError):
                return datetime.strptime(part, form).date()  # noqa: DTZ007 - a day has no zone
    return None
