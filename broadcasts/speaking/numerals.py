"""Numbers in Vietnamese words; the words are data, the grammar is here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

LARGEST: Final = 10**15
BILLION: Final = 10**9
LONGEST_READ_AS_NUMBER: Final = 2  # "phẩy sáu mươi bảy"; longer ones digit by digit


@dataclass(frozen=True, slots=True, kw_only=True)
class Numerals:
    """The words of numbers, as a region says them."""

    digits: tuple[str, ...]
    after_tens: Mapping[int, str]
    five_after_ten: str
    ten: str
    tens: str
    gap: str
    hundred: str
    groups: tuple[str, ...]
    billion: str
    comma: str
    dot: str
    minus: str
    ordinals: Mapping[int, str]
    fraction: str
    to: str

    def cardinal(self, number: int) -> str:
        """Say a whole number from 0 to 10^15; raises ``ValueError`` outside."""
        if not 0 <= number <= LARGEST:
            raise ValueError(number)
        return self.digits[0] if number == 0 else " ".join(self._whole(number, led=False))

    def ordinal(self, number: int) -> str:
        """Say what comes after "thứ": nhất, hai, ba, tư."""
        return self.ordinals.get(number) or self.cardinal(number)

    def one_by_one(self, digits: str) -> str:
        """Say digits one after another: "không chín không một"."""
        return " ".join(self.digits[int(digit)] for digit in digits)

    def decimal(self, whole: int, places: str) -> str:
        """Say a number with digits after the decimal comma."""
        return f"{self.cardinal(whole)} {self.comma} {self._places(places)}"

    def _places(self, places: str) -> str:
        if places[0] == "0" or len(places) > LONGEST_READ_AS_NUMBER:
            return self.one_by_one(places)
        return self.cardinal(int(places))

    def _whole(self, number: int, *, led: bool) -> list[str]:
        """Words of a number above 0; ``led``: greater groups were said before it."""
        high, low = divmod(number, BILLION)
        if not high:
            return self._millions(low, led=led)
        words = [*self._whole(high, led=led), self.billion]
        return words + (self._millions(low, led=True) if low else [])

    def _millions(self, number: int, *, led: bool) -> list[str]:
        words: list[str] = []
        for power in (2, 1, 0):
            group = number // 1000**power % 1000
            if group:
                words += self._hundreds(group, led=led or bool(words))
                words += [self.groups[power]] if self.groups[power] else []
        return words

    def _hundreds(self, group: int, *, led: bool) -> list[str]:
        hundreds, rest = divmod(group, 100)
        words = [self.digits[hundreds], self.hundred] if hundreds or led else []
        if not rest:
            return words
        if rest < len(self.digits):
            return words + ([self.gap] if words else []) + [self.digits[rest]]
        return words + self._tens(rest)

    def _tens(self, number: int) -> list[str]:
        tens, unit = divmod(number, 10)
        if tens == 1:
            last = {0: [], 5: [self.five_after_ten]}.get(unit, [self.digits[unit]])
            return [self.ten, *last]
        last = [self.after_tens.get(unit, self.digits[unit])] if unit else []
        return [self.digits[tens], self.tens, *last]
