"""What became of a list's rows, in words: whatever was not kept, by row and column; pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice

from bot.console.words import say
from bot.newsroom.reader_file import NAMES
from bot.newsroom.reader_lists import MOST_TOLD, Taken
from bot.storage.import_rows import Counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Why a row was not kept."""

    row: int
    column: str
    problem: str


def problems(taken: Taken) -> list[Problem]:
    """Give what was not kept in the order of the rows, of each sort the first thousand."""
    address, office = NAMES["address"], NAMES["office"]
    sorts: tuple[Iterator[Problem], ...] = (
        (Problem(row=one.row, column=one.column, problem=one.why) for one in taken.faults),
        (
            Problem(row=row, column=address, problem=say("reader_lists.double", row=first))
            for row, first in taken.duplicates
        ),
        (
            Problem(row=row, column=address, problem=say("reader_lists.has_left"))
            for row in taken.left
        ),
        (
            Problem(row=row, column=office, problem=say("reader_lists.is_elsewhere"))
            for row in taken.elsewhere
        ),
    )
    found = chain.from_iterable(islice(one, MOST_TOLD) for one in sorts)
    return sorted(found, key=lambda one: one.row)


def counts_of(taken: Taken) -> Counts:
    """Give the counts that are kept with the file."""
    return Counts(
        new=taken.new, changed=taken.changed, unchanged=taken.unchanged, faults=taken.faulty
    )
