"""Several matters named in one message are offered in the order they were named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bot.conversation.corrections import folded_in_place
from bot.conversation.decide import Verdict, decide
from bot.conversation.desk import Desk, Turn, offer
from bot.conversation.steps.command import label_of
from bot.conversation.turn import TurnResult

LONG_STORY: Final = 30
_BETWEEN: Final = re.compile(r"\s+(?:va|voi|cung|roi|xong)\s+|[,;+\n]|(?:^|\s)\d\s*[.)]\s*")


def several(turn: Turn, desk: Desk) -> TurnResult | None:
    """Answer "em cần 2 việc: xin giấy độc thân và nhập khẩu cho vợ"."""
    if turn.findings is None or len(turn.words) > LONG_STORY:
        return None
    if not desk.intents.has("several", turn.said):
        return None
    matters = dict.fromkeys(_matters(turn.message.text, desk))
    offered = [(label, value) for value in matters if (label := label_of(value, desk))]
    if len(offered) < 2:  # noqa: PLR2004 - one matter is no several
        return None
    return offer(desk, turn, offered, "choices_several")


def _matters(text: str, desk: Desk) -> Iterator[str]:
    for part in _parts(text.partition(":")[2] or text):
        decision = decide(desk.knowledge.ask(part, province=desk.province))
        if decision.verdict is not Verdict.NOTHING:
            topic = decision.candidates[0].topic
            yield f"{topic.kind[0]}:{topic.ref}"


def _parts(text: str) -> Iterator[str]:
    start = 0
    for between in _BETWEEN.finditer(folded_in_place(text)):
        yield text[start : between.start()]
        start = between.end()
    yield text[start:]
