"""Texts for everybody: what the machine takes out of them, and what still looks personal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.feedback.board.said import board_words
from bot.feedback.models import Contact
from bot.feedback.reference import reference_in
from bot.privacy import PersonalData, in_words, mask
from bot.privacy.view import view
from knowledge.text import words

# A name of one word, or a short address, says nothing by itself.
LEAST_OF_A_NAME: Final = 2
LEAST_OF_AN_ADDRESS: Final = 3
LEAST_OF_A_PHONE: Final = 8
# Names may be those of heroes, places those of faults: who keeps them says why.
_KEPT: Final = (PersonalData.NAME, PersonalData.ADDRESS)


@dataclass(frozen=True, slots=True)
class Found:
    """What looks personal in a text, by kinds: what must go, and what may stay with a reason.

    ``masked`` is the text with all of it hidden, in the words of a reader.
    """

    gone: tuple[str, ...]
    kept: tuple[str, ...]
    masked: str


def drafted(text: str) -> str:
    """Give a text with all taken out that the machine finds, in the words of a reader.

    >>> drafted("Nhà tôi ở số 9 hẻm 12, gọi 0912345678. Vụ PA-2222-2222-2.")
    'Nhà tôi ở [địa chỉ nhà], gọi [số điện thoại]. Vụ [mã vụ].'
    """
    told = text
    while found := _reference(told):
        start, end = found
        told = f"{told[:start]}{board_words()['marks']['reference']}{told[end:]}"
    return in_words(mask(told).text)


def looked_at(text: str) -> Found:
    """Look once more at a text that is to be shown.

    An address stays only where nothing says that somebody lives there.
    """
    every, homes = mask(text), mask(text, keep_places=True)
    must = set(homes.kinds) - {PersonalData.NAME}
    gone = [kind for kind in every.kinds if kind in must or kind not in _KEPT]
    return Found(
        gone=tuple(gone),
        kept=tuple(kind for kind in every.kinds if kind not in gone),
        masked=drafted(text),
    )


def names_case(text: str) -> bool:
    """Tell whether a number stands in a text by which anybody looks up a case."""
    return _reference(text) is not None


def _reference(text: str) -> tuple[int, int] | None:
    """Give where the number of a case stands in a text as it reads, unseen signs and all."""
    seen = view(text)
    found = reference_in(seen.text)
    at = seen.text.find(found)
    return seen.original(at, at + len(found)) if found else None


def tells_of(contact: Contact, text: str) -> bool:
    """Tell whether a text tells who sent a case, by what they gave of themselves."""
    seen = view(text).text
    told = words(seen)
    name, address = words(contact.name), words(contact.address)
    digits, phone = _digits(seen), _digits(contact.phone)
    return (
        (len(name) >= LEAST_OF_A_NAME and _within(name, told))
        or (len(address) >= LEAST_OF_AN_ADDRESS and _within(address, told))
        or (len(phone) >= LEAST_OF_A_PHONE and phone[-LEAST_OF_A_PHONE:] in digits)
        or (bool(contact.email) and contact.email.casefold() in seen.casefold())
    )


def _within(part: Sequence[str], whole: Sequence[str]) -> bool:
    size = len(part)
    return any(whole[at : at + size] == part for at in range(len(whole) - size + 1))


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)
