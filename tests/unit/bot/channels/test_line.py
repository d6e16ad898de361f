"""A provider's fault is told when it comes and goes, and ever more rarely while it lasts."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from structlog.testing import capture_logs

from bot.channels.line import LONGEST_SILENCE, Line


@dataclass
class Seconds:
    moment: float = 0.0

    def __call__(self) -> float:
        return self.moment


def test_a_lasting_fault_is_told_ever_more_rarely() -> None:
    now = Seconds()
    line = Line("telegram", "send", now=now)
    told = []
    with capture_logs() as logs:
        for second in range(24 * 3600):
            now.moment = second
            before = len(logs)
            line.fails("unreachable", "ConnectError")
            told.extend([second] * (len(logs) - before))
    assert told[:8] == [0, 30, 90, 210, 450, 930, 1890, 3810]
    assert max(later - sooner for sooner, later in pairwise(told)) == (LONGEST_SILENCE)
    assert len(told) < 32
    assert logs[1]["for_seconds"] == 30
    assert (logs[0]["fault"], logs[0]["detail"]) == ("unreachable", "ConnectError")


def test_another_fault_and_the_end_are_told_at_once() -> None:
    now = Seconds()
    line = Line("telegram", "send", now=now)
    with capture_logs() as logs:
        line.works()
        line.fails("unreachable")
        now.moment = 5
        line.fails("misconfigured")
        now.moment = 9
        line.works()
        line.works()
        assert line.fault == ""
        line.fails("unreachable")
    assert [(one["event"], one.get("fault")) for one in logs] == [
        ("channel_fails", "unreachable"),
        ("channel_fails", "misconfigured"),
        ("channel_works_again", None),
        ("channel_fails", "unreachable"),
    ]
    assert logs[2]["after_seconds"] == 9
