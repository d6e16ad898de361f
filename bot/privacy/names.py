"""Names of persons, hidden when they are told as such: “tên em là …”, “tôi là …”, “họ tên: …”.

In a text written in capitals a capital tells nothing: there only a family name in front does.
"""

from __future__ import annotations

from typing import Final

from bot.privacy.places import LOUD_STOP
from bot.privacy.traits import Trait, pattern
from bot.privacy.words import CAPITAL, CAPITALS, UPPER, WORD, any_of, before, exactly

_CLEAR: Final = ("nguyễn", "trần", "phạm", "hoàng", "huỳnh", "bùi", "trịnh", "phùng")
# Without its marks each of these is another word too: “vợ”, “đô”, “đảng”, “trưởng”…
_CLEAR_WITH_MARKS: Final = (
    *("lê", "phan", "vũ", "võ", "đặng", "đỗ", "ngô", "đinh", "đoàn", "trương", "tô", "tạ"),
    "quách",
)
_EVERYDAY: Final = (
    *("hồ", "dương", "lý", "lương", "mai", "hà", "cao", "châu", "thái", "lâm", "tăng"),
)
SURNAME: Final = any_of(*_CLEAR, *_CLEAR_WITH_MARKS, *_EVERYDAY)
CLEAR_SURNAME: Final = rf"(?:{any_of(*_CLEAR)}|{exactly(*_CLEAR_WITH_MARKS)})"
_CAPITAL_SURNAME: Final = rf"(?:{CLEAR_SURNAME}|{exactly(*_EVERYDAY)})"
_PLACES: Final = any_of(
    *("hà nội", "hà nam", "hà giang", "hà tĩnh", "hà tiên", "hà đông", "hà lan", "cao bằng"),
    *("cao lãnh", "thái bình", "thái nguyên", "thái lan", "lâm đồng", "hồ chí minh", "lý sơn"),
    *("châu đốc", "châu thành", "châu âu", "châu á", "châu phi", "châu mỹ", "phan thiết"),
    *("phan rang", "mai châu", "mai sơn", "hoàng sa", "hoàng mai", "dương minh châu", "võ nhai"),
)
_MATTERS: Final = any_of(
    *("cao tuổi", "cao niên", "cao đẳng", "cao học", "cao cấp", "mai táng", "mai mối", "lý lịch"),
    *("lý do", "hồ sơ", "đoàn viên", "đoàn thanh niên", "đoàn thể", "đoàn trưởng", "lương y"),
    *("lương hưu", "lương thực", "dương tính", "vũ trang", "vũ khí", "võ sư", "võ sĩ", "đỗ xe"),
    *("tăng ni", "lâm nghiệp", "lâm trường", "phan ánh", "ubnd", "hđnd", "cccd", "cmnd", "bhxh"),
    *("bhyt", "vneid", "csgt", "gplx", "qsdđ"),
)
NO_NAME: Final = rf"(?:{_MATTERS}\b|{_PLACES}\b(?! {{1,3}}{CAPITAL}))"
_MIDDLE: Final = any_of("văn", "thị")
# “A” without its mark is a middle name of the Mông.
AFTER_NAME: Final = (
    # Without its mark this one is the name Nhung.
    r"(?!\s+(?-i:Sinh|Cần|Năm|Hiện|Thường|Mất)\s*(?:[,.;:!?()\n\[]|\Z))(?:(?=\s+(?:ạ|nhưng)\b)|"
    + before(
        *("sinh", "ngày", "năm", "số", "cccd", "cmnd", "ở", "tại", "muốn", "xin", "hỏi", "cần"),
        *("làm", "là", "sđt", "đt", "quê", "thường", "đăng", "nộp"),
        *("dân tộc", "quốc tịch", "giới tính", "hiện", "mất", "được"),
    )
    + ")"
)
_FULL_NAME: Final = (
    rf"(?!{NO_NAME})(?:{SURNAME} {{1,3}}{WORD}(?: {{1,3}}{WORD}){{0,3}}?{AFTER_NAME}"
    rf"|(?={SURNAME}\b){CAPITALS})"
)
_ONESELF: Final = any_of(
    *("tôi", "em", "mình", "con", "cháu", "tui", "anh", "chị", "bà", "ông", "mẹ", "bố", "cha"),
    *("vợ", "chồng"),
)
SOMEBODY: Final = rf"(?:{_ONESELF}|{any_of('con trai', 'con gái', 'chủ hộ', 'người mất')})"
_IS: Final = r"\s{0,3}(?:(?:là|la)\b|:)?\s{0,3}"
TELLING: Final = rf"(?:{_ONESELF} {any_of('tên')}|{any_of('tên')} {_ONESELF})"
SMALL_SECOND: Final = rf"(?=\w{{1,10}} (?-i:[^{UPPER}]))"
_KIN: Final = any_of(
    *("con trai", "con gái", "con", "cháu", "vợ", "chồng", "bố", "ba", "cha", "tía", "mẹ", "má"),
    *("u", "anh", "chị", "em trai", "em gái", "em", "ông", "bà", "chú", "bác", "cô", "dì", "cậu"),
)
_OF: Final = any_of("tôi", "em", "mình", "tui", "con", "cháu", "anh", "chị", "bà", "ông", "tao")
_POST: Final = (
    "cán bộ", "chủ tịch", "phó chủ tịch", "bí thư", "trưởng thôn", "trưởng ấp", "trưởng bản",
    "tổ trưởng", "công an", "địa chính", "tư pháp", "hàng xóm", "cô giáo", "thầy giáo",
)  # fmt: skip
_ADDRESSED: Final = ("ông", "bà", "anh", "chị", "cô", "chú", "bác", "thằng")
# In capitals throughout, a title tells no more than any word.
_TITLE: Final = any_of(*(word for t in (*_ADDRESSED, *_POST) for word in (t, t.capitalize())))
_OF_A_COMMUNE: Final = any_of("xã", "phường", "ubnd xã", "ubnd phường", "thôn", "ấp")
_ACCOUNT: Final = rf"(?:tk|stk|{any_of('tài khoản', 'thẻ')})"
_HOLDER: Final = rf"(?:{any_of('chủ', 'tên')} {_ACCOUNT}|{any_of('người thụ hưởng')})"
_CALLED: Final = rf"(?:\s{{1,3}}{any_of('tên', 'là', 'tên là')}\b)?:?\s{{1,3}}"
WITH_MIDDLE: Final = rf"{SURNAME} {{1,3}}{_MIDDLE}(?: {{1,3}}{WORD}){{1,2}}?{AFTER_NAME}"
IN_CAPITALS: Final = (
    rf"(?!{NO_NAME})(?={_CAPITAL_SURNAME}\b){CAPITAL}(?: {{1,3}}(?!{LOUD_STOP}){CAPITAL}){{1,4}}+"
)
NAMES: Final = (
    pattern(rf"\b{any_of('họ và tên', 'họ tên')}{_IS}(?P<hide>{_FULL_NAME})", Trait.NAMED),
    pattern(
        rf"\b{SMALL_SECOND}{TELLING}{_IS}(?!{NO_NAME})(?P<hide>{CAPITALS})",
        Trait.NAMED,
    ),
    pattern(rf"\b{TELLING}{_IS}(?P<hide>{_FULL_NAME})", Trait.NAMED),
    pattern(
        rf"\b{any_of('tên')} (?:là|la)\s{{1,3}}(?P<hide>{_FULL_NAME})",
        *(Trait.NAMED, Trait.IS),
    ),
    pattern(
        rf"\b{SOMEBODY}\s{{1,3}}(?-i:là|la):?\s{{1,3}}(?P<hide>{IN_CAPITALS})",
        *(Trait.IS, Trait.TWO_CAPITALS),
    ),
    pattern(
        rf"\b{SOMEBODY}\s{{1,3}}(?:là|la):?\s{{1,3}}(?P<hide>{WITH_MIDDLE})",
        *(Trait.IS, Trait.GIVEN),
    ),
    pattern(rf"\b{_HOLDER}{_IS}(?P<hide>{_FULL_NAME})", Trait.HOLDER),
    pattern(
        rf"\b{SMALL_SECOND}{_KIN} {_OF}{_CALLED}(?P<hide>{IN_CAPITALS})",
        Trait.TWO_CAPITALS,
    ),
    # “Mai” is tomorrow too, and “thi” an examination.
    pattern(rf"\b{_KIN} {_OF}{_CALLED}(?!mai thi\b)(?P<hide>{WITH_MIDDLE})", Trait.GIVEN),
    pattern(rf"\b(?-i:{_TITLE}){_CALLED}(?P<hide>{IN_CAPITALS})", Trait.TWO_CAPITALS),
    pattern(rf"\b{_TITLE}(?: {_OF_A_COMMUNE})?{_CALLED}(?P<hide>{WITH_MIDDLE})", Trait.GIVEN),
    # Without “Văn” or “Thị” it may be the commune's own name.
    pattern(
        rf"\b(?-i:{_TITLE}) {_OF_A_COMMUNE}{_CALLED}(?P<hide>(?={SURNAME} {_MIDDLE}\b){CAPITALS})",
        Trait.GIVEN,
    ),
)
