"""Whether each account's calls are answered, told in the log without filling it."""

from __future__ import annotations

from typing import Final

from bot.channels.errors import SendCode, SendError
from bot.channels.line import Line
from bot.messages import ChannelName

SILENT: Final = frozenset({SendCode.UNREACHABLE, SendCode.MISCONFIGURED, SendCode.UNCERTAIN})


class Lines:
    """One line for each account: what one lacks is no fault of another's."""

    def __init__(self) -> None:
        """Start without any account."""
        self._known: dict[str, Line] = {}

    @property
    def fault(self) -> str:
        """What fails of some account, and of which; empty while nothing is known to."""
        failing = (f"{oa}: {line.fault}" for oa, line in self._known.items() if line.fault)
        return ", ".join(failing)

    def works(self, oa: str) -> None:
        """Note that an account's calls are answered."""
        self._of(oa).works()

    def note(self, oa: str, fault: SendError) -> None:
        """Note what became of a call."""
        if fault.code in SILENT:
            self._of(oa).fails(fault.code, fault.detail)
        elif fault.code is not SendCode.NO_TURN:
            self.works(oa)

    def _of(self, oa: str) -> Line:
        if oa not in self._known:
            self._known[oa] = Line(ChannelName.ZALO, oa)
        return self._known[oa]
