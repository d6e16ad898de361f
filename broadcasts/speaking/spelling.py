"""A line written for the eye → sentences for the ear, and what a person has to look at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from broadcasts.speaking.addresses import read_addresses
from broadcasts.speaking.counted import read_counted
from broadcasts.speaking.counts import read_counts
from broadcasts.speaking.days import read_days
from broadcasts.speaking.draft import Draft, Spoken
from broadcasts.speaking.figures import read_figures
from broadcasts.speaking.hours import read_hours
from broadcasts.speaking.law_numbers import read_law_numbers
from broadcasts.speaking.phones import read_phones
from broadcasts.speaking.records import Flag, Spelt
from broadcasts.speaking.short_forms import leave_short_forms, read_short_forms
from broadcasts.speaking.signs import read_signs
from broadcasts.speaking.speech import Speech
from broadcasts.speaking.weekdays import read_weekdays

BULLET: Final = re.compile(r"^\s*(?:[-–—+*]\)?(?:\s+|(?=[^\W\d]))|[•●▪○✓·]\s*)+(?=\S)")
END: Final = re.compile(r"[.!?…]+[\"'”’)]*\s+(?=[\"'“‘(]?(\w))")

# The order matters: each takes out of sight what the later ones would misread.
RULES: Final = (
    read_counts,
    read_addresses,
    read_law_numbers,
    read_short_forms,
    read_counted,
    read_weekdays,
    read_days,
    read_hours,
    read_phones,
    read_figures,
    read_signs,
    leave_short_forms,
)


def spell(line: str, speech: Speech) -> list[Spelt]:
    """Write one line out as it is spoken, cut into sentences."""
    draft = Draft(BULLET.sub("", line, count=1))
    for rule in RULES:
        rule(draft, speech)
    return _sentences(draft.pieces())


def _sentences(pieces: list[Spoken]) -> list[Spelt]:
    text, flags, spoken = _joined(pieces)
    found = (
        Spelt(
            text=_tidy(text[start:end]),
            flags=tuple(flag for place, flag in flags if start <= place < end),
        )
        for start, end in _spans(text, spoken)
    )
    return [sentence for sentence in found if re.search(r"\w", sentence.text)]


def _joined(pieces: list[Spoken]) -> tuple[str, list[tuple[int, Flag]], set[int]]:
    text, flags, starts = "", [], set()
    for piece in pieces:
        if piece.flag:
            flags.append((len(text), piece.flag))
        if piece.put_in_words:
            starts.add(len(text))
        text += piece.text
    return text, flags, starts


def _spans(text: str, spoken: set[int]) -> Iterator[tuple[int, int]]:
    """Find where sentences begin: at a capital, or at what was a number or a sign."""
    start = 0
    for found in END.finditer(text):
        if found[1].isupper() or found.start(1) in spoken:
            yield start, found.end()
            start = found.end()
    yield start, len(text)


def _tidy(sentence: str) -> str:
    """Put gaps right where words replaced signs, and a capital at the head."""
    text = " ".join(sentence.split())
    text = re.sub(r"\s+([,.;:!?…)”])", r"\1", text)
    text = re.sub(r"([(“])\s+", r"\1", text)
    text = re.sub(r",(?:\s?,)+", ",", text).strip(" ,")
    return text[:1].upper() + text[1:]
