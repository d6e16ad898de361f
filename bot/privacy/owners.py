"""Names told without a word of kinship: “tên Nguyễn Văn An”, and beside a number now hidden."""

from __future__ import annotations

from typing import Final

from bot.privacy.kinds import PersonalData
from bot.privacy.names import IN_CAPITALS, WITH_MIDDLE
from bot.privacy.traits import Trait, pattern
from bot.privacy.words import any_of

_NAME: Final = rf"(?P<hide>{IN_CAPITALS}|{WITH_MIDDLE})"
# Streets, schools and communes bear names of persons too.
_OF_NO_PERSON: Final = "".join(
    rf"(?<!\b{thing} )"
    for thing in (
        *("đường", "duong", "phố", "pho", "trường", "truong", "chợ", "cầu", "cau", "xã"),
        *("xa", "phường", "phuong", "thôn", "thon", "ấp", "ap", "công ty", "cong ty"),
    )
)
_SIGN: Final = r"[ \t]{0,3}[,;:.(\n-]?[ \t]{0,3}"
_HIDDEN: Final = "|".join(
    (
        *(PersonalData.CCCD, PersonalData.PHONE, PersonalData.PASSPORT, PersonalData.EMAIL),
        *(PersonalData.SOCIAL_INSURANCE, PersonalData.BIRTH_DATE, PersonalData.ADDRESS),
    )
)
_NUMBER: Final = rf"\[(?:{_HIDDEN})\]"
_KINDS: Final = any_of(
    *("số", "cccd", "cmnd", "cmt", "căn cước", "định danh", "sđt", "đt", "điện thoại", "zalo"),
    *("sinh", "sinh ngày", "ngày sinh", "hộ chiếu", "mã", "ở", "địa chỉ", "số nhà", "là"),
)
_OF_A_NUMBER: Final = rf"(?={_SIGN}(?:{_KINDS}{_SIGN}){{0,3}}{_NUMBER})"
OWNERS: Final = (
    pattern(
        rf"{_OF_NO_PERSON}\b{any_of('tên')}\s{{0,3}}:?\s{{1,3}}{_NAME}",
        *(Trait.NAMED, Trait.NAME_LIKE),
    ),
    pattern(rf"{_NUMBER}{_SIGN}(?:{any_of('của', 'là')} )?{_NAME}", Trait.HIDDEN),
    pattern(rf"(?:\A|[,;.\n(])\s{{0,3}}{_NAME}{_OF_A_NUMBER}", Trait.HIDDEN),
    pattern(
        rf"\[{PersonalData.NAME}\] {any_of('và', 'với', 'thành', 'sang')} {_NAME}",
        Trait.HIDDEN,
    ),
)
