"""What breaks a careless program only gets a refusal, or is read as it was meant."""

from __future__ import annotations

import asyncio
import io
import json
import os
import sys
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.commands.answering import answer_lines, read_line
from bot.commands.json_lines import BadLine
from bot.conversation.desk import Desk
from bot.conversation.pipeline import Conversation
from bot.web.app import create_app
from knowledge.text import tokens
from tests.conftest import NOON
from tests.fakes.house import PaperHouse


async def test_a_packed_body_is_refused_in_words() -> None:
    async with TestClient(TestServer(create_app(PaperHouse()))) as web:
        for packing in ("gzip", "br", "zstd", "nonsense"):
            headers = {"Content-Encoding": packing}
            async with web.post("/chat/messages", data=b"no gzip", headers=headers) as answer:
                assert answer.status == 415
                assert "không nén" in (await answer.json())["error"]


def test_signs_nobody_sees_do_not_cut_words() -> None:
    assert tokens("đă\u200bng ký kh\u200bai \u202etử") == tokens("đăng ký khai tử")


async def test_odd_lines_in_an_odd_locale_end_nothing(furnished: Path) -> None:
    lines = ['\ufeff{"id":1,"question":"khai sinh"}', r'{"id":"\ud800","question":"kết hôn"}']
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "ask", "--jsonl",
        env={"PATH": os.defpath, "DATA_DIR": str(furnished), "LC_ALL": "C", "PYTHONUTF8": "0",
             "PYTHONCOERCECLOCALE": "0"},
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    out, _ = await process.communicate("\n".join(lines).encode())
    assert process.returncode == 0
    assert len([json.loads(line) for line in out.decode().splitlines()]) == 2


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("[" * 100_000, "lồng quá nhiều tầng"),
        ('{"a":' * 5_000 + "1" + "}" * 5_000, "lồng quá nhiều tầng"),
        ('{"id":[[]],"question":"khai sinh"}', '"id" phải là'),
    ],
)
def test_a_line_of_odd_shape_is_told_and_ends_nothing(desk: Desk, line: str, told: str) -> None:
    with pytest.raises(BadLine, match=told):
        read_line(line)
    out = io.StringIO()
    lines = [line, '{"id":1,"question":"khai sinh"}']
    assert answer_lines(Conversation(desk), lines, out, NOON) == 1
    assert json.loads(out.getvalue())["id"] == 1
