"""The console's colours can be told apart by weak eyes, in light and in dark."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

STYLE = (Path(__file__).parents[4] / "bot/console/static/console.css").read_text(encoding="utf-8")
BLOCK = r"\{([^{}]*)\}"
TEXT, PART = 4.5, 3.0
# What is written on what, and which lines must be seen beside what.
PAIRS = [
    *[(ink, "ground", TEXT) for ink in ("ink", "quiet", "brand", "bad")],
    *[(ink, "paper", TEXT) for ink in ("ink", "quiet", "brand", "bad")],
    ("ink", "tint", TEXT), ("quiet", "tint", TEXT), ("brand", "tint", TEXT),
    ("on-brand", "brand", TEXT), ("on-bad", "bad", TEXT), ("on-warn", "warn", TEXT),
    ("good", "good-tint", TEXT), ("good", "paper", TEXT), ("bad", "bad-tint", TEXT),
    ("edge", "paper", PART), ("edge", "ground", PART),
    *[(f"s{number}", "paper", PART) for number in (1, 2, 3, 4)],
]  # fmt: skip


def _colours(opening: str) -> dict[str, str]:
    block = re.search(re.escape(opening) + r"\s*" + BLOCK, STYLE)
    assert block
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block[1]))


LIGHT = _colours(":root")
DARK = _colours(':root[data-theme="dark"]')


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Give the contrast of two colours as WCAG 2.1 counts it, 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_counted_as_the_standard_does() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground", "least"), PAIRS)
def test_what_meets_can_be_told_apart(
    colours: dict[str, str], ink: str, ground: str, least: float
) -> None:
    assert contrast(colours[ink], colours[ground]) >= least


def test_both_faces_have_every_colour() -> None:
    assert LIGHT.keys() == DARK.keys()


def test_dark_is_the_same_whether_chosen_or_told_by_the_machine() -> None:
    assert _colours(':root:not([data-theme="light"])') == DARK


def test_colours_stand_at_the_top_alone() -> None:
    rules = STYLE[STYLE.index("* { box-sizing") : STYLE.index("@media print")]
    assert re.findall(r"#[0-9a-f]{3,6}\b(?![^{}]*\{)", rules) == ["#c8102e"]


def test_the_style_sheet_and_the_script_stay_small() -> None:
    script = Path(__file__).parents[4] / "bot/console/static/console.js"
    assert len(STYLE.splitlines()) <= 500
    assert len(script.read_text(encoding="utf-8").splitlines()) <= 300
