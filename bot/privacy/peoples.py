"""Names of the many peoples, and names after a word that says a name follows.

A family name outside the Kinh's commonest is often an everyday word too: it tells a name only
before “A”, “Thị”, “Văn”, or with a capital among small letters.
"""

from __future__ import annotations

from typing import Final

from bot.privacy.names import (
    AFTER_NAME,
    IN_CAPITALS,
    NO_NAME,
    SMALL_SECOND,
    SOMEBODY,
    TELLING,
    WITH_MIDDLE,
)
from bot.privacy.places import LOUD_STOP
from bot.privacy.traits import Trait, pattern
from bot.privacy.words import CAPITAL, CAPITALS, UPPER, WORD, any_of, exactly

SURNAME: Final = any_of(
    *("giàng", "vừ", "vàng", "sùng", "thào", "lò", "lường", "quàng", "cà", "lầu", "hạng", "mùa"),
    *("sồng", "ly", "lỳ", "cứ", "chang", "tráng", "thền", "thèn", "vi", "lô", "lữ", "kha", "lang"),
    *("lục", "nông", "bế", "ma", "triệu", "bàn", "phàn", "tẩn", "chảo", "tần", "lù", "xồng"),
    *("moong", "thạch", "sơn", "kim", "danh", "kiên", "siu", "rơ", "rah", "ksor", "kpă", "nay"),
    *("rcom", "niê", "êban", "mlô", "ayun", "byă", "cil", "liêng", "y", "a", "sừng", "sền", "hầu"),
    *("đèo", "điêu", "tòng", "cầm", "bạch", "xa", "ngân", "chẩu", "la", "mông", "chu", "giáp"),
    *("khổng", "hứa", "đàm", "sầm", "tống", "trà", "mã", "mạc", "chế", "alăng", "bríu", "đào"),
    *("nghiêm", "khuất", "kiều", "lưu", "lại", "doãn", "đậu", "giang", "phí", "thiều", "thẩm"),
    *("tôn", "vương", "ninh", "tiêu", "thân"),
)
_NO_NAME: Final = (
    rf"(?:{NO_NAME}|"
    + any_of(
        *("y tá", "y sĩ", "y tế", "y bác", "y học", "nông dân", "nông nghiệp", "nông thôn"),
        *("ma túy", "kim ngạch", "danh sách", "lang thang", "vi phạm", "ngân hàng", "thân nhân"),
        *("kiều bào", "lưu học sinh", "lưu trú", "la hủ", "la chí", "la ha", "lô lô", "chu ru"),
        *("rơ măm", "hà nhì", "mông cổ", "sơn la", "kiên giang", "ninh bình", "ninh thuận"),
        *("kim bôi", "triệu sơn", "triệu phong", "triệu phú", "giang mai", "giáo viên"),
    )
    + r"\b)"
)
_MIDDLE: Final = rf"(?:{any_of('văn', 'thị')}|{exactly('a', 'seo', 'mí', 'láo', 'sín')})"
_WITH_MIDDLE: Final = (
    rf"{SURNAME} {{1,3}}{_MIDDLE}(?: {{1,3}}{WORD}){{1,2}}?{AFTER_NAME}"
    rf"|(?={SURNAME} {{1,3}}{_MIDDLE}\b){CAPITAL}(?: {{1,3}}{CAPITAL}){{2,4}}+"
)
_CAPITAL_SURNAME: Final = (
    rf"(?!{_NO_NAME})(?={SURNAME}\b){CAPITAL}(?: {{1,3}}(?!{LOUD_STOP}){CAPITAL}){{1,4}}+"
)
# K'Brửu, H'Hen Niê: no other word is written so.
_APOSTROPHE: Final = rf"(?=[^\W\d_]{{1,3}}['’][^\W\d_]{{2}}){WORD}(?: {{1,3}}{CAPITAL}){{0,4}}+"
# In a text of capitals alone a capital tells nothing.
_MIXED: Final = (
    rf"(?=(?-i:[{UPPER}](?:[^{UPPER}\W\d_]|['’ ]))){CAPITAL}(?: {{1,3}}{CAPITAL}){{1,5}}+"
)
_NO_BEGINNING: Final = any_of(
    *("gì", "ai", "sao", "nào", "mấy", "sai", "đúng", "bị", "không", "ko", "chưa", "đã", "như"),
    *("thế", "của", "cho", "cha", "mẹ", "con", "trong", "trên", "theo", "và", "hoặc", "hay"),
    *("bằng", "viết", "ghi", "điền", "đặt", "để", "phải", "được", "có", "đổi", "mới", "cũ"),
    *("khác", "là", "gồm", "đầy đủ", "khai", "lót", "đệm", "họ", "tên", "riêng", "chung", "trùng"),
    *("giống", "một", "hai", "nhầm", "lộn", "thiếu", "thừa", "dấu", "chữ", "tiếng", "nước"),
    *("người", "này", "kia", "đó", "ấy", "thật", "thì", "mà", "nếu", "khi", "bắt buộc", "do"),
    *("trống", "xong", "vậy", "chỉ", "vẫn", "cái", "giấy", "quên", "sửa", "muốn", "làm", "cần"),
)
_BEGINNING: Final = rf"(?!{_NO_BEGINNING}\b)(?!{_NO_NAME})"
_ANY: Final = rf"{WORD}(?: {{1,3}}{WORD}){{0,4}}?{AFTER_NAME}"
_LABEL: Final = any_of(
    *("họ và tên", "họ tên", "họ tên khai sinh", "tên khai sinh", "tên đầy đủ", "ký tên"),
    *("người khai", "người làm đơn", "người viết đơn", "người yêu cầu", "người đề nghị"),
    *("người gửi", "người viết", "người liên hệ", "người khiếu nại"),
)
_WHOSE: Final = rf"(?: {{1,3}}{SOMEBODY}){{0,2}}"
_THAT_IS: Final = r"\s{1,3}(?:là|la)\b\s{0,3}:?\s{0,3}"
# “Tôi tên Y Khoan Mlô,”: all words up to where a name may end, however seldom they are.
_OWN_NAME: Final = rf"(?<!cho )(?<!đặt ){any_of('tôi', 'em', 'mình', 'tui', 'con', 'cháu')}"
_NO_PART: Final = any_of("ở", "tại", "mà", "sinh", "ngụ", "trú", "nhà", "quê")
_NEXT: Final = rf"(?!(?:{_NO_PART}|{_NO_BEGINNING})\b){WORD}"
_SEVERAL: Final = rf"{WORD}(?: {{1,3}}{_NEXT}){{1,4}}?{AFTER_NAME}"
_PERSON: Final = rf"(?:{any_of('người')}(?: {{1,3}}{WORD}){{1,3}}?)"
PEOPLES: Final = (
    pattern(
        rf"\b{_LABEL}{_WHOSE}\s{{0,3}}[:=]\s{{0,3}}{_BEGINNING}"
        rf"(?P<hide>{_MIXED}|{_ANY}|{WORD}(?: {{1,3}}{WORD}){{1,3}}+)",
        *(Trait.LABELLED, Trait.COLON),
    ),
    pattern(
        rf"\b(?:{_LABEL}{_WHOSE}|{TELLING}){_THAT_IS}{_BEGINNING}(?P<hide>{_MIXED}|{_ANY})",
        *(Trait.LABELLED, Trait.IS),
    ),
    pattern(
        rf"\b{_LABEL}{_WHOSE}\s{{1,3}}(?P<hide>{_WITH_MIDDLE})",
        *(Trait.LABELLED, Trait.GIVEN),
    ),
    pattern(
        rf"\b{SMALL_SECOND}{_LABEL}{_WHOSE}\s{{1,3}}{_BEGINNING}(?P<hide>{_MIXED})",
        *(Trait.LABELLED, Trait.TWO_CAPITALS),
    ),
    pattern(
        rf"\b{_OWN_NAME} {any_of('tên')}\s{{1,3}}{_BEGINNING}(?P<hide>{_SEVERAL})", Trait.NAMED
    ),
    pattern(
        rf"\b{TELLING}\s{{0,3}}:?\s{{0,3}}(?P<hide>{_WITH_MIDDLE}|{_APOSTROPHE})",
        *(Trait.NAMED, Trait.GIVEN),
    ),
    pattern(
        rf"\b{SOMEBODY}{_THAT_IS}(?P<hide>{_WITH_MIDDLE}|{_APOSTROPHE})",
        *(Trait.IS, Trait.GIVEN),
    ),
    pattern(
        rf"\b{SMALL_SECOND}{SOMEBODY}{_THAT_IS}(?P<hide>{_CAPITAL_SURNAME})",
        *(Trait.IS, Trait.TWO_CAPITALS),
    ),
    pattern(
        rf"\b{_PERSON}{_THAT_IS}(?P<hide>{WITH_MIDDLE}|{_WITH_MIDDLE})",
        *(Trait.IS, Trait.GIVEN),
    ),
    pattern(
        rf"\b{SMALL_SECOND}{_PERSON}{_THAT_IS}(?P<hide>{IN_CAPITALS}|{_CAPITAL_SURNAME})",
        *(Trait.IS, Trait.TWO_CAPITALS),
    ),
    pattern(
        rf"\b(?:my|full) name(?: is\b|:)\s{{0,3}}(?P<hide>{CAPITALS}|{_ANY})",
        Trait.ENGLISH,
    ),
)
