"""Messages that are about something else than a procedure, or about something urgent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from typing import Final

from bot.conversation.decide import Verdict, decide
from bot.conversation.desk import Desk, Turn, plain
from bot.conversation.outcomes import Outcome
from bot.conversation.recognising import Understood
from bot.conversation.steps.command import label_of
from bot.conversation.turn import TurnResult
from bot.feedback.kinds import HANDLED, Kind
from bot.messages import ChannelName, QuickReply
from bot.privacy import unmasked_part
from knowledge.search import Findings
from knowledge.text import tokens

URGENT: Final = (
    "emergency_english", "emergency_abandoned", "emergency_explosive", "emergency_gas",
    "emergency_water", "emergency_fire", "emergency_despair", "emergency_abuse",
    "emergency_bite", "emergency_medical", "emergency_official", "emergency_police",
    "emergency_missing", "emergency_threat", "emergency_fraud", "emergency_crime",
    "emergency_help",
)  # fmt: skip
# Who says one of these may be in danger however near it comes to the name of a procedure.
WHATEVER_IS_NAMED: Final = frozenset(
    {"emergency_abuse", "emergency_official", "emergency_police", "emergency_abandoned"}
    | {"emergency_missing", "emergency_explosive"}
)
SMALL_TALK: Final = ("hello", "thanks", "bye", "who", "yes", "sending", "erase", "rude", "weary")
# What a message may be about beside procedures; whoever reads it later goes by the first.
SPOKEN: Final = ("denunciation", "complaint", "praise", "case_status", "feedback")
LODGED: Final = frozenset({"denunciation", "complaint"})
READABLE: Final = frozenset({"feedback", "praise"})
# As on the slip that tells when to fetch the result: H01.23.456-241110-0012.
DOSSIER_CODE: Final = re.compile(
    r"(?<![\w.])(?:[A-Z]?\d{1,4}\.){0,6}[A-Z]?\d{1,4}-\d{6}-\d{3,6}(?!\w)", re.IGNORECASE
)
CERTAIN_PROCEDURE: Final = 0.88
# How loudly all words of a message must speak of danger, and how little when some cry it out:
# figures of speech hold such words too. See benchmarks/danger.py.
LOUD: Final = 3.4
PEACEFUL: Final = -1.8
# Somebody is in danger although a procedure is spelled out beside.
UNMISTAKABLE: Final = 6.0
UNCLEAR: Final = "help"
# The score of a procedure that may have been asked for all the same.
LIKELY: Final = 0.65
# The score from which on a message that only sounds like feedback is a question after all: a
# report, and what nobody may keep as far as that is less than certain.
NEARLY: Final = 0.8
NEARLY_WITHHELD: Final = 0.7
CERTAIN_WITHHELD: Final = 0.9
# As likely a complaint or a denunciation was none of 3,540 questions, whatever they name.
BEYOND_DOUBT: Final = 0.9995
# Odds, as logarithms, that an office has nothing to do with what only sounds like feedback: not
# above the one, unless nearly certain, and below the other it speaks of papers alone.
FOREIGN: Final = 5.0
NEARLY_CERTAIN: Final = 0.98
OF_PAPERS: Final = -3.0
# What all words make a report against a cry, or against words that are less loud than
# ``NOT_SO_LOUD``: how likely it is one, and how unlikely danger.
CALM: Final = 0.7
HARMLESS: Final = 0.1
CERTAINLY_CALM: Final = 0.9
CERTAINLY_HARMLESS: Final = 0.02
NOT_SO_LOUD: Final = 4.5
# Fewer words than so many are a cry, whatever they speak for.
A_CRY: Final = 8
MOST_WAYS_ON: Final = 3


def emergency(turn: Turn, desk: Desk) -> TurnResult | None:
    """Put 113, 114, 115, 111 and the police nearby before everything else.

    Short cries are told by their words, danger told at length by what all words speak for.
    """
    danger = desk.knowledge.danger(turn.said.text)
    cried = cries(turn, desk) if danger.loudness > PEACEFUL else ""
    told = f"emergency_{danger.kind or UNCLEAR}" if danger.loudness > LOUD else ""
    urgent, spelled_out = cried or told, _spells_out(turn)
    heeded = danger.loudness > UNMISTAKABLE or urgent in WHATEVER_IS_NAMED
    if not urgent or (spelled_out and not heeded):
        return None
    # One that is both cried out and loud is never doubted.
    doubtful = not (cried and told) and not danger.loudness > UNMISTAKABLE
    if doubtful and _is_a_report(cried, turn, desk):
        return None
    ways_on = tuple(_ways_on(turn, desk)) if spelled_out or not cried else ()
    return plain(Outcome.EMERGENCY, desk.say(urgent, police=desk.police()), turn, ways_on)


def _is_a_report(cried: str, turn: Turn, desk: Desk) -> bool:
    """Tell whether a message clearly tells of a wrong nobody is in danger by.

    Cue words of one count where nothing is cried out; against a cry all words must count: smoke
    of rubbish, a praise of who caught the thieves.
    """
    seen = desk.recogniser.understand(turn.message.text)
    if cried:
        calm = seen.handled >= CALM and seen.danger <= HARMLESS
        told = len(turn.words) >= A_CRY and cried not in WHATEVER_IS_NAMED
        return calm and told
    if seen.cued and seen.kind in HANDLED and not seen.urgent:
        return True
    calm = seen.handled >= CERTAINLY_CALM and seen.danger <= CERTAINLY_HARMLESS
    return calm and not is_loud(turn, desk, NOT_SO_LOUD)


def is_loud(turn: Turn, desk: Desk, above: float = LOUD) -> bool:
    """Tell whether all words of a message together speak of danger."""
    return desk.knowledge.danger(turn.said.text).loudness > above


def cries(turn: Turn, desk: Desk) -> str:
    """Give the danger cried out in cue words."""
    urgent = desk.intents.first(URGENT, turn.said)
    if not urgent and turn.meant.text.words != turn.words:
        urgent = desk.intents.first(URGENT, turn.meant)
    return urgent


def _spells_out(turn: Turn) -> bool:
    """Tell whether the message is what people say who ask for a procedure."""
    found = turn.findings.candidates[:1] if turn.findings else ()
    return names_a_procedure(turn.findings) or any(one.fit.word_for_word for one in found)


def _ways_on(turn: Turn, desk: Desk) -> Iterator[QuickReply]:
    """Offer what may be asked for: keeping away follows on rescue, or nobody is in danger."""
    found = turn.findings.candidates[:MOST_WAYS_ON] if turn.findings else ()
    for one in found:
        value = f"{one.topic.kind[0]}:{one.topic.ref}"
        label = label_of(value, desk)
        if label and (one.score >= LIKELY or one.fit.word_for_word):
            yield QuickReply(label, value)


def small_talk(turn: Turn, desk: Desk) -> TurnResult | None:
    """Answer greetings, thanks, insults and the like with a sentence."""
    kind = desk.intents.first(SMALL_TALK, turn.said)
    if not kind or kind == "rude":
        kind = "rude" if is_rude(turn, desk) else ""
    if not kind:
        return None
    if kind == "erase" and turn.message.address.channel is ChannelName.WEB:
        # The page has a button for it; elsewhere the citizen's own program erases.
        return plain(Outcome.SMALL_TALK, desk.say("erase_on_the_page"), turn)
    return plain(Outcome.SMALL_TALK, desk.say(f"small_talk_{kind}"), turn)


def is_rude(turn: Turn, desk: Desk) -> bool:
    """Tell whether a message holds heavy words and no matter beside them."""
    seen = desk.recogniser.understand(turn.message.text)
    if desk.intents.has("rude", turn.said):
        return seen.handled < CALM or len(turn.words) < A_CRY
    return seen.rude and not names_a_procedure(turn.findings)


def dossier(turn: Turn, desk: Desk) -> TurnResult | None:
    """Show how a dossier is looked up when its code was written out."""
    if not DOSSIER_CODE.search(turn.message.text):
        return None
    return plain(Outcome.CASE_STATUS, desk.say("case_status"), turn)


def case_status(turn: Turn, desk: Desk) -> TurnResult | None:
    """Show how it is looked up what became of a dossier."""
    first = desk.intents.first(SPOKEN, turn.said)
    if first != "case_status" or names_a_procedure(turn.findings):
        return None
    return plain(Outcome.CASE_STATUS, desk.say("case_status"), turn)


def may_be_read(text: str, desk: Desk, *, steered: bool) -> bool:
    """Tell whether officials may read a message, of which is known whether it was ``steered``.

    A complaint or a denunciation has a lawful way of its own; of what was steered as feedback only
    what is neither for sure is read.
    """
    kind = desk.intents.first(SPOKEN, desk.intents.hear(tokens(unmasked_part(text))))
    return kind in READABLE if steered else kind not in LODGED


def is_understood(seen: Understood, kinds: AbstractSet[Kind], findings: Findings | None) -> bool:
    """Tell whether a message is clearly one of ``kinds``, and asks for no procedure."""
    if not seen.sure or seen.kind not in kinds:
        return False
    if seen.alone or seen.withheld >= BEYOND_DOUBT:
        return True
    if names_a_procedure(findings):
        return False
    return seen.cued or findings is None or _asks_nothing(seen, findings)


def _asks_nothing(seen: Understood, findings: Findings) -> bool:
    """Tell whether words that only weigh as feedback are far enough from any procedure."""
    best = findings.candidates[0].score if findings.candidates else 0.0
    near = best >= (LIKELY if findings.reading.aspects else _nearly(seen))
    if near or decide(findings).verdict is Verdict.SURE:
        return False
    if seen.kind not in HANDLED:
        return True
    ours = findings.foreignness <= FOREIGN or seen.handled >= NEARLY_CERTAIN
    return ours and findings.foreignness >= OF_PAPERS


def _nearly(seen: Understood) -> float:
    """Give the score from which on a message is rather a question."""
    if seen.kind in HANDLED:
        return NEARLY
    return CERTAIN_PROCEDURE if seen.withheld >= CERTAIN_WITHHELD else NEARLY_WITHHELD


def names_a_procedure(findings: Findings | None) -> bool:
    """Tell whether a message spells out a procedure that beats any intent."""
    found = findings.candidates[:1] if findings else ()
    return bool(found) and found[0].score >= CERTAIN_PROCEDURE
