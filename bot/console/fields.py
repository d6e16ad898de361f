"""The kinds a field of a form can have: what is read from the text sent, or what is wrong in it.

Each takes the text of one field and gives the value of its kind; ``Wrong`` says in Vietnamese what
to mend. A blank field never reaches ``read``: that one is required is known to the form.
"""

from __future__ import annotations

import re
import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import ClassVar, Final

from bot.channels.typed import clean
from bot.console.words import say
from bot.officials.telephones import is_telephone
from bot.officials.typed_hours import YEARS, moment_of, time_of_day
from knowledge.text import is_heaped

LEAST_REASON: Final = 5
MOST_SIGNS: Final = 20_000
DAYS: Final = ("%Y-%m-%d", "%d/%m/%Y")
DIGITS: Final = re.compile(r"[0-9]{1,18}")
# 8.027 and 8 027: thousands parted by dots or by any blank, all alike.
THOUSANDS: Final = re.compile(r"[0-9]{1,3}(?:([. \u00a0\u202f])[0-9]{3})(?:\1[0-9]{3}){0,4}")
ADDRESS: Final = re.compile(r"https?://[^\s\"'<>]+")
TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{16,64}")


class Wrong(Exception):
    """What stands in a field cannot be taken; the message says in Vietnamese what to mend."""


class Kind(ABC):
    """How one field is read."""

    # What is typed there never goes back to the page.
    secret: ClassVar[bool] = False

    def may_be_blank(self) -> bool:
        """Tell whether the field may be sent blank, and is the empty text then."""
        return False

    @abstractmethod
    def read(self, text: str) -> object:
        """Give the value of ``text``.

        Raises:
            Wrong: it is none.
        """


@dataclass(frozen=True, slots=True)
class Words(Kind):
    """Text of one or several lines, ``least`` to ``most`` signs once cleaned."""

    least: int
    most: int

    def may_be_blank(self) -> bool:
        """Tell whether no text will do."""
        return self.least == 0

    def read(self, text: str) -> str:
        """Give the text without control signs."""
        return _measured(clean(text), self.least, self.most)


class Line(Words):
    """Text of one line."""

    def read(self, text: str) -> str:
        """Give the text with every run of blanks as one space."""
        return _measured(" ".join(clean(text).split()), self.least, self.most)


class Reason(Words):
    """Why something is done; it stays in the history."""

    def __init__(self) -> None:
        """Ask for a few words at least."""
        super().__init__(LEAST_REASON, 500)

    def read(self, text: str) -> str:
        """Give the reason."""
        if len(clean(text)) < self.least:
            raise Wrong(say("faults.reason"))
        return super().read(text)


@dataclass(frozen=True, slots=True)
class Secret(Kind):
    """A password or code exactly as typed, at most ``most`` bytes; it is never shown again."""

    secret: ClassVar[bool] = True
    most: int = 512

    def read(self, text: str) -> str:
        """Give the text untouched."""
        if len(text.encode(errors="replace")) > self.most:
            raise Wrong(say("faults.too_long", most=self.most, now=len(text)))
        return text


@dataclass(frozen=True, slots=True)
class Number(Kind):
    """A whole number from ``least`` to ``most``, its thousands parted or not: 8.027, 8 027."""

    least: int = 0
    most: int = 2**53

    def read(self, text: str) -> int:
        """Give the number its digits write."""
        told = text.strip()
        parted = THOUSANDS.fullmatch(told)
        digits = told.replace(parted[1], "") if parted else told
        if DIGITS.fullmatch(digits) and self.least <= int(digits) <= self.most:
            return int(digits)
        raise Wrong(say("faults.not_number", least=self.least, most=self.most))


@dataclass(frozen=True, slots=True)
class CalendarYear(Kind):
    """A year from ``least`` to ``most``, in digits alone."""

    least: int
    most: int

    def read(self, text: str) -> int:
        """Give the year."""
        if DIGITS.fullmatch(text.strip()) and self.least <= int(text) <= self.most:
            return int(text)
        raise Wrong(say("faults.not_number", least=str(self.least), most=str(self.most)))


class Day(Kind):
    """A day, as ``<input type=date>`` sends it or as people write it."""

    def read(self, text: str) -> date:
        """Give the day."""
        return _day_of(text)


class Time(Kind):
    """A time of day as people write it: 07:30, 7h30, 7 giờ."""

    def read(self, text: str) -> time:
        """Give the time."""
        read = time_of_day(text)
        if read is None:
            raise Wrong(say("faults.not_time"))
        return read


class Moment(Kind):
    """A moment by Vietnamese clocks, as browsers send it or as people write it."""

    def read(self, text: str) -> datetime:
        """Give the moment as aware UTC."""
        read = moment_of(text)
        if read is None:
            raise Wrong(say("faults.not_moment"))
        return read.astimezone(UTC)


@dataclass(frozen=True, slots=True)
class OneOf(Kind):
    """One value of an enumeration."""

    values: type[StrEnum]

    def read(self, text: str) -> StrEnum:
        """Give the member whose value was sent."""
        try:
            return self.values(text)
        except ValueError:
            raise Wrong(say("faults.not_choice")) from None


@dataclass(frozen=True, slots=True)
class Code(Kind):
    """What a page filled in itself, such as the code of an office; it has the shape of one."""

    shape: str = r"[A-Za-z0-9._-]{1,180}"

    def read(self, text: str) -> str:
        """Give the code."""
        if not re.fullmatch(self.shape, text):
            raise Wrong(say("faults.not_code"))
        return text


class Ticked(Kind):
    """A box to tick; one not ticked is not sent, so its field wants ``False`` as default."""

    def read(self, text: str) -> bool:  # noqa: ARG002 - that it was sent is all it says
        """Say that it was ticked."""
        return True


class Address(Kind):
    """An address on the web, of at most 2,000 signs."""

    def read(self, text: str) -> str:
        """Give the address."""
        if len(text) > 2_000 or not ADDRESS.fullmatch(text.strip()):  # noqa: PLR2004 - said above
            raise Wrong(say("faults.not_address"))
        return text.strip()


@dataclass(frozen=True, slots=True)
class Telephone(Kind):
    """A number that can be dialled, or several of them, as people write them."""

    most: int = 60

    def read(self, text: str) -> str:
        """Give the text with every run of blanks as one space."""
        told = " ".join(clean(text).split())
        if len(told) > self.most or not is_telephone(told):
            raise Wrong(say("faults.not_telephone"))
        return told


class Once(Kind):
    """The token of a page whose form may be taken only once."""

    def read(self, text: str) -> str:
        """Give the token."""
        if not TOKEN.fullmatch(text):
            raise Wrong(say("faults.not_code"))
        return text


@dataclass(frozen=True, slots=True)
class Several(Kind):
    """A field sent any number of times; its values come as a tuple."""

    each: Kind
    most: int = 200

    def read(self, text: str) -> object:
        """Give one of the values."""
        return self.each.read(text)


@dataclass(frozen=True, slots=True)
class Family(Kind):
    """Fields that share a beginning, such as ``field.fee``; they come as a mapping by the rest.

    ``known`` gives every rest there may be, another is an unknown field of the form; it is a
    function with a name, since annotations are read where a lambda would not know the module.
    """

    beginning: str
    each: Kind
    known: Callable[[], Mapping[str, object]]

    def read(self, text: str) -> object:
        """Give the value of one of them."""
        return self.each.read(text)


@dataclass(frozen=True, slots=True)
class Upload(Kind):
    """A file of the person's machine; its field is a ``Sent``."""

    def read(self, text: str) -> object:  # noqa: ARG002 - a file came as text
        """Refuse a text in place of the file."""
        raise Wrong(say("faults.no_file"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A file that was sent: the name it had there, cleaned and short, and what is in it."""

    name: str
    body: bytes


def _measured(text: str, least: int, most: int) -> str:
    # Signs that show nothing are no words.
    if not any(map(_shows, text)):
        text = ""
    if len(text) < least:
        raise Wrong(say("faults.too_short" if text else "faults.required", least=least))
    if is_heaped(text):
        raise Wrong(say("faults.heaped"))
    if len(text) > most:
        raise Wrong(say("faults.too_long", most=most, now=len(text)))
    return text


def _shows(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "LNPS"


def _day_of(text: str) -> date:
    for pattern in DAYS:
        try:
            read = datetime.strptime(text.strip(), pattern).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
        if read.year in YEARS:
            return read
    raise Wrong(say("faults.not_day"))
