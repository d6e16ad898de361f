"""Days of the week written short: "T2-T6", "sáng T7, CN"; T2 may be February as well."""

from __future__ import annotations

import re
from typing import Final

from broadcasts.speaking.draft import NUMBER, Draft, Spoken
from broadcasts.speaking.speech import Speech

SHORT: Final = re.compile(r"(?<![\w/])T(?P<day>[2-7])(?![\w/])")
# "CN" alone has other meanings; after another day of the week it is Sunday.
SUNDAY: Final = re.compile(
    rf"(?P<lead>{NUMBER}(?:\s?[,;&–-]\s?|\s(?:và|hoặc|đến|tới)\s))CN(?![\w/])"
)
CLOCK: Final = r"\d{1,2}\s?(?:h|g\d|:\d|giờ)"


def read_weekdays(draft: Draft, speech: Speech) -> None:
    """Put them into words where the line speaks of a week or of hours; else they are left."""
    words = speech.weekdays
    if not re.search(rf"(?<!\w)(?:{words.sure}|{CLOCK})", draft.text, re.IGNORECASE):
        return

    def sunday(found: re.Match[str]) -> Spoken:
        return Spoken(text=draft.said(found["lead"][0]).text + found["lead"][1:] + words.sunday)

    draft.say(SHORT, lambda found: Spoken(text=words.names[found["day"]], number=True))
    draft.say(SUNDAY, sunday)
