"""Of messages whose personal data is marked by hand nothing else is hidden, and all of that."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.privacy import mask

FILE = Path(__file__).with_name("marked.txt")
PIECE = re.compile(r"\[\[(?P<kind>[a-z_ ]+):(?P<words>.*?)\]\]")


def _lines() -> list[str]:
    lines = FILE.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize("line", _lines())
def test_what_is_marked_is_hidden_and_nothing_else(line: str) -> None:
    typed = PIECE.sub(lambda piece: piece["words"], line)
    assert mask(typed).text == PIECE.sub(lambda piece: f"[{piece['kind']}]", line)
