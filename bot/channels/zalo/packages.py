"""What an account's page (getoa) tells of it: verified, linked, which package, until when.

Forms and names are written nowhere, so what cannot be read surely is told as not known.
"""

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


# Since June 2026 an app may be linked with these packages, and with these not any more.
LINKING: Final = ("growth", "comprehensive")
LOWER: Final = ("basic", "standard")


def told_so(told: Mapping[str, Any], name: str) -> bool | None:
    """Read a field that says yes or no; nothing where it tells neither."""
    value = str(told.get(name)).strip().lower()
    return {"true": True, "1": True, "false": False, "0": False}.get(value)


def is_linked(told: Mapping[str, Any]) -> bool | None:
    """Tell whether a Zalo Cloud Account is linked, of which ``linked_ZCA`` holds the id."""
    value = told.get("linked_ZCA")
    if isinstance(value, bool) or value is None:
        return value
    return str(value).strip().lower() not in {"", "0", "false"}


def may_be_linked(told: Mapping[str, Any]) -> bool | None:
    """Tell whether the package lets an app be linked; nothing for one of another name."""
    name = str(told.get("package_name") or "").lower()
    if any(one in name for one in LINKING):
        return True
    return False if any(one in name for one in LOWER) else None
