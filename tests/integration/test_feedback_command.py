"""``bot feedback classify``: lines of messages in, lines of what they are out, no database."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner, Result

from bot.__main__ import app


def classify(lines: list[str], *options: str) -> Result:
    return CliRunner().invoke(
        app, ["feedback", "classify", "--jsonl", *options], input="\n".join(lines)
    )


def test_each_line_is_told_in_order() -> None:
    texts = {
        "a": "rác đổ đầy đầu ngõ 12, gọi tôi 0912 447 308",
        "b": "chủ tịch xã nhận phong bì, tôi là Nguyễn Văn An",
        "c": "tôi khiếu nại quyết định thu hồi đất nhà tôi",
    }
    told = classify([json.dumps({"id": name, "text": text}) for name, text in texts.items()])
    assert told.exit_code == 0, told.output
    rows = [json.loads(line) for line in told.stdout.splitlines()]
    assert rows == [
        {
            "id": "a", "kind": "phan_anh", "topic": "moi_truong", "urgency": "normal",
            "pii": ["phone"], "masked": "rác đổ đầy đầu ngõ 12, gọi tôi [phone]",
        },
        {
            "id": "b", "kind": "to_cao", "topic": "can_bo", "urgency": "normal",
            "pii": ["name"], "masked": "[denunciation]",
        },
        {
            "id": "c", "kind": "khieu_nai", "topic": "dat_dai", "urgency": "normal",
            "pii": [], "masked": "[complaint]",
        },
    ]  # fmt: skip


def test_a_broken_line_is_told_in_its_place(tmp_path: Path) -> None:
    path = tmp_path / "messages.jsonl"
    lines = ['{"id": 1, "text": 2}', "{", "", '{"id": [3], "text": "a"}', '{"text": "alo"}']
    path.write_text("﻿" + "\n".join(lines), encoding="utf-8")
    told = classify([], str(path))
    assert told.exit_code == 1
    rows = [json.loads(line) for line in told.stdout.splitlines()]
    assert [(row["id"], "error" in row) for row in rows] == [
        (1, True), (None, True), (None, True), (None, False),
    ]  # fmt: skip
    assert rows[3]["kind"] == "khac"


def test_what_cannot_begin_says_so(tmp_path: Path) -> None:
    told = classify([], str(tmp_path / "none.jsonl"))
    assert (told.exit_code, "none.jsonl" in told.stderr) == (2, True)
    asked = CliRunner().invoke(app, ["feedback", "classify"])
    assert (asked.exit_code, "--jsonl" in asked.stderr) == (2, True)
