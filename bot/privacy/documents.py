"""Numbers with letters, by their shape and the words beside them: passports, cards, plates."""

from __future__ import annotations

from typing import Final

from bot.privacy.words import any_of

# Whom a card of health insurance is for (Quyết định 1351/QĐ-BHXH of 2015): “tu 4…” is none, and
# “tk” and “ck” speak of an account.
_INSURED: Final = (
    r"(?:dn|hx|ch|nn|hc|xk|ht|tb|no|ct|xb|tn|cs|qn|ca|cy|xn|ms|cc|cb|kc|hd|te|bt|hn|dt|dk|xd"
    r"|ts|tc|tq|ta|ty|hg|ls|pv|hs|sv|gb|gd|nd|cn|tv|td|xl|xv|nu|gk|tl)"
)
_SPACED: Final = r"(?:[ .-]{0,3}\d)"
PASSPORTS: Final = (
    (
        rf"(?:{any_of('hộ chiếu')}|passport|\bhc\b)[^\d\n\[\]]{{0,15}}?"
        rf"\b(?P<hide>[a-z]{{1,2}} {{0,3}}\d{_SPACED}{{6,7}}+)(?!\d)"
    ),
    r"\b(?P<hide>[bcknp]\d{7,8})\b",
)
INSURANCE: Final = (
    rf"(?<![^\W_])(?P<hide>{_INSURED} {{0,3}}[1-5]{_SPACED}{{12}})(?!\d)",
    (
        rf"{any_of('bhxh', 'bhyt', 'bảo hiểm')}[^\d\n\[\]]{{0,25}}?"
        rf"\b(?P<hide>[a-z]{{2}} {{0,3}}\d{_SPACED}{{9,14}}+)(?!\d)"
    ),
)
_PLATE_TOLD: Final = rf"\b(?:{any_of('biển số', 'biển kiểm soát', 'số xe', 'biển')}|bks|bsx|xe)\b"
_BOAT: Final = any_of("ghe", "xuồng", "tàu", "đò", "phà", "thuyền", "vỏ lãi", "sà lan", "ca nô")
_OF_BOAT: Final = r"[a-zđ]{2,3} ?- ?\d{4,6}"
# “MĐ1” is the series of a motorbike that goes by current.
_PLATE: Final = r"(?<![\w./-])(?:1[1-9]|[2-9]\d) ?[-.]? ?(?:m[đd]\d|[a-zđ][a-zđ\d]?) ?[-.]? ?"
PLATES: Final = (
    rf"{_PLATE_TOLD}[^\d\n\[\]]{{0,15}}?(?P<hide>{_PLATE}\d{{3}}[. ]?\d\d?)\b",
    rf"(?P<hide>{_PLATE}\d{{3}}\.?\d\d)(?![\w/]|[.,]\d)",
    # Boats and fishing vessels bear the letters of their province: CT-10482, KG-92345-TS.
    rf"\b{_BOAT}\b[^\d\n\[\]]{{0,20}}?\b(?P<hide>{_OF_BOAT}(?: ?- ?ts)?)\b",
    rf"\b(?P<hide>{_OF_BOAT} ?- ?ts)\b",
)
