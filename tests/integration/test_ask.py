"""``bot ask`` over lines of questions, with a catalogue of the portal beside our cards."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import app
from tests.fakes.furnished import furnish_little
from tests.fakes.portal import a_row

ROBOT = "Cấp phép nuôi rô bốt trông nhà"
OTHER = "Cấp phép thả rô bốt ra đường"


def ask_lines(folder: Path, lines: list[str], *options: str) -> Result:
    environment = {"DATA_DIR": str(folder)}
    command = ["ask", "--jsonl", *options]
    return CliRunner().invoke(app, command, input="\n".join(lines), env=environment)


def answers(told: Result) -> dict[Any, dict[str, Any]]:
    return {row["id"]: row for row in map(json.loads, told.stdout.splitlines())}


def test_a_catalogue_is_searched_beside_our_cards_and_its_faults_are_told(tmp_path: Path) -> None:
    # What is searched together is indexed together: little, in a moment.
    furnish_little(tmp_path)
    rows = [a_row("1.999991", ROBOT), a_row("1.999991", OTHER), a_row("1.001193", OTHER)]
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    catalogue = tmp_path / "danh_muc.jsonl"
    catalogue.write_text("\n".join([*lines, "", "{", '{"code":"1"}']), encoding="utf-8")
    asked = [
        json.dumps({"id": "new", "question": ROBOT}),
        json.dumps({"id": "ours", "question": "làm giấy khai sinh cho con cần gì"}),
    ]
    told = ask_lines(tmp_path, asked, "--catalogue", str(catalogue))
    assert told.exit_code == 0, told.output
    ranked = {name: row["procedures"][0] for name, row in answers(told).items()}
    assert (ranked["new"]["code"], ranked["new"]["name"]) == ("1.999991", ROBOT)
    assert ranked["ours"]["code"] == "1.001193"
    assert ranked["ours"]["name"] != OTHER
    assert [line.split(":")[0] for line in told.stderr.splitlines()] == [
        f"danh_muc.jsonl, dòng {number}" for number in (2, 5, 6)
    ]


def test_broken_lines_are_told_by_number_and_the_rest_is_answered(furnished: Path) -> None:
    broken = ["{", "[1]", '{"question":7}', '{"question":"a","history":[7]}', "[" * 100_000]
    history = ["đăng ký kết hôn cần gì"]
    good = json.dumps({"id": 1, "question": "hết bao nhiêu tiền", "history": history})
    told = ask_lines(furnished, [*broken, "", good])
    assert told.exit_code == 1
    assert [line.split(":")[0] for line in told.stderr.splitlines()] == [
        f"dòng {number}" for number in range(1, 6)
    ]
    (row,) = answers(told).values()
    assert (row["procedures"][0]["code"], row["aspect"]) == ("1.000894", "fee")


def test_monsters_are_told_one_by_one_and_the_rest_is_answered(furnished: Path) -> None:
    monsters = [
        '{"id":NaN,"question":"khai sinh"}',
        '{"id":1e999,"question":"khai sinh"}',
        f'{{"id":{"7" * 5_000},"question":"khai sinh"}}',
        json.dumps({"question": "0" * 50_000}),
        json.dumps({"question": "khai sinh", "history": ["a" * 100_000]}),
    ]
    good = json.dumps({"id": 1, "question": "\u202ekhai sinh\u0000 " + "\t" * 3_000})
    told = ask_lines(furnished, [*monsters, good])
    assert told.exit_code == 1
    assert [line.split(":")[0] for line in told.stderr.splitlines()] == [
        f"dòng {number}" for number in range(1, 6)
    ]
    assert "tối đa 2000" in told.stderr
    assert answers(told)[1]["procedures"][0]["code"] == "1.001193"


@pytest.mark.parametrize(
    ("command", "word"),
    [
        ([], "trong dấu ngoặc kép"),
        (["khai sinh", "--jsonl"], "một trong hai"),
        (["0" * 50_000], "tối đa 2000"),
    ],
)
def test_without_one_question_it_is_said_how_to_ask(
    tmp_path: Path, command: list[str], word: str
) -> None:
    told = CliRunner().invoke(app, ["ask", *command], env={"DATA_DIR": str(tmp_path)})
    assert told.exit_code == 2
    assert word in told.stderr
    assert "Traceback" not in told.output
