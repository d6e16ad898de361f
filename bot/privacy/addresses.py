"""Where a person lives: a house number with its street, told in words or by its slashes."""

from __future__ import annotations

from typing import Final

from bot.privacy.names import CLEAR_SURNAME, NO_NAME, SURNAME
from bot.privacy.places import CAPITAL_NAME, NAME, STOP_HERE, TAIL
from bot.privacy.words import TWO_RAISED, WORD, any_of, before

# “Đường số 5” is a street.
_HOUSE: Final = rf"(?<!đường )(?<!duong )\b{any_of('nhà số', 'số nhà', 'số')}"
HOUSE_NUMBER: Final = r"\d{1,5}[a-z]?(?:/\d{1,5}[a-z]?){0,5}"
# “K47/12” is house 12 of alley 47 in Đà Nẵng, “H5/3” of a smaller one.
_PARTED: Final = r"[kh]?\d{1,5}[a-z]?(?:/[kh]?\d{1,5}[a-z]?){1,5}"
_ALLEY: Final = rf"\b{any_of('ngõ', 'hẻm', 'ngách', 'kiệt', 'số nhà')}"
# “Ai ngờ 3 tuần sau” without its marks, and “ngõ rộng 3m5”.
_SPANS: Final = any_of("tuần", "tháng", "năm", "ngày", "hôm", "triệu", "nghìn", "ngàn", "đứa")
_STREET: Final = any_of(
    *("đường", "phố", "ngõ", "hẻm", "ngách", "kiệt", "thôn", "ấp", "tổ dân phố", "xóm", "bản"),
    *("buôn", "khóm", "khu phố", "làng", "tổ", "khu", "đội", "khối"),
)
# “Nhà bác”, “nhà em”: whose it is.
OWNER: Final = any_of(
    *("em", "tôi", "mình", "con", "cháu", "tui", "bác", "chú", "cô", "ông", "bà", "anh", "chị"),
    *("gia đình", "nhà", "chúng tôi"),
)
LIVES: Final = any_of(
    *("trú", "ngụ", "cư ngụ", "cư trú", "thường trú", "tạm trú", "lưu trú", "hộ khẩu", "sống"),
    *("nơi ở", "chỗ ở"),
)
LIVING: Final = (
    rf"\b(?:{any_of('ở', 'tại', 'nhà', 'địa chỉ', 'đ/c')}|{LIVES})"
    rf"(?: (?:{OWNER}|{any_of('là', 'số', 'ở', 'tại', 'hiện', 'nay', 'hiện nay', 'thường trú')})"
    rf"){{0,4}}:?\s{{1,3}}"
)
_NUMBERED: Final = (
    rf"\b{any_of('ở', 'tại', 'nhà', 'địa chỉ', 'đ/c', 'trú', 'ngụ', 'sống')}"
    rf"(?: {any_of('em', 'tôi', 'mình', 'con', 'cháu', 'tui', 'là', 'ở', 'tại', 'của')}){{0,3}}"
    rf":?\s{{1,3}}{any_of('số')}\s{{1,3}}"
)
_NUMBER_ALONE: Final = rf"(?:\d{{2,5}}[a-z]?|{_PARTED})"
_QUARTER: Final = any_of("phường", "xã", "quận", "thị trấn", "đặc khu")
GAP: Final = r"\s{0,3},?\s{0,3}"
_STREETS: Final = any_of(
    *("quang trung", "hai bà trưng", "bà triệu", "hùng vương", "an dương vương", "điện biên phủ"),
    *("cách mạng tháng tám", "bạch đằng", "xô viết nghệ tĩnh", "nam kỳ khởi nghĩa", "đồng khởi"),
    *(
        "lạc long quân",
        "âu cơ",
        "yết kiêu",
        "giải phóng",
        "thống nhất",
        "ông ích khiêm",
        "bà huyện thanh quan",
        "kim mã",
        "tây sơn",
    ),
)
AFTER_STREET: Final = before(
    *("phường", "xã", "quận", "thì", "có", "phải", "nộp", "đi", "được", "bị", "mà", "để"),
    *("làm", "muốn", "xin", "hỏi", "cần", "nay", "giờ", "không", "chưa", "đã", "sao", "đến"),
)
_WORDS_OF_A_STREET: Final = (
    rf"(?: {{1,3}}{WORD}(?:(?: {{1,3}}(?!{STOP_HERE}){WORD}){{0,3}}?{AFTER_STREET})?)"
)
_NAMED: Final = rf"(?!{NO_NAME})(?:{_STREETS}\b|{SURNAME}{_WORDS_OF_A_STREET})"
CLEARLY_NAMED: Final = rf"(?!{NO_NAME})(?:{_STREETS}\b|{CLEAR_SURNAME}{_WORDS_OF_A_STREET})"
ADDRESSES: Final = (
    rf"(?P<hide>{_HOUSE}\s{{1,3}}{HOUSE_NUMBER}{GAP}{_STREET}\s{{1,3}}{NAME})",
    rf"{LIVING}(?P<hide>{_NUMBER_ALONE}{GAP}{_STREET}\s{{1,3}}(?:{any_of('cây')} )?{NAME})",
    rf"{LIVING}(?P<hide>{_PARTED} [^,.;?!\n\[\]]{{2,40}}?),? {_QUARTER}\b",
    rf"{LIVING}(?P<hide>{_PARTED}{GAP}(?:{CAPITAL_NAME}|{_NAMED}))",
    rf"{_NUMBERED}(?P<hide>{HOUSE_NUMBER}{GAP}(?:(?!{_QUARTER}\b){CAPITAL_NAME}|{_NAMED}))",
    rf"{LIVING}(?P<hide>\d{{1,5}}[a-z]?{GAP}(?={_NAMED}){CAPITAL_NAME})",
    # With nothing before it, what looks like a day and a month may be one.
    rf"(?:\A|(?<=[\n,;:(]))\s{{0,3}}(?P<hide>{_PARTED} {{1,3}}{CLEARLY_NAMED})",
    # A whole clause of a number and capitals is none: “…, 12/7 Bàu Tre, …”.
    (
        rf"(?:(?<=[\n,;:(])|(?<=[.!?]\s))\s{{0,3}}"
        rf"(?P<hide>(?:{any_of('tầng', 'lầu')} \d{{1,2}},? )?(?:{any_of('số')} )?"
        rf"{_PARTED} {{1,3}}(?!{NO_NAME}){TWO_RAISED})(?=\s*(?:[,.;)\n]|\Z))"
    ),
    rf"\b{any_of('địa chỉ')}(?: (?:là|la))?:? {{0,3}}(?P<hide>{_PARTED})(?![\w/])",
    (
        rf"(?P<hide>{_ALLEY}\s{{1,3}}{HOUSE_NUMBER}(?!\w| {_SPANS}\b)"
        rf"(?:{GAP}{_STREET}\s{{1,3}}{TAIL}| {{1,3}}{TWO_RAISED})?)"
    ),
)
