"""docs/console.md shows the table of permissions as it is."""

from __future__ import annotations

from pathlib import Path

from bot.console.words import say
from bot.officials.models import Role
from bot.officials.permissions import Action, permissions

PAGE = Path(__file__).parents[2] / "docs" / "console.md"


def table() -> str:
    """Write the table as the page shows it; paste it there when this test fails."""
    heads = ["việc", *(say(f"roles.{role}") for role in Role)]
    lines = [_line(heads), _line(["---", *("---" for _ in Role)])]
    lines += [
        _line([
            f"{say(f'actions.{action}')} (`{action}`)",
            *("✓" if role in permissions()[action] else "" for role in Role),
        ])
        for action in Action
    ]  # fmt: skip
    return "\n".join(lines)


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def test_the_page_shows_the_table() -> None:
    assert table() in PAGE.read_text(encoding="utf-8"), table()
