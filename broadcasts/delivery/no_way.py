"""What takes the place of a turn where no call can ever be made."""

from __future__ import annotations

from dataclasses import dataclass

from broadcasts.delivery.answers import Answer
from broadcasts.delivery.ports import Letter


@dataclass(frozen=True, slots=True)
class NoWay:
    """Ends a row as ``answer`` says without a call, so that it is not put back for ever.

    Implements ``Turn``.
    """

    answer: Answer

    async def send(self, letter: Letter) -> Answer:  # noqa: ARG002 - nothing is sent
        """Give the answer; see ``Turn``."""
        return self.answer

    def over(self) -> None:
        """Nobody waits behind it; see ``Turn``."""
