"""Which field is written and read how."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Final

from knowledge.cells import items, records, values
from knowledge.models import Confidence


@dataclass(frozen=True, slots=True)
class Codec:
    """How one kind of field is written into a cell and read out of it.

    ``read`` raises ``knowledge.phrases.NotUnderstood`` and never meets an empty cell.
    """

    write: Callable[[Any], str]
    read: Callable[[str], Any]


TEXT: Final = Codec(str, str)
LIST: Final = Codec(items.write_list, items.read_list)
TRUTH: Final = Codec(values.write_truth, values.read_truth)
CODECS: Final[Mapping[str, Codec]] = {
    "code": Codec(str, values.read_code),
    "level": Codec(values.write_choice, values.read_level),
    "aliases": LIST,
    "only_when": LIST,
    "not_when": LIST,
    "popularity": Codec(str, values.read_number),
    "internal": TRUTH,
    "has_card": TRUTH,
    "papers": Codec(records.write_papers, records.read_papers),
    "fee": Codec(records.write_fee, records.read_fee_cell),
    "times": Codec(records.write_times, records.read_times_cell),
    "places": Codec(values.write_places, values.read_places),
    "any_centre": TRUTH,
    "fifteen_hour_rule": TRUTH,
    "online": Codec(values.write_choice, values.read_online),
    "online_url": Codec(str, values.read_address),
    "steps": LIST,
    "legal": Codec(items.write_list, values.read_legal),
    "notes": Codec(records.write_notes, records.read_notes),
    "former_codes": LIST,
    "confidence": Codec(values.write_choice, partial(values.read_choice, Confidence)),
    "source_seen": Codec(date.isoformat, values.read_date),
    "source_url": Codec(str, values.read_address),
}


def codec_of(field: str) -> Codec:
    """Give the codec of a field; most are plain text."""
    return CODECS.get(field, TEXT)
