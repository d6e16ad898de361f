"""Web addresses and e-mail, read aloud name by name."""

from __future__ import annotations

import re
from typing import Final

from broadcasts.speaking.draft import Draft, Spoken
from broadcasts.speaking.records import Flag, FlagKind
from broadcasts.speaking.speech import Speech

EMAIL: Final = re.compile(r"[\w.+-]+@(?:[\w-]+\.)+[A-Za-z]+")
SEPARATORS: Final = re.compile(r"([.@/_-])")
END_OF_ADDRESS: Final = ".,;:!?)”\"'"


def read_addresses(draft: Draft, speech: Speech) -> None:
    """Put e-mail and web addresses into words; names nobody listed are spelt and shown."""
    link = re.compile(
        rf"(?:(?:https?://)(?P<named>[\w.-]+)|(?<![\w.@-])(?P<bare>(?:[\w-]+\.)+"
        rf"(?:{speech.addresses.endings})(?![\w-])))(?::\d+)?(?P<rest>[/?#]\S*)?"
    )
    draft.say(EMAIL, lambda found: _said(found[0], found[0], speech))
    draft.say(link, lambda found: _link(found, speech))


def _link(found: re.Match[str], speech: Speech) -> Spoken:
    host = (found["named"] or found["bare"]).rstrip(".")
    rest = (found["rest"] or "").rstrip(END_OF_ADDRESS)
    end = found[0][len(found[0].rstrip(END_OF_ADDRESS)) :]
    written = found[0].removesuffix(end)
    path = rest.rstrip("/")
    labels = speech.addresses.labels
    site = speech.addresses.sites.get(host.lower().removeprefix("www."))
    if site and site.lower() not in found.string[: found.start()].lower():
        flag = Flag(kind=FlagKind.LONG_ADDRESS, found=written) if path else None
        return Spoken(text=site + end, flag=flag)
    if all(label in labels for label in path.split("/")[1:]) and not re.search(r"[?#]", path):
        return _said(written, host + path, speech, end=end)
    spoken = _said(written, host, speech, end=end)
    return Spoken(text=spoken.text, flag=Flag(kind=FlagKind.LONG_ADDRESS, found=written))


def _said(written: str, address: str, speech: Speech, *, end: str = "") -> Spoken:
    said, unknown = [], False
    for part in _parts(address.lower(), speech):
        said.append(_name(part, speech))
        unknown |= _is_spelt(part, speech)
    flag = Flag(kind=FlagKind.UNKNOWN_ADDRESS, found=written) if unknown else None
    return Spoken(text=" ".join(filter(None, said)) + end, flag=flag)


def _parts(address: str, speech: Speech) -> list[str]:
    """Cut an address at its signs, but keep whole what is listed with a hyphen."""
    parts: list[str] = []
    for piece in re.split(r"([.@/])", address):
        known = piece in speech.addresses.labels
        parts += [piece] if known else SEPARATORS.split(piece)
    return [part for part in parts if part]


def _name(part: str, speech: Speech) -> str:
    words = speech.addresses
    signs = {
        ".": words.dot,
        "@": words.at,
        "/": words.slash,
        "-": words.hyphen,
        "_": words.underscore,
    }
    if part in signs:
        return signs[part]
    return words.labels.get(part) or speech.spell(part)


def _is_spelt(part: str, speech: Speech) -> bool:
    known = part in speech.addresses.labels or part.isdecimal()
    return not known and not SEPARATORS.fullmatch(part)
