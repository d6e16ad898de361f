"""Words of the console: one table may be spread over files, one key stands once."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.console.words import Wording


def _written(folder: Path, **files: str) -> Wording:
    for name, text in files.items():
        (folder / f"{name}.vi.toml").write_text(text, encoding="utf-8")
    return Wording.load(folder)


def test_a_table_may_be_spread_over_files(tmp_path: Path) -> None:
    words = _written(tmp_path, a='[done]\nx = "X $n"', b='[done]\ny = "Y"')
    assert (words.say("done.x", n=1), words.say("done.y")) == ("X 1", "Y")
    assert words.gaps("done.x") == ("n",)


def test_amounts_have_dots_between_thousands_and_what_is_called_by_a_number_has_none(
    tmp_path: Path,
) -> None:
    words = _written(tmp_path, a='[t]\nx = "$count người năm $year"')
    assert words.say("t.x", count=8027, year=2026) == "8.027 người năm 2026"


@pytest.mark.parametrize(
    ("files", "fault"),
    [
        ({"a": '[t]\nx = "1"', "b": '[t]\nx = "2"'}, ValueError),
        ({"a": '[t]\nx = "5 $ mỗi bản"'}, ValueError),
        ({"a": 'x = "no table"'}, TypeError),
        ({"a": "[t]\nx = 1"}, TypeError),
    ],
)
def test_what_is_no_sentence_of_its_own_stops_the_start(
    tmp_path: Path, files: dict[str, str], fault: type[Exception]
) -> None:
    with pytest.raises(fault):
        _written(tmp_path, **files)


def test_a_gap_nobody_fills_and_a_key_nobody_wrote_are_faults(tmp_path: Path) -> None:
    words = _written(tmp_path, a='[t]\nx = "$n"')
    for key in ("t.x", "t.y"):
        with pytest.raises(KeyError):
            words.say(key)
