"""What the card says of what no button asks: who may go instead, whether a paper is needed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from bot.conversation.decide import Verdict, decide
from bot.conversation.desk import EVERYDAY_CONCEPTS, Desk, Turn, show_procedure
from bot.conversation.outcomes import Aspect
from bot.conversation.steps.topic import names_another
from bot.conversation.turn import TurnResult
from knowledge.models import Procedure
from knowledge.reading import Reading
from knowledge.text import fold, tokens, words
from knowledge.topics import TopicKind

A_SHORT_QUESTION: Final = 5
A_QUESTION: Final = 16
A_SHORT_NEED: Final = 9
FEW_LINES: Final = 4
PAPER_WORDS: Final = frozenset(
    {"giay", "to", "ban", "thu", "tuc", "thieu", "quen", "lo", "nop", "bat", "buoc"}
)
PAPER_HEADS: Final = frozenset({"giay", "to", "don", "ban", "anh", "so", "the", "nhan", "kham"})
# Who lacks a paper, or asks whether it is needed, and who has one made.
MISSING: Final = (
    " khong ",
    " chua ",
    " thieu ",
    " quen ",
    " co can ",
    " can co ",
    " phai ",
    " bat buoc ",
)
DOING: Final = frozenset({"lam", "xin", "dang", "doi", "khai"})
MOVING_ON: Final = (" con ", " the con ", " vay ", " roi ", " a ma ", " gio ")
# “Kết hôn | có cần | giấy độc thân không”, “có giấy độc thân không | khi | cưới”.
_NEEDED: Final = re.compile(
    r"(?P<matter>.+?)\s+(?:thi\s+)?"
    r"(?:co can|can co|co phai nop|phai nop|phai co|co bat buoc|can)\s+"
    r"(?P<paper>.+?)\s+(?:khong|ko|k|hong|hok|hem|ha|a)\b"
    r"|(?:can|co can|phai co|co)\s+(?P<thing>.+?)\s+(?:khong|ko|k|hong|hok|hem)\s+"
    r"(?:khi|de|luc|neu)\s+(?P<event>.+)"
)


def detail(turn: Turn, desk: Desk) -> TurnResult | None:
    """Answer "chồng em đi thay được không", "không có giấy chứng sinh thì sao"."""
    if turn.findings is None:
        return None
    code = turn.state.procedure
    if code and _is_about_it(turn.findings.reading):
        asked = desk.details.first(turn.meant)
        if asked and asked.side:
            return _told(turn, desk, code, asked.side, _holding(asked.cues, desk, turn, code))
    if not desk.details.asks_for_a_paper(turn.meant) or _turns_to_another(turn):
        return None
    return (
        _paper_here(turn, desk)
        or _paper_of_what_is_named(turn, desk)
        or _paper_not_here(turn, desk)
    )


def _turns_to_another(turn: Turn) -> bool:
    """Tell whether "còn làm hộ chiếu thì sao" asks for a passport, not whether one is needed."""
    said = f" {' '.join(turn.meant.text.words)} "
    if not names_another(turn) or any(cue in said for cue in MISSING):
        return False
    words_said = turn.meant.text.words
    moves_on = said.startswith(MOVING_ON) and PAPER_HEADS.isdisjoint(words_said)
    return moves_on or not DOING.isdisjoint(words_said)


def _is_about_it(reading: Reading) -> bool:
    return len(reading.telling) <= A_SHORT_QUESTION and all(
        span.label in EVERYDAY_CONCEPTS for span in reading.concepts
    )


def _paper_here(turn: Turn, desk: Desk) -> TurnResult | None:
    """Tell what the card talked about says of the paper that was named."""
    code, reading = turn.state.procedure, turn.findings.reading if turn.findings else None
    if not code or reading is None or set(reading.aspects) - {Aspect.PAPERS}:
        return None
    named = [word for word in reading.telling if word not in PAPER_WORDS]
    if not named or len(named) > A_SHORT_QUESTION:
        return None
    procedure = desk.knowledge.procedure(code)
    said = desk.card.said(procedure, today=turn.today)
    found = [line for line in said if set(named) <= set(words(line))]
    return _told(turn, desk, code, Aspect.PAPERS, found) if found else None


def _paper_not_here(turn: Turn, desk: Desk) -> TurnResult | None:
    """Say of the procedure talked about that it names no such paper, and which it names."""
    code, reading = turn.state.procedure, turn.findings.reading if turn.findings else None
    if not code or reading is None or set(reading.aspects) - {Aspect.PAPERS}:
        return None
    if len(turn.words) > A_SHORT_NEED or not desk.details.asks_a_need(turn.meant):
        return None
    shown = show_procedure(desk, turn, code, Aspect.PAPERS, turn.state.question)
    procedure = desk.knowledge.procedure(code)
    papers = [f"• {paper.name}" for paper in procedure.papers]
    text = desk.card.around(procedure, [desk.say("paper_not_named"), *papers])
    return replace(shown, replies=(replace(shown.replies[0], text=text),)) if papers else None


def _paper_of_what_is_named(turn: Turn, desk: Desk) -> TurnResult | None:
    """Tell whether the procedure a message names needs the paper it names beside."""
    if len(turn.words) > A_QUESTION:
        return None
    match = _NEEDED.fullmatch(" ".join(turn.meant.text.words))
    if match is None:
        return None
    matter, paper = match["matter"] or match["event"], match["paper"] or match["thing"]
    if not set(words(paper)) & PAPER_HEADS:
        return None
    decision = decide(desk.ask(matter))
    first = decision.candidates[0].topic if decision.verdict is Verdict.SURE else None
    if first is None or first.kind is not TopicKind.PROCEDURE:
        return None
    procedure = desk.knowledge.procedure(first.ref)
    found = list(_naming(paper, procedure, turn, desk))
    return _told(turn, desk, first.ref, Aspect.PAPERS, found) if found else None


def _naming(paper: str, procedure: Procedure, turn: Turn, desk: Desk) -> Iterator[str]:
    """Give the lines of a card that name ``paper``, by its words or another name for it."""
    wanted, meant = set(words(paper)) - PAPER_WORDS, _concepts(paper, desk)
    for line in desk.card.said(procedure, today=turn.today):
        if (wanted and wanted <= set(words(line))) or meant & _concepts(line, desk):
            yield line


def _concepts(text: str, desk: Desk) -> set[str]:
    return {span.label for span in desk.knowledge.index.lexicon.concepts.spans(tokens(text))}


def _holding(cues: Sequence[str], desk: Desk, turn: Turn, code: str) -> list[str]:
    folded = [f" {fold(cue)}" for cue in cues]
    said = desk.card.said(desk.knowledge.procedure(code), today=turn.today)
    return [line for line in said if any(cue in f" {fold(line)}" for cue in folded)]


def _told(turn: Turn, desk: Desk, code: str, side: Aspect, lines: Sequence[str]) -> TurnResult:
    procedure, today = desk.knowledge.procedure(code), turn.today
    shown = show_procedure(desk, turn, code, side, turn.state.question or turn.message.text)
    most = tuple(lines[:FEW_LINES])
    if side is Aspect.PAPERS:
        text = desk.card.around(procedure, [desk.say("paper_asked"), *most])
    else:
        text = desk.card.text(procedure, side, today=today, also=most)
    return replace(shown, replies=(replace(shown.replies[0], text=text),))
