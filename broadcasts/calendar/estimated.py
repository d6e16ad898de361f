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
    return day in _of_year(day.year)


@cache
def _of_year(year: int) -> HolidayBase:
    # Two milliseconds each: a calendar asks for hundreds of days.
    return country_holidays("VN", years=year)
