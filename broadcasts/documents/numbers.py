"""Numbers and days as Vietnamese documents write them: 1.234,5 and 05/01/2026."""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from broadcasts.documents.records import Cell

FEBRUARY: Final = 2
SWAPPED: Final = str.maketrans(",.", ".,")
KILO: Final = 1024
TENTH: Final = Decimal("0.1")


def number_text(value: float | Decimal, places: int | None = None) -> str:
    """Write a number with points between thousands and a comma before the decimals.

    Without ``places`` it shows as many decimals as it has, six at most.
    """
    value = Decimal(value) if isinstance(value, int) else value
    if places is not None:
        return f"{value:,.{places}f}".translate(SWAPPED)
    whole, _, decimals = f"{value:,.6f}".partition(".")
    decimals = decimals.rstrip("0")
    return f"{whole}.{decimals}".rstrip(".").translate(SWAPPED)


def filled(sentence: str, **values: str | Decimal | int) -> str:
    """Fill the gaps of a sentence; a year or a number by which a thing is called comes as text."""
    told = {
        name: value if isinstance(value, str) else number_text(value)
        for name, value in values.items()
    }
    return sentence.format_map(told)


def percent(part: int, whole: int) -> Decimal:
    """Give what percentage ``part`` is of ``whole``, to one decimal, a half rounded up.

    Less than all is never 100 and more than nothing never 0: there 99,9 and 0,1 stand.
    ``whole`` is above 0.
    """
    exact = Decimal(part * 100) / whole
    if part in (0, whole):
        return exact
    return min(max(exact.quantize(TENTH, ROUND_HALF_UP), TENTH), 100 - TENTH)


def size_text(amount: int) -> str:
    """Write an amount of bytes as 64 KB or 1,5 MB, rounded half up; less than 1 KB is 1 KB."""
    kilos = max((amount + KILO // 2) // KILO, 1)
    if kilos < KILO:
        return f"{kilos} KB"
    megas = (Decimal(amount) / KILO / KILO).quantize(TENTH, ROUND_HALF_UP)
    return f"{number_text(megas)} MB"


def day_text(day: date) -> str:
    """Write a day as 05/01/2026."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def day_and_month(day: date) -> tuple[str, str]:
    """Give day and month as a document's date writes them: days below 10, months 1, 2 with a 0."""
    month = f"{day.month:02}" if day.month <= FEBRUARY else f"{day.month}"
    return f"{day.day:02}", month


def cell_text(value: Cell, places: int | None = None) -> str:
    """Write what stands in a cell; nothing for a value that is not known."""
    match value:
        case None:
            return ""
        case str():
            return value
        case datetime():
            return f"{value.hour:02}:{value.minute:02} {day_text(value)}"
        case date():
            return day_text(value)
        case _:
            return number_text(value, places)
