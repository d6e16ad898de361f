"""What cases are about, with what officials and citizens call it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from bot.feedback.law import read_data

OTHER: Final = "khac"


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A field; ``unit`` is who usually looks after it in a commune: a hint, a person decides."""

    id: str
    label: str
    unit: str


@cache
def topics() -> Mapping[str, Topic]:
    """Give the fields by their ids, in the order they are offered."""
    return {row["id"]: Topic(**row) for row in read_data("topics.vi.toml")["topic"]}


def topic_label(topic: str) -> str:
    """Give what a field is called; one that is not known here any more goes by its id."""
    known = topics().get(topic)
    return known.label if known else topic
