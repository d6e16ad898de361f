"""What is said beside a question and not asked: on which day, in which village or ward."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Self

_DAY: Final = re.compile(r"(?:\bngày\s+)?\b\d{1,2}([/.-])\d{1,2}\1(?:19|20)?\d\d\b", re.IGNORECASE)
_CAPITAL: Final = "A-ZÀ-ÖØ-ÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
_NAME: Final = rf"(?:\s+[{_CAPITAL}][^\W\d_]*){{1,4}}"


@dataclass(frozen=True, slots=True)
class Asides:
    """Finds days, and names behind the kind of a place."""

    place: re.Pattern[str]

    @classmethod
    def of(cls, kinds: Iterable[str]) -> Self:
        """Take the kinds of places a name may follow."""
        told = "|".join(map(re.escape, kinds))
        return cls(re.compile(rf"(?P<kind>\b(?i:{told})){_NAME}"))

    def left_out(self, text: str) -> str:
        """Give ``text`` without them; among capitals alone no name stands out."""
        composed = unicodedata.normalize("NFC", text)
        if not (composed.istitle() or composed.isupper()):
            composed = self.place.sub(r"\g<kind>", composed)
        return _DAY.sub(" ", composed)
