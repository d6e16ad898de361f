"""Accounts of banks: told by the bank in front or behind, or by money that goes there."""

from __future__ import annotations

import re
from typing import Final

from bot.privacy.kinds import PersonalData
from bot.privacy.words import any_of

BANKS: Final = (
    r"\b(?:(?:viet ?com|techcom|sacom|vietin|lien ?viet|liên việt)(?: ?(?:post ?)?banh?k?)?"
    r"|(?:viet ?com|tech ?com|agri|viett?in|viet ?tin|vp|sacom|tp|tien ?phong|hd|sea|lp"
    r"|lien ?viet|mb|nam a|viet a|bac a|dong a|bao ?viet|kien ?long|shin ?han|woori|co-?op"
    r"|đông á|nam á|bắc á|việt á|bảo việt|bản việt|exim) ?banh?k?"
    r"|vcb|tcb|bi ?dv|acb|á châu|ctg|vib|shb|scb|ocb|msb|mb|stb|vbsp|timo)\b"
)
FAR: Final = r"[^\d\[\]\n.;?!]{0,60}(?:\b(?:là|la)\b|:)\s{0,3}"
# “9021 8888 777 BIDV”, but no bank whose own number follows.
_BANK_BEHIND: Final = re.compile(
    rf"[\s,(-]{{0,3}}(?:{any_of('tại', 'của', 'bên', 'ở')} )?(?:(?:{any_of('ngân hàng')}|nh) )?"
    rf"{BANKS}(?![^\d\n]{{0,12}}\d)",
    re.IGNORECASE,
)
# “Chuyển 5 triệu vô 6222…”: what is no telephone is an account then.
_TRANSFER: Final = re.compile(
    rf"\b(?:{any_of('chuyển', 'chuyển khoản', 'bắn', 'nạp')}|ck)\b[^\n.;?!\[\]]{{0,30}}\b"
    rf"(?:{any_of('vào', 'vô', 'qua', 'tới')})\b(?: {any_of('số')})?[\s:]{{1,3}}\Z",
    re.IGNORECASE,
)
TRANSFERRED: Final = (PersonalData.ACCOUNT, 8, 19)
_BEHIND_BANK: Final = (PersonalData.ACCOUNT, 8, 19)
# Of one bank an account has a letter amid its digits: 711A55203948.
LETTERED: Final = (
    rf"\b(?:stk|tk|{any_of('tài khoản')}|{BANKS})\b[^\d\n\[\]]{{0,30}}?"
    r"\b(?P<hide>\d{3} ?[a-z] ?\d{4} ?\d{4})(?!\d)"
)


def told_of_account(before: str, text: str, end: int) -> tuple[PersonalData, int, int] | None:
    """Tell of an account, by its fewest and most digits, of the number that ends at ``end``."""
    if _BANK_BEHIND.match(text, end):
        return _BEHIND_BANK
    return TRANSFERRED if _TRANSFER.search(before) else None
