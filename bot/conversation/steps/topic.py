"""The main step: which procedure or guide is meant, alone or with what was said before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.conversation.corrections import Correction
from bot.conversation.decide import Bounds, Decision, Verdict, decide
from bot.conversation.desk import (
    Desk,
    Turn,
    offer,
    plain,
    show_guide,
    show_procedure,
)
from bot.conversation.outcomes import Aspect, Outcome
from bot.conversation.steps.command import label_of, value_of
from bot.conversation.steps.office import hotline
from bot.conversation.turn import TurnResult
from bot.conversation.unmet import left_open
from knowledge.models import GuideId, Procedure
from knowledge.reading import Reading
from knowledge.search import Candidate, Findings
from knowledge.text import fold
from knowledge.topics import TopicKind

SIDE_OF: Final = {str(aspect): aspect for aspect in Aspect}
FEW_WORDS: Final = 4
FEW_BESIDE_A_SIDE: Final = 2
NEW_SUBJECT: Final = 0.9
NAMED_WHOLE: Final = 0.85
NEARLY_WHOLE: Final = 0.93
# Odds, as a logarithm, that what is said in a talk leaves what offices answer.
STRANGE: Final = 1.8
OF_ITS_OWN: Final = 3
REMEMBERED: Final = 0.1
ABROAD: Final = "nuoc ngoai"
AKIN: Final = 0.05
LEFT_BEHIND: Final = 0.2
# Who asks on is seldom helped by the card just read: it must be further ahead to be told alone.
THE_SAME_AGAIN: Final = Bounds(gap=0.15, wide_gap=0.20)
AWAY_AT_THE_START: Final = (
    "khong ", "y toi la ", "y em la ", "y la ", "thoi ", "gio ", "bay gio ", "con ", "roi ",
)  # fmt: skip
AWAY_ANYWHERE: Final = (" xong ", " roi gio ", " gio xin ", " gio muon ")
CORRECTIONS: Final = (
    "khong",
    "khong phai",
    "y la",
    "y toi la",
    "y em la",
    "con",
    "con neu",
    "neu",
    "the con",
    "vay con",
    "nhung",
    "nhung ma",
    "a",
    "the neu",
)


def code(turn: Turn, desk: Desk) -> TurnResult | None:
    """Show the procedure whose code was written out."""
    codes = turn.findings.reading.codes if turn.findings else ()
    known = [code for code in codes if code in desk.knowledge.procedures]
    if codes and not known:
        return left_open(desk.say("unanswered"), turn, desk)
    if not known or turn.findings is None:
        return None
    return show_procedure(
        desk, turn, known[0], asked_side(turn.findings.reading), turn.message.text
    )


def side(turn: Turn, desk: Desk) -> TurnResult | None:
    """Answer "hết bao nhiêu tiền?" about the procedure talked about."""
    if turn.findings is None:
        return None
    aspect = asked_side(turn.findings.reading)
    if aspect is Aspect.OVERVIEW or not says_little(turn):
        return None
    if turn.state.procedure:
        return show_procedure(desk, turn, turn.state.procedure, aspect, turn.state.question)
    return side_of_which(turn, desk, aspect)


def says_little(turn: Turn) -> bool:
    """Tell whether the message names no subject of its own beside what it asks."""
    reading = turn.findings.reading if turn.findings else None
    return bool(reading and len(reading.telling) <= FEW_BESIDE_A_SIDE and not reading.concepts)


def side_of_which(turn: Turn, desk: Desk, aspect: Aspect) -> TurnResult | None:
    """Offer the same choices again when a side is asked before one was taken."""
    offered = [known for value in turn.state.offered if (known := value.rpartition(":")[2])]
    codes = [code for code in offered if code in desk.knowledge.procedures]
    if not codes:
        return None
    values = [(label_of(f"p:{code}", desk), f"a:{aspect}:{code}") for code in codes]
    result = offer(desk, turn, values, "choices_side")
    return replace(result, state=replace(result.state, question=turn.state.question))


def bare_side(turn: Turn, desk: Desk) -> TurnResult | None:
    """Ask which procedure is meant when only a side was named, or nothing but private data."""
    if turn.findings is None or turn.state.question:
        return None
    reading = turn.findings.reading
    nothing_else = not reading.words and turn.message.masked
    if nothing_else or (reading.is_bare and reading.aspects and not reading.concepts):
        return plain(Outcome.UNANSWERED, desk.say("which_procedure"), turn)
    return None


def refinement(turn: Turn, desk: Desk) -> TurnResult | None:
    """Answer "không, cho người nước ngoài cơ" in the light of what was asked before."""
    if turn.findings is None or not turn.state.question or not _refines(turn):
        return None
    aspect, known = asked_side(turn.findings.reading), tuple(_talked_about(turn, desk))
    if turn.state.procedure and desk.intents.has("another", turn.said):
        return show_procedure(desk, turn, turn.state.procedure, aspect, turn.state.question)
    kin = _for_foreigners(turn, desk, known)
    if kin:
        return show_procedure(desk, turn, kin, aspect, turn.message.text)
    if names_another(turn):
        return None
    correction = Correction.of(turn.message.text)
    question, text, alone = turn.state.question, turn.message.text, turn.findings
    if correction:
        question, text = correction.taken_from(question), correction.rest
        alone = desk.ask(text)
    together = desk.ask(f"{question} {text}")
    if _strays(turn.findings.reading, together, desk):
        return plain(Outcome.OUT_OF_SCOPE, desk.say("out_of_scope"), turn)
    moving_on = correction is not None or _moves_on(" ".join(turn.words))
    context = Context(known=known, left_behind=turn.state.procedure if moving_on else "")
    return answer(turn, desk, in_context(alone, together, context), aspect)


def _for_foreigners(turn: Turn, desk: Desk, known: Sequence[Procedure]) -> str:
    """Give the procedure of the same matter for foreigners when one of those concerned is one."""
    family = known[0].family if known else ""
    if not family or not desk.intents.has("foreigner", turn.meant):
        return ""
    kin = {
        code
        for code, one in desk.knowledge.procedures.items()
        if one.family == family and ABROAD in map(fold, one.only_when)
    }
    if kin & {one.code for one in known}:
        return ""
    found = desk.ask(f"{known[0].everyday_name} {turn.message.text}")
    return next((one.topic.ref for one in found.candidates if one.topic.ref in kin), "")


def _talked_about(turn: Turn, desk: Desk) -> Iterable[Procedure]:
    """Give the procedure shown, else those offered."""
    offered = [value.rpartition(":")[2] for value in turn.state.offered]
    for code in (turn.state.procedure,) if turn.state.procedure else offered:
        if code in desk.knowledge.procedures:
            yield desk.knowledge.procedures[code]


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What was talked about, and the code shown when the message turns away from it."""

    known: tuple[Procedure, ...] = ()
    left_behind: str = ""


def in_context(alone: Findings, together: Findings, context: Context) -> Findings:
    """Rank again what the message says alone and with the earlier question.

    A topic of the family or sector talked about is likelier meant than a stranger; the very one
    shown is not when the message turns away from it ("ý tôi là…", "xong rồi, giờ…").
    """
    best: dict[str, Candidate] = {}
    for findings, handicap in ((alone, 0.0), (together, REMEMBERED)):
        for candidate in findings.candidates:
            score = candidate.score - handicap + _nearness(candidate, context)
            kept = best.get(candidate.topic.ref)
            if kept is None or kept.score < score:
                # Words before stand beside those said now by chance: nobody strays by them.
                strays = candidate.strays and findings is alone
                best[candidate.topic.ref] = replace(candidate, score=score, strays=strays)
    ranked = sorted(best.values(), key=lambda candidate: -candidate.score)
    return Findings(reading=alone.reading, candidates=tuple(ranked))


def _nearness(candidate: Candidate, context: Context) -> float:
    if context.left_behind == candidate.topic.ref:
        return -LEFT_BEHIND
    return max((_kinship(candidate, one) for one in context.known), default=0.0)


def _kinship(candidate: Candidate, known: Procedure) -> float:
    topic = candidate.topic
    related = topic.family == known.family if known.family else topic.ref == known.code
    return AKIN if related or topic.sector == known.sector else 0.0


def _moves_on(said: str) -> bool:
    return f"{said} ".startswith(AWAY_AT_THE_START) or any(
        cue in f" {said} " for cue in AWAY_ANYWHERE
    )


def _refines(turn: Turn) -> bool:
    if turn.findings is None:
        return False
    said = " ".join(turn.words)
    if any(said.startswith(f"{head} ") for head in CORRECTIONS):
        return True
    return not _stands_alone(turn.findings)


def _stands_alone(findings: Findings) -> bool:
    """Tell whether the message names its subject by itself."""
    decision = decide(findings)
    if decision.verdict is not Verdict.SURE:
        return False
    first = decision.candidates[0]
    spelled_out = first.fit.said >= NAMED_WHOLE and first.fit.named >= NAMED_WHOLE
    return spelled_out or (
        first.score >= NEW_SUBJECT and len(findings.reading.telling) > FEW_WORDS
    )


def names_another(turn: Turn) -> bool:
    """Tell whether a message names another matter, as somebody wrote it down or nearly so."""
    decision = decide(turn.findings) if turn.findings else None
    if decision is None or decision.verdict is not Verdict.SURE:
        return False
    first = decision.candidates[0]
    spelled_out = first.fit.named >= NEARLY_WHOLE and first.fit.said >= NEARLY_WHOLE
    return (first.fit.word_for_word or spelled_out) and first.topic.ref != turn.state.procedure


def _strays(said: Reading, together: Findings, desk: Desk) -> bool:
    """Tell whether several words of weight speak of nothing any office answers."""
    return len(said.telling) >= OF_ITS_OWN and desk.knowledge.foreignness(said, together) > STRANGE


def topic(turn: Turn, desk: Desk) -> TurnResult | None:
    """Answer from what the message alone says."""
    if turn.findings is None:
        return None
    correction = Correction.of(turn.message.text)
    findings = turn.findings
    if correction:
        findings = desk.ask(correction.rest)
    return answer(turn, desk, findings, asked_side(turn.findings.reading))


def answer(turn: Turn, desk: Desk, findings: Findings, aspect: Aspect) -> TurnResult | None:
    """Turn findings into one answer or a choice; nothing when they are too weak."""
    decision = _decided(turn, findings, aspect)
    if decision.verdict is Verdict.NOTHING:
        return None
    if decision.verdict is Verdict.SURE:
        result: TurnResult | None = _show(turn, desk, decision.candidates[0], aspect)
    else:
        result = _choose(turn, desk, decision, aspect)
    return replace(result, findings=findings) if result else None


def _decided(turn: Turn, findings: Findings, aspect: Aspect) -> Decision:
    decision = decide(findings)
    surest = decision.candidates[0].topic.ref if decision.verdict is Verdict.SURE else ""
    if surest and surest == turn.state.procedure and aspect is Aspect.OVERVIEW:
        return decide(findings, THE_SAME_AGAIN)
    return decision


def _show(turn: Turn, desk: Desk, found: Candidate, aspect: Aspect) -> TurnResult:
    match found.topic.kind:
        case TopicKind.PROCEDURE:
            return show_procedure(desk, turn, found.topic.ref, aspect, turn.message.text)
        case TopicKind.GUIDE:
            return show_guide(desk, turn, GuideId(found.topic.ref), turn.message.text)
        case TopicKind.HOTLINE:
            return hotline(turn, desk, found.topic.ref)


def _choose(turn: Turn, desk: Desk, decision: Decision, aspect: Aspect) -> TurnResult | None:
    values = [value_of(candidate.topic, aspect) for candidate in decision.candidates]
    offered = [(label, value) for value in values if (label := label_of(value, desk))]
    first = decision.candidates[0]
    doubted = first.strays or _says_more(turn, first)
    if len(offered) < 2 and not (offered and doubted):  # noqa: PLR2004 - one is no choice
        return _show(turn, desk, first, aspect) if offered else None
    families = {c.topic.family for c in decision.candidates}
    cases = len(offered) > 1 and len(families) == 1 and families != {""}
    key = "choices_family" if cases else "choices"
    return offer(desk, turn, offered, key)


def _says_more(turn: Turn, first: Candidate) -> bool:
    """Tell whether few words hold more than the likeliest topic knows: “hộ chiếu vắc xin”."""
    reading = turn.findings.reading if turn.findings else None
    short = reading is not None and len(reading.telling) <= FEW_WORDS
    return short and not turn.state.question and first.fit.said < Bounds().said


def asked_side(reading: Reading) -> Aspect:
    """Give the side asked about; several at once, or papers alone, are best told by the card."""
    sides = [SIDE_OF[name] for name in reading.aspects if name in SIDE_OF]
    return sides[0] if len(sides) == 1 else Aspect.OVERVIEW
