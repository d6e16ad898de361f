"""Passwords and one-time codes: what opens an account of somebody stands in no table."""

from __future__ import annotations

from typing import Final

from bot.privacy.words import any_of

_WHOSE: Final = any_of(
    *("của", "tôi", "em", "mình", "tui", "con", "cháu", "cũ", "mới", "hiện tại", "đăng nhập"),
    *("tài khoản", "tk", "vneid", "dvc", "dvcqg", "dịch vụ công", "cổng", "định danh", "điện tử"),
    *("zalo", "facebook", "email", "gmail", "app", "máy", "ngân hàng", "mức 2"),
    *("nhận được", "vừa nhận", "nhận", "gửi về", "gửi tới", "mới gửi", "hiện"),
)
_FILLED: Final = rf"(?:\s{{1,3}}{_WHOSE}\b){{0,6}}"
_IS: Final = r"(?:\s{1,3}(?:là|la)\b\s{0,3}:?|\s{0,3}[:=])"
# No word of everyday speech holds a digit or such a sign within.
_SIGNS: Final = r"(?=[^\s\[]{0,63}[\d@#$%^&*])(?!\[)[^\s\[]{3,63}[^\s\[\],.;?)\u201d]"
# No syllable has so many letters.
_LONG: Final = r"[a-z]{8,40}\b"
# Nor do its vowels stand on two sides of a consonant.
_MANY: Final = (
    rf"(?!{_WHOSE}\b)(?=[a-z]{{5,40}}\b)[^\W\daeiouy]{{0,4}}[aeiouy]{{1,4}}[b-df-hj-np-tv-xz]{{1,4}}"
    r"[aeiouy][a-z]{0,30}\b"
)
_PASSWORD: Final = rf"\b(?:{any_of('mật khẩu', 'mật mã')}|password|passwd|pass|passcode)\b"
# “mk” is also “mình”: alone in front of a number it is no password.
_SHORT: Final = r"\b(?:mk|pw)\b"
_CODE: Final = (
    r"(?<![\d/.])(?!0\d{2,3}[ .-]\d{3}[ .-]\d{3})(?P<hide>\d{3}[ -]\d{3}|\d{4,8}"
    r"|(?:\d[ -]{1,2}){3,7}\d(?![ -]{0,2}\d)|\d\d(?:[ -]\d\d){1,3}(?![ -]?\d))(?![\d/]|[.,]\d)"
)
_CODE_NAMES: Final = any_of(
    *("otp", "pin", "mã pin", "mã xác thực", "mã xác nhận", "mã bảo mật", "mã kích hoạt"),
)
_CODE_NAMED: Final = rf"\b{_CODE_NAMES}\b"
PASSWORDS: Final = (
    rf"{_PASSWORD}{_FILLED}(?:{_IS})?\s{{0,3}}(?P<hide>{_SIGNS})",
    rf"{_PASSWORD}{_FILLED}{_IS}\s{{0,3}}(?P<hide>{_LONG}|{_MANY})",
    rf"{_SHORT}(?:\s{{1,3}}{_WHOSE}\b){{1,6}}(?:{_IS})?\s{{0,3}}(?P<hide>{_SIGNS})",
    rf"{_SHORT}{_IS}\s{{0,3}}(?P<hide>{_SIGNS})",
)
ONE_TIME_CODES: Final = (
    rf"{_CODE_NAMED}{_FILLED}(?:{_IS})?\s{{0,3}}{_CODE}",
    rf"{_CODE}\s{{1,3}}(?:là|la)\s{{1,3}}(?:{any_of('mã')}\s{{1,3}})?{_CODE_NAMED}",
)
