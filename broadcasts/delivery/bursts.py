"""When a run is stopped because what fails is ours and not its readers': a rule over answers."""

from __future__ import annotations

from collections import deque
from typing import Final

from broadcasts.delivery.answers import Answer, Fault

LAST: Final = 50
TOO_MANY: Final = 20
OURS: Final = frozenset({Fault.REFUSED, Fault.CONFLICT, Fault.UNCERTAIN})
# Nothing goes out to anybody; what was begun together counts as one.
DOWN: Final = frozenset({Fault.UNREACHABLE, Fault.MISCONFIGURED})
# Tried ever more slowly: so many tries last a quarter of an hour. A wrong token does not mend.
MOST_DOWN: Final = {Fault.UNREACHABLE: 18, Fault.MISCONFIGURED: 4}
LONGEST_REST: Final = 60.0


class Burst:
    """Remembers the last answers to one run by one way."""

    def __init__(self) -> None:
        """Start without a fault."""
        self._ours: deque[bool] = deque(maxlen=LAST)

    def note(self, answer: Answer) -> None:
        """Remember one answer; what asks for patience, or befalls all alike, says nothing here."""
        if answer.fault is None or not answer.retryable or answer.fault in OURS:
            self._ours.append(answer.fault in OURS)

    @property
    def ill(self) -> bool:
        """Tell whether a person should look before more is sent."""
        return sum(self._ours) >= TOO_MANY


class Line:
    """Whether one way leads anywhere now, and how long it rests before the next try."""

    def __init__(self) -> None:
        """Start as working."""
        self._times = 0

    @property
    def down(self) -> bool:
        """Tell whether nothing went out lately; then one message at a time tries."""
        return self._times > 0

    @property
    def rest(self) -> float:
        """Give the seconds to wait before the next try."""
        return min(2.0 ** (self._times - 1), LONGEST_REST) if self._times else 0.0

    def fails(self, fault: Fault) -> bool:
        """Note that a try failed; tell whether a person should look."""
        self._times += 1
        return self._times >= MOST_DOWN[fault]

    def works(self) -> None:
        """Note that the provider answered."""
        self._times = 0
