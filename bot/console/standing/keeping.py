"""What personal data is used for as officials see it: why it may be, how long, when it went."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.console.feedback.uses import ground_of
from bot.console.standing.deadlines import Deadline, Table
from bot.console.words import say
from bot.feedback.purposes import Use, uses
from bot.storage.kept_rows import Run


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One use; without a ``deadline`` its data goes with the case.

    ``run`` is when what is old was looked for last, and how much went.
    """

    use: Use
    deadline: Deadline | None
    run: Run | None

    @property
    def ground(self) -> str:
        """Tell why the data may be used, and where that stands."""
        return ground_of(self.use)

    @property
    def how_long(self) -> str:
        """Tell how long, since when, and what is left then."""
        if self.deadline is None:
            return say("keeping.with_case")
        ending = say(f"keeping_endings.{self.use.ending}")
        since = self.use.since
        return say("keeping.long", time=self.deadline.words, since=since, ending=ending)


def kept_of(table: Table, runs: Mapping[str, Run]) -> Sequence[Kept]:
    """Give every use with its limit of ``table`` and its last run."""
    deadlines = {one.limit.id: one for one in table.rows}
    return [
        Kept(use=use, deadline=deadlines.get(use.limit), run=runs.get(purpose))
        for purpose, use in uses().items()
    ]
