"""What of a typed text is kept: no personal data, and of what has a lawful way only what it was.

A denunciation is lodged by a signed letter or in person (Law on Denunciations, article 22). What
is typed here all the same says of somebody what nobody has looked into, so it is put aside before
it is stored, logged or quoted back. So is a complaint (Law on Complaints, article 8).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.conversation.desk import Desk, Turn
from bot.conversation.filing.reach import only_leads
from bot.conversation.intents import Heard
from bot.conversation.outcomes import Outcome
from bot.conversation.steps.command import label_of
from bot.conversation.steps.fallback import DECLINED
from bot.conversation.steps.intent import URGENT, is_understood, names_a_procedure
from bot.feedback.kinds import WITHHELD, Kind
from bot.messages import IncomingMessage, MessageKind
from bot.officials.chat_codes import sealed_code
from bot.privacy import Masked, PersonalData, mask, unmasked_part, withheld_kind
from knowledge.text import tokens

OURS: Final = 0.6
# How likely words tell of something that happened, and are not said in passing.
TELLING: Final = 0.3
# How likely a few words about somebody named accuse them.
ACCUSING: Final = 0.8
# What stands in the place of words that are not kept.
MARKS: Final = {
    Kind.DENUNCIATION: PersonalData.DENUNCIATION,
    Kind.COMPLAINT: PersonalData.COMPLAINT,
}


def kept(message: IncomingMessage, desk: Desk) -> IncomingMessage:
    """Give what may be stored of ``message``, with the kinds of data hidden in it.

    A choice the desk gives is kept as it is: a code in it may look like somebody's number. Of the
    code that makes a chat an officer's nothing but its digest is kept.
    """
    if (sealed := sealed_code(message.text)) and message.kind is MessageKind.TEXT:
        return replace(message, text=sealed)
    if message.kind is MessageKind.CHOICE and label_of(message.text, desk):
        hidden = Masked(message.text, ())
    else:
        hidden = _kept_words(message.text, desk)
    return replace(message, text=hidden.text, masked=hidden.kinds)


def _kept_words(text: str, desk: Desk) -> Masked:
    """Give what may be stored of a typed ``text``.

    Of a denunciation or a complaint one word for all of them remains, or what tells an emergency;
    a question about the procedure is none.
    """
    masked = mask(text)
    told = unmasked_part(masked.text)
    # The turn reads the marks, too: what it takes for a denunciation may not have been kept.
    kind = _withheld(told, desk) or (_withheld(masked.text, desk) if masked.kinds else None)
    if kind is None and PersonalData.NAME in masked.kinds and not only_leads(told, desk):
        kind = _accuses(masked.text, desk)
    if kind is None:
        return masked
    left = _urgent(desk.intents.hear(tokens(told)), desk) or desk.say(f"{kind}_kept")
    return Masked(f"{left} {kind.mark}", (kind,))


def _withheld(told: str, desk: Desk) -> PersonalData | None:
    """Give the mark of words that are clearly not to be kept; nothing for any other."""
    seen = desk.recogniser.understand(told)
    if seen.kind not in MARKS:
        return None
    findings = desk.ask(told)
    return MARKS[seen.kind] if is_understood(seen, WITHHELD, findings) else None


def _accuses(masked: str, desk: Desk) -> PersonalData | None:
    """Give the mark of a few words about somebody named: “ông [name] lấy hối lộ”.

    Of so few words nothing is sure enough to be answered as what it is; kept they would accuse.
    """
    seen = desk.recogniser.understand(masked)
    if seen.kind not in MARKS or seen.withheld < ACCUSING:
        return None
    findings = desk.ask(masked)
    return None if names_a_procedure(findings) else MARKS[seen.kind]


def put_aside(question: str) -> Kind | None:
    """Give what the words were that a remembered ``question`` stands for; nothing for others."""
    marked = withheld_kind(question)
    return next((kind for kind, mark in MARKS.items() if mark is marked), None)


def goes_on(turn: Turn, outcome: Outcome, desk: Desk) -> bool:
    """Tell whether a message that ended in ``outcome`` goes on with words put aside.

    What asks for something of ours, or is said in passing, does not.
    """
    if turn.aside is None or turn.findings is None:
        return False
    if outcome is Outcome.EMERGENCY:
        return True
    near = bool(turn.findings.candidates) and turn.findings.candidates[0].score >= OURS
    guessed = outcome is Outcome.CHOICES and not near and not turn.findings.reading.aspects
    if not guessed and outcome not in {Outcome.OUT_OF_SCOPE, Outcome.UNANSWERED}:
        return False
    if desk.intents.first(DECLINED, turn.said):
        return False
    seen = desk.recogniser.understand(turn.message.text)
    return seen.handled + seen.withheld + seen.danger >= TELLING


def _urgent(said: Heard, desk: Desk) -> str:
    urgent = desk.intents.first(URGENT, said)
    return desk.intents.cue(urgent, said) if urgent else ""
