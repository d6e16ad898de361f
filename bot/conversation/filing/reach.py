"""How somebody may be reached, also typed where something else was asked: never the matter."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from bot.conversation.desk import Desk
from bot.conversation.filing.talk import Talk
from bot.feedback.models import Contact
from bot.messages import ChannelName
from bot.officials.office_rules import ASK
from bot.privacy import PersonalData, mask
from knowledge.text import tokens

_PHONE: Final = re.compile(r"0\d{9,10}")
_PHONE_WITHIN: Final = re.compile(r"(?<!\d)(?:\+?84|0)(?:[ .-]?\d){8,10}(?!\d)")
_NAME: Final = re.compile(r"[^\W\d_]+(?:[ .'’-]+[^\W\d_]+){0,7}")
_BETWEEN: Final = " .,;:–-"


def may_ask(talk: Talk) -> bool:
    """Tell whether personal data are asked for on this channel."""
    if talk.channel is not ChannelName.TELEGRAM:
        return True
    return talk.desk.standing.rules.feedback_telegram == ASK


def read_name(told: str) -> str:
    """Give a name as it is kept; nothing for words that are none."""
    name = " ".join(told.split())
    return name if _NAME.fullmatch(name) else ""


def read_phone(told: str) -> str:
    """Give a telephone number as it is kept; nothing for words that are none."""
    digits = re.sub(r"\D", "", told)
    local = re.sub(r"^(?:0084|84)(?=\d{9,10}$)", "0", digits)
    return local if _PHONE.fullmatch(local) else ""


def told_contact(words: str, desk: Desk) -> Contact | None:
    """Give who words say that somebody is, where they say nothing else.

    “Tôi là Nguyễn Văn Hoa, số 0912 345 678” does; a number within a matter does not.
    """
    found = _PHONE_WITHIN.search(words)
    phone = read_phone(found[0]) if found else ""
    rest = words.replace(found[0], " ") if found and phone else words
    name = read_name(_without_courtesies(rest, desk))
    if name and PersonalData.NAME not in mask(words).kinds and not (phone and name.istitle()):
        return None
    told = Contact(name=name, phone=phone)
    return None if told.is_empty or _tells_more(rest, name, desk) else told


def only_leads(rest: str, desk: Desk) -> bool:
    """Tell whether words, without what was masked in them, only lead to a name or a number."""
    return not _without_courtesies(rest, desk)


def merged(known: Contact, told: Contact) -> Contact:
    """Give what is known of somebody with what they told now."""
    return replace(known, name=told.name or known.name, phone=told.phone or known.phone)


def _without_courtesies(rest: str, desk: Desk) -> str:
    """Give words without those that only lead to a name or a number."""
    words = rest.split()
    while words and _leads(words[0], desk):
        words.pop(0)
    # A name may end like a courtesy, but for its capital.
    while words and words[-1].islower() and _leads(words[-1], desk):
        words.pop()
    return " ".join(words).strip(_BETWEEN)


def _tells_more(rest: str, name: str, desk: Desk) -> bool:
    return not name and not only_leads(rest, desk)


def _leads(word: str, desk: Desk) -> bool:
    said = tokens(word)
    return not said.words or desk.short_answers.leads(said, "contact")
