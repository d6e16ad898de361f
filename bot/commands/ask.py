"""``python -m bot ask``: the answer to one question, or to a file of them, without any channel."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.clock import SystemClock


def ask(
    question: Annotated[str, typer.Argument(help="The question, in quotes.")] = "",
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="Read questions from standard input.")
    ] = False,
    catalogue: Annotated[
        Path | None, typer.Option(help="Add the procedures of a portal catalogue.jsonl.")
    ] = None,
) -> None:
    """Answer a question, or with --jsonl lines of {"id","question","history":[…]}."""
    from bot.commands import answering  # noqa: PLC0415 - keeps --help quick
    from bot.commands.opening import open_conversation  # noqa: PLC0415

    if not jsonl and not question:
        raise typer.BadParameter("hãy gõ câu hỏi trong dấu ngoặc kép, hoặc dùng --jsonl")
    conversation = open_conversation(catalogue)
    now = SystemClock().now()
    if jsonl:
        answering.speak_utf8()
        raise typer.Exit(answering.answer_lines(conversation, sys.stdin, sys.stdout, now))
    asked = answering.Asked(id=0, question=question, history=())
    typer.echo(answering.spoken(answering.answer(conversation, asked, now)))
