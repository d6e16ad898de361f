"""Two years with Tết go by in seconds: nothing out of hours, nothing twice, nothing forgotten.

``benchmarks/two_years.py`` asks for the full form: several offices, hundreds of readers, and years
whose days off are announced, proposed, and only estimated.
"""

from __future__ import annotations

from pathlib import Path

from tests.fakes.years.hours import Scene
from tests.fakes.years.playing import play


async def test_two_years_of_one_office_go_as_a_slow_reckoning_says(tmp_path: Path) -> None:
    verdict = await play(Scene(first=2026, offices=1, readers=3, habits=2), tmp_path)
    assert verdict.faults() == []
    assert verdict.figures["messages sent"] > 100
    assert verdict.figures["of them missed, a person was asked"] > 0
