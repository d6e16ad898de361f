"""How the issuer of a document is named, placed and signed for: Decree 30/2020/NĐ-CP, Appendix I.

The name of the body stands whole (II.2), the place without the kind of its unit unless a number
follows (II.4), and what a People's Committee decides together is signed on its behalf (II.7).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from broadcasts.documents.records import Authority, Signing

DATA: Final = Path(__file__).with_name("data") / "issuers.vi.toml"


def whole_name(issuer: str) -> str:
    """Write the short form of a People's Committee out; any other name stays."""
    words = _words()
    short, whole = words["short"], words["committee"]
    told = " ".join(issuer.split())
    found = re.match(rf"{short}\b", told, re.IGNORECASE)
    return whole + told[found.end() :] if found else told


def head_name(issuer: str) -> str:
    """Give the name as the head has it: where the committee sits stands on a line of its own."""
    whole, told = _words()["committee"], whole_name(issuer)
    return f"{told[: len(whole)]}\n{told[len(whole) :].strip()}" if _is_committee(told) else told


def place_name(office: str) -> str:
    """Give the place a document is dated at: "Thanh Đa" of "UBND xã Thanh Đa", but "Phường 7"."""
    told = whole_name(office)
    if _is_committee(told):
        told = told[len(_words()["committee"]) :].strip()
    for kind in _words()["kinds"]:
        bare = told[len(kind) :].strip()
        if told.lower().startswith(f"{kind} ") and not bare[:1].isdigit():
            return bare
    return told[:1].upper() + told[1:]


def symbol(issuer: str) -> str:
    """Give what follows the number of a report; the body's own sign is left to be filled in."""
    words = _words()
    return str(words["symbol" if _is_committee(whole_name(issuer)) else "open_symbol"])


def signing(issuer: str) -> Signing:
    """Give who signs a report, the name left open."""
    words = _words()
    if not _is_committee(whole_name(issuer)):
        return Signing(title=words["head"])
    return Signing(title=words["chair"], stead=((Authority.BEHALF, words["committee"]),))


def _is_committee(told: str) -> bool:
    return told.lower().startswith(f"{_words()['committee']} ".lower())


@cache
def _words() -> Mapping[str, Any]:
    return tomllib.loads(DATA.read_text(encoding="utf-8"))
