"""Telephones and addresses in news that offices tell everybody, and those still a sample's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import Final

from broadcasts.models import NewsText
from knowledge.models import Snapshot

# Several numbers in one line, and what may stand between the digits of one.
_BETWEEN_NUMBERS: Final = re.compile(r"[;,/]|\s-\s|\bhoặc\b")
_BETWEEN_DIGITS: Final = r"[ .()-]{0,3}"
# "(địa chỉ mẫu)" behind a sample's value: who takes that away has still left the sample.
_SAID_OF_IT: Final = re.compile(r"\([^)]*\)")


def without_public(told: str, snapshot: Snapshot) -> str:
    """Give ``told`` without telephones and addresses of offices, however they are typed."""
    for address in (one.address for one in snapshot.offices):
        told = told.replace(address or "\0", " ")
    digits = re.sub(r"\D", "", told)
    for number in set(_numbers(snapshot)):
        if number in digits:
            told = re.sub(rf"(?<!\d){_BETWEEN_DIGITS.join(number)}(?!\d)", " ", told)
    return told


def samples_in(text: NewsText, snapshot: Snapshot) -> tuple[str, ...]:
    """Give what stands in a text of offices that are still the shipped sample."""
    told = "\n".join((text.title, text.body, *(one.address for one in text.buttons)))
    samples = (one for one in snapshot.offices if one.sample)
    values = chain.from_iterable((one.phone, one.address, one.map_url) for one in samples)
    bare = (_SAID_OF_IT.sub("", value).strip() for value in values)
    return tuple(dict.fromkeys(value for value in bare if value and value in told))


def _numbers(snapshot: Snapshot) -> Iterator[str]:
    offices, hotlines = snapshot.offices, snapshot.hotlines
    for line in chain((one.phone for one in offices), (one.phone for one in hotlines)):
        for part in _BETWEEN_NUMBERS.split(line):
            number = re.sub(r"\D", "", part)
            if number:
                yield number
