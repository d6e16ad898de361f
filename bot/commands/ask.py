"""``python -m bot ask``: the answer to one question, or to a file of them, without any channel."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Final

import typer

from bot.clock import SystemClock
from bot.errors import CannotBegin

NOTHING_ASKED: Final = "Hãy gõ câu hỏi trong dấu ngoặc kép, hoặc dùng --jsonl."
ASKED_TWICE: Final = (
    "Chỉ dùng một trong hai: câu hỏi trong dấu ngoặc kép, hoặc --jsonl để đọc các câu hỏi từ đầu"
    " vào chuẩn."
)


def ask(
    question: Annotated[str, typer.Argument(help="The question, in quotes.")] = "",
    jsonl: Annotated[
        bool,
        typer.Option(
            "--jsonl",
            help='Read questions from standard input, a JSON object a line: {"id": 1, "question":'
            ' "hết bao nhiêu tiền", "history": ["đăng ký kết hôn cần gì"]}. "history" is a list of'
            " strings, what the citizen asked before, oldest first; it and id may be left out.",
        ),
    ] = False,
    catalogue: Annotated[
        Path | None, typer.Option(help="Add the procedures of a portal catalogue.jsonl.")
    ] = None,
) -> None:
    """Answer a question, or with --jsonl lines of questions with what was said before them."""
    from bot.commands import answering  # noqa: PLC0415 - keeps --help quick
    from bot.commands.json_lines import speak_utf8  # noqa: PLC0415
    from bot.commands.opening import open_conversation  # noqa: PLC0415

    if jsonl == bool(question):
        raise CannotBegin(ASKED_TWICE if jsonl else NOTHING_ASKED)
    asked = answering.read_question(question)
    conversation = open_conversation(catalogue)
    now = SystemClock().now()
    if jsonl:
        speak_utf8()
        raise typer.Exit(answering.answer_lines(conversation, sys.stdin, sys.stdout, now))
    typer.echo(answering.spoken(answering.answer(conversation, asked, now)))
