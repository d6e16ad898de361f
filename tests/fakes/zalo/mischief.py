"""What befalls events on their way to an app, until it is put back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

GUESS: Final = "a-guess"


@dataclass
class Mischief:
    """Faults of the line between Zalo and a webhook; ``late`` is of the movable clock."""

    twice: bool = False
    # Signed by somebody who does not know the secret.
    forged: bool = False
    late: timedelta = timedelta(0)

    def clear(self) -> None:
        self.twice, self.forged, self.late = False, False, timedelta(0)
