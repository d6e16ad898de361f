"""Times of day: "7 giờ 30", "7h30", "07:30"."""

from __future__ import annotations

import re
from typing import Final

from broadcasts.speaking.draft import Draft, Spoken
from broadcasts.speaking.records import Flag, FlagKind
from broadcasts.speaking.speech import Speech

SHORT: Final = re.compile(
    r"(?<![\w/.,:])(?P<h>\d{1,2})(?:\s?[hH]\s?(?P<m>\d{2})?|[g:](?P<n>\d{2}))"
    r"(?:\s?(?:phút|p|'|’)(?!\w))?(?![\w:])"
)
# Beside such a time "11g" is an hour too, and not a weight.
BESIDE: Final = re.compile(r"(?<![\w/.,:])\d{1,2}g\d{2}(?!\w)")
FULL: Final = re.compile(r"(?<![\w/.,:])(?P<h>\d{1,2})g(?![\w:])")
LAST_HOUR: Final = 24
MINUTES: Final = 60


def read_hours(draft: Draft, speech: Speech) -> None:
    """Put times into words: "bảy giờ ba mươi phút"; a full hour without its minutes."""
    spoken_out = re.compile(
        rf"(?<![\w/.,:])(?P<h>\d{{1,2}})\s{speech.hour}(?:\s?(?P<m>\d{{2}})(?![\w/.,:])"
        rf"(?:\s{speech.minute})?)",
        re.IGNORECASE,
    )
    full = (FULL,) if BESIDE.search(draft.text) else ()
    for pattern in (*full, SHORT, spoken_out):
        draft.say(pattern, lambda found: _time(found, speech))


def _time(found: re.Match[str], speech: Speech) -> Spoken:
    parts = found.groupdict()
    hour, minute = int(parts["h"]), int(parts.get("m") or parts.get("n") or 0)
    of_the_clock = hour <= LAST_HOUR or not minute
    if minute >= MINUTES or not of_the_clock:
        return Spoken(text=found[0], flag=Flag(kind=FlagKind.UNREAD_NUMBER, found=found[0]))
    text = f"{speech.numerals.cardinal(hour)} {speech.hour}"
    if minute:
        text += f" {speech.numerals.cardinal(minute)} {speech.minute}"
    return Spoken(text=text, number=True)
