"""The words of reading aloud, one record for each subject; what they say is data.

Where words stand for a place in a sentence ("before …"), they are one alternation of a regular
expression.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class DayWords:
    """Words of days.

    ``before_a_day`` and ``before_a_share`` tell a day from a fraction, ``well_known`` need none.
    """

    day: str
    month: str
    year: str
    first_days: str
    months: Mapping[int, str]
    before_a_day: str
    before_a_share: str
    well_known: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentWords:
    """Words of document numbers: kinds and issuing bodies by their signs."""

    number: str
    of: str
    term: str
    committee: str
    after: str
    kinds: Mapping[str, str]
    bodies: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressWords:
    """Words of web addresses and e-mail: the signs, and names that are read as words.

    ``sites`` are known by a name everybody hears more easily than the address.
    """

    dot: str
    slash: str
    hyphen: str
    underscore: str
    at: str
    endings: str
    labels: Mapping[str, str]
    sites: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekWords:
    """Words of the days of a week; where one of ``sure`` stands, "T2" is no month."""

    names: Mapping[str, str]
    sunday: str
    sure: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CountWords:
    """How the items of a list are counted: ``several`` for 2.1, ``part`` for Roman numbers."""

    one: str
    several: str
    letter: str
    part: str
    end: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignWords:
    """Words of signs: ``by`` is what something is reckoned by ("đồng/tháng")."""

    per: str
    pause: str
    by: str
    priced: str
    named: Mapping[str, str]
