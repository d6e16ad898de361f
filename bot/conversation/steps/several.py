"""Several matters named in one message are offered in the order they were named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from bot.conversation.corrections import folded_in_place
from bot.conversation.decide import Verdict, decide
from bot.conversation.desk import Desk, Turn, offer
from bot.conversation.outcomes import Aspect
from bot.conversation.steps.command import label_of, value_of
from bot.conversation.steps.topic import asked_side
from bot.conversation.turn import TurnResult
from knowledge.search import Findings
from knowledge.topics import Topic, TopicKey

LONG_STORY: Final = 30
SPELLED_OUT: Final = 0.85
# What stands beside a comma in a longer sentence mostly tells of the one matter.
NAMED_IN_A_BREATH: Final = 8
Matters = dict[TopicKey, str]
_BETWEEN: Final = re.compile(r"\s+(?:va|voi|cung|roi|xong)\s+|[,;+\n]|(?:^|\s)\d\s*[.)]\s*")


def several(turn: Turn, desk: Desk) -> TurnResult | None:
    """Answer "em cần 2 việc: xin giấy độc thân và nhập khẩu cho vợ"."""
    if turn.findings is None or len(turn.words) > LONG_STORY:
        return None
    matters = _announced(turn, desk) or _named(turn, desk)
    offered = [(label, value) for value in matters.values() if (label := label_of(value, desk))]
    if len(offered) < 2:  # noqa: PLR2004 - one matter is no several
        return None
    return offer(desk, turn, offered, "choices_several")


def _announced(turn: Turn, desk: Desk) -> Matters:
    if not desk.intents.has("several", turn.said):
        return {}
    parts = _parts(turn.message.text.partition(":")[2] or turn.message.text)
    asked = (desk.ask(part) for part in parts)
    return _first_of(turn, [one for one in asked if decide(one).verdict is not Verdict.NOTHING])


def _named(turn: Turn, desk: Desk) -> Matters:
    """Give the matters of "đăng ký kết hôn và làm hộ chiếu": each part surely another one."""
    if len(turn.words) > NAMED_IN_A_BREATH:
        return {}
    parts = tuple(_parts(turn.message.text))
    if len(parts) < 2:  # noqa: PLR2004 - one is no several
        return {}
    asked = (desk.ask(part) for part in parts)
    telling = [found for found in asked if not found.reading.is_bare]
    sure = [found for found in telling if _surely_one(found)]
    first = [found.candidates[0].topic for found in sure]
    families = {topic.family or topic.ref for topic in first}
    if len(first) < len(telling) or len(families) < len(first) or _is_one(turn, first):
        return {}
    return _first_of(turn, sure)


def _surely_one(found: Findings) -> bool:
    decision = decide(found)
    return decision.verdict is Verdict.SURE and decision.candidates[0].score >= SPELLED_OUT


def _is_one(turn: Turn, parts: list[Topic]) -> bool:
    """Tell whether the whole message spells out a matter that none of its parts is."""
    whole = turn.findings.candidates[:1] if turn.findings else ()
    return any(one.score >= SPELLED_OUT and one.topic not in parts for one in whole)


def _first_of(turn: Turn, parts: Sequence[Findings]) -> Matters:
    """Give the choice each part names first, a topic once: as it was asked about first."""
    matters: Matters = {}
    for part in parts:
        topic = part.candidates[0].topic
        matters.setdefault(topic.key, value_of(topic, _side_of(part, turn)))
    return matters


def _side_of(part: Findings, turn: Turn) -> Aspect:
    """Give the side a part asks about, else the one asked of all."""
    whole = turn.findings or part
    sides = (asked_side(part.reading), asked_side(whole.reading))
    return next((side for side in sides if side is not Aspect.OVERVIEW), Aspect.OVERVIEW)


def _parts(text: str) -> Iterator[str]:
    start = 0
    for between in _BETWEEN.finditer(folded_in_place(text)):
        yield text[start : between.start()]
        start = between.end()
    yield text[start:]
