"""Names told without a word of kinship: “tên Nguyễn Văn An”, and beside a number now hidden."""

from __future__ import annotations

from typing import Final

from bot.privacy.accounts import BANKS
from bot.privacy.kinds import PersonalData
from bot.privacy.names import IN_CAPITALS, SURNAME, WITH_MIDDLE
from bot.privacy.peoples import SURNAME as OF_PEOPLES
from bot.privacy.places import LOUD_STOP
from bot.privacy.traits import Trait, pattern
from bot.privacy.words import CAPITAL, CAPITALS, UPPER, WORD, any_of

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
    *("trọ", "ở trọ", "nhà ở", "trú tại"),
)
_OF_A_NUMBER: Final = rf"(?={_SIGN}(?:{_KINDS}{_SIGN}){{0,3}}{_NUMBER})"
ANY_SURNAME: Final = rf"(?:{SURNAME}|{OF_PEOPLES})"
# “Tư Rớt”, “Sáu Kiều”: which child it was with its name; in capitals alone it tells none.
_RAISED: Final = rf"(?-i:[{UPPER}][^{UPPER}\W\d_]{{1,6}})"
_RANKED: Final = (
    rf"(?!ba (?:lan|tư|đình|vì)\b|hai bà)"
    rf"(?={any_of('hai', 'ba', 'tư', 'năm', 'sáu', 'bảy', 'bẩy', 'tám', 'chín', 'mười', 'út')} )"
    rf"{_RAISED} {{1,3}}{_RAISED}\b"
)
_CALLED_SO: Final = any_of(
    *(
        "ông",
        "bà",
        "anh",
        "chị",
        "em",
        "cô",
        "chú",
        "bác",
        "cháu",
        "tên",
        "cán bộ",
        "công an",
        "chủ tịch",
    ),
    *(
        "thầy",
        "tôi là",
        "trưởng thôn",
        "trưởng ấp",
        "vợ",
        "chồng",
        "con",
        "mẹ",
        "bố",
        "ba",
        "đồng chí",
    ),
)
_CALLED: Final = any_of(
    *("ông", "bà", "anh", "chị", "cô", "chú", "bác", "dì", "cậu", "thím", "mợ", "thằng", "con mụ"),
    *("chủ hụi", "chủ đò", "chủ ghe", "chủ tàu", "chủ nợ", "chủ quán", "tên", "hụi", "lão"),
)
# “Nguyễn-Văn-An”, “Trần_Thị_Lan”: a sign in the place of the space.
_PARTED: Final = (
    rf"(?<![^\W_])(?P<hide>(?:(?=(?-i:[{UPPER}])){ANY_SURNAME}|{SURNAME}(?=[-_.·](?:văn|thị|van|thi)[-_.·]))"
    rf"(?P<sign>[-_.·]){WORD}(?P=sign){WORD}(?:(?P=sign){WORD})?)(?![^\W_]|@|[-_.]\w)"
)
_LETTER: Final = rf"(?-i:[{UPPER}])"
# “ông N.V.A”: who is called so by a paper is known to those around.
_INITIALS: Final = rf"{_LETTER}\s?\.\s?{_LETTER}(?:\s?\.\s?{_LETTER}){{0,2}}(?![^\W_])"
OWNERS: Final = (
    pattern(_PARTED, Trait.PARTED),
    pattern(rf"\b{_CALLED_SO} (?P<hide>{_INITIALS})", Trait.INITIALS),
    pattern(
        rf"{_OF_NO_PERSON}\b{any_of('tên')}\s{{0,3}}:?\s{{1,3}}{_NAME}",
        *(Trait.NAMED, Trait.NAME_LIKE),
    ),
    pattern(rf"{_NUMBER}{_SIGN}(?:{any_of('của', 'là')} )?{_NAME}", Trait.HIDDEN),
    pattern(
        rf"\[{PersonalData.ACCOUNT}\]{_SIGN}(?:{BANKS}{_SIGN})?"
        rf"(?P<hide>(?={ANY_SURNAME}\b){CAPITAL}(?: {{1,3}}(?!{LOUD_STOP}){CAPITAL}){{1,4}}+)",
        *(Trait.HIDDEN, Trait.TWO_CAPITALS),
    ),
    pattern(rf"{_NUMBER}{_SIGN}\b(?:mr|ms|mrs)\.? {{1,3}}(?P<hide>{CAPITALS})", Trait.HIDDEN),
    pattern(rf"(?:{_NUMBER}{_SIGN}|\b{_CALLED} {{1,3}})(?P<hide>{_RANKED})", Trait.TWO_CAPITALS),
    pattern(rf"(?:\A|[,;.\n(])\s{{0,3}}{_NAME}{_OF_A_NUMBER}", Trait.HIDDEN),
    # Who signs so begins a sentence: “Xin cảm ơn. Tư Bền, [phone]”.
    pattern(
        rf"(?:\A|[.!?\n])\s{{0,3}}(?P<hide>{_RANKED}){_OF_A_NUMBER}",
        *(Trait.HIDDEN, Trait.TWO_CAPITALS),
    ),
    pattern(
        rf"\[{PersonalData.NAME}\] {any_of('và', 'với', 'thành', 'sang')} {_NAME}",
        Trait.HIDDEN,
    ),
)
