"""Public holidays of years no notice is out for yet, as the ``holidays`` library reckons them."""

from __future__ import annotations

from datetime import date
from functools import cache

from holidays import HolidayBase, country_holidays


def estimated_day_off(day: date) -> bool:
    """Tell whether ``day`` is probably a public holiday in Việt Nam.

    Labour Code 2019, article 112; Tết and Giỗ Tổ follow the lunar calendar, swap days are unknown
    until the yearly notice.
    """
    return day in _known()


@cache
def _known() -> HolidayBase:
    """Give a calendar that reckons each year once, when it is asked for a day of it.

    Making one reads the library's words from disk; reckoning a year does not.
    """
    return country_holidays("VN")
