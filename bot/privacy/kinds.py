"""The kinds of personal data, and the name each leaves in a text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class PersonalData(StrEnum):
    """A kind of personal data that is hidden before storage.

    Of a denunciation and of a complaint that is all their words.
    """

    DENUNCIATION = "denunciation"
    COMPLAINT = "complaint"
    PASSWORD = "password"  # noqa: S105 - what stands in the place of one
    ONE_TIME_CODE = "one-time code"
    EMAIL = "email"
    ACCOUNT = "account"
    CARD = "card"
    SOCIAL_INSURANCE = "social_insurance"
    CCCD = "cccd"
    PASSPORT = "passport"
    LICENCE = "driving licence"
    PLATE = "plate"
    PHONE = "phone"
    TAX_CODE = "tax code"
    NAME = "name"
    BIRTH_DATE = "birth date"
    ADDRESS = "address"
    LINK = "link"
    LAND_TITLE = "land title"

    @property
    def mark(self) -> str:
        """What stands in a stored text in the place of such data."""
        return f"[{self}]"


# Of whose words nothing is kept: the law has a way of its own for them.
WITHHELD: Final = (PersonalData.DENUNCIATION, PersonalData.COMPLAINT)
MARK: Final = re.compile(rf"\[(?P<kind>{'|'.join(PersonalData)})\]")


@dataclass(frozen=True, slots=True)
class Found:
    """Where in a text personal data of a kind stands: from ``start`` up to ``end``."""

    kind: PersonalData
    start: int
    end: int
