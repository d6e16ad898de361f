"""Questions of the command line → their answers, in words or as lines of JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from time import perf_counter
from typing import Any, TextIO

import typer

from bot.channels.render import counted
from bot.channels.typed import TEXT_LIMIT, clean
from bot.commands.json_lines import BadLine, check_id, read_object
from bot.conversation.pipeline import Conversation
from bot.conversation.turn import ConversationState, TurnResult
from bot.errors import CannotBegin
from bot.messages import ChannelName, CitizenAddress, IncomingMessage, MessageKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question of the input with what was said before it."""

    id: str | float | None
    question: str
    history: tuple[str, ...]


def answer_lines(
    conversation: Conversation, lines: Iterable[str], out: TextIO, now: datetime
) -> int:
    """Answer each line; a broken one is told with its number. Give the exit code."""
    faults = 0
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            asked = read_line(line)
        except BadLine as fault:
            faults += 1
            typer.echo(f"dòng {number}: {fault}", err=True)
            continue
        started = perf_counter()
        result = answer(conversation, asked, now)
        row = _row(asked, result, (perf_counter() - started) * 1000)
        out.write(json.dumps(row, ensure_ascii=False) + "\n")
    return 1 if faults else 0


def read_line(line: str) -> Asked:
    """Read one line of the input.

    Raises:
        BadLine: it is no JSON object with a question, or asks more than a citizen may type.
    """
    row = read_object(line, "question")
    history = row.get("history") or []
    if not isinstance(history, list) or not all(isinstance(said, str) for said in history):
        raise BadLine('"history" phải là danh sách chuỗi')
    return Asked(
        id=check_id(row.get("id")),
        question=_typed(row["question"], '"question"'),
        history=tuple(_typed(said, '"history"') for said in history),
    )


def read_question(text: str) -> Asked:
    """Read a question of the command line itself.

    Raises:
        CannotBegin: it is longer than a citizen may type.
    """
    try:
        return Asked(id=0, question=_typed(text, "Câu hỏi"), history=())
    except BadLine as fault:
        raise CannotBegin(f"{fault}.") from None


def _typed(text: str, name: str) -> str:
    cleaned = clean(text)
    if len(cleaned) > TEXT_LIMIT:
        raise BadLine(
            f"{name} có {len(cleaned)} ký tự, mỗi câu chỉ được tối đa {TEXT_LIMIT}."
            " Hãy hỏi ngắn gọn hơn"
        )
    return cleaned


def answer(conversation: Conversation, asked: Asked, now: datetime) -> TurnResult:
    """Answer one question after its history."""
    state = ConversationState()
    for number, text in enumerate(asked.history):
        said = conversation.kept(_message(text, number, now))
        state = conversation.answer(said, state, now=now).state
    said = conversation.kept(_message(asked.question, len(asked.history), now))
    return conversation.answer(said, state, now=now)


def _message(text: str, number: int, now: datetime) -> IncomingMessage:
    return IncomingMessage(
        address=CitizenAddress(channel=ChannelName.WEB, user_id="ask"),
        external_id=str(number),
        kind=MessageKind.TEXT,
        text=text,
        received_at=now,
    )


def _row(asked: Asked, result: TurnResult, took_ms: float) -> dict[str, Any]:
    return {
        "id": asked.id,
        "outcome": result.outcome,
        "procedures": [
            {"code": hit.code, "name": hit.name, "score": hit.score} for hit in result.hits
        ],
        "aspect": result.aspect,
        "text": spoken(result),
        "took_ms": round(took_ms, 3),
    }


def spoken(result: TurnResult) -> str:
    """Give the replies as plain text, choices as a numbered list."""
    return "\n\n".join(map(counted, result.replies))
