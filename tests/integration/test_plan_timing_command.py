"""``python -m bot plan timing``: the timing of a phrase, as JSON or as a sentence."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import app


def timing(*words: str) -> Result:
    return CliRunner().invoke(app, ["plan", "timing", *words])


def test_json_has_the_six_keys_first_and_iso_dates() -> None:
    told = json.loads(timing("Trước 15/12/2023", "--year", "2023", "--json").output)
    assert list(told)[:6] == ["kind", "start", "end", "count", "per", "note"]
    assert (told["kind"], told["start"], told["end"]) == ("once_by_deadline", None, "2023-12-15")
    assert told["before"] is True


def test_json_of_a_measure() -> None:
    told = json.loads(timing("02 số/tháng", "--year", "2024", "--json").output)
    assert (told["kind"], told["count"], told["per"]) == ("recurring", 2, "month")
    assert (told["start"], told["end"], told["note"]) == ("2024-01-01", "2024-12-31", "")


def test_json_lists_the_single_stretches() -> None:
    told = json.loads(timing("Quý I và quý III", "--year", "2024", "--json").output)
    assert told["periods"][1] == {"start": "2024-07-01", "end": "2024-09-30"}


def test_without_json_a_sentence_is_told() -> None:
    assert timing("Quý IV", "--year", "2024").output == "Từ 01/10/2024 đến 31/12/2024.\n"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["", "--year", "2024"], "Hãy ghi thời gian"),
        (["Quý II", "--year", "1990"], "2000 đến 2100"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(words: list[str], told: str) -> None:
    refused = timing(*words)
    assert refused.exit_code == 2
    assert told in refused.output


def test_a_missing_year_is_refused() -> None:
    assert timing("Quý II").exit_code == 2
