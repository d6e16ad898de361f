"""Accounts beside a bank's name however it is spelled, and where money is said to go."""

from __future__ import annotations

from typing import Final

HIDDEN: Final = (
    ("chuyển 5tr vô 6222 8181 0099 (Techcom)", "chuyển 5tr vô [account] (Techcom)"),
    ("bắn vào 0451000338274 (VCB) tên vợ ổng", "bắn vào [account] (VCB) tên vợ ổng"),
    ("gửi vô số 070123456789 Sacombank", "gửi vô số [account] Sacombank"),
    ("stk vợ cán bộ là 19033344455566", "stk vợ cán bộ là [account]"),
    (
        "số tài khoản người nhận tiền mà anh ấy đưa cho tôi là 3141234567",
        "số tài khoản người nhận tiền mà anh ấy đưa cho tôi là [account]",
    ),
    ("tài khoản ngân hàng của nó: 102 876 543 210", "tài khoản ngân hàng của nó: [account]"),
    ("tk 1234567890 vcb", "tk [account] vcb"),
    ("stk 0987654321 mb bank", "stk [account] mb bank"),
    ("8888666699 - TPBank", "[account] - TPBank"),
    ("5211 0000 123 456 bidv", "[account] bidv"),
    ("số TK ACB: 22334455", "số TK ACB: [account]"),
    ("tai khoan liên việt 0123456789012", "tai khoan liên việt [account]"),
    ("LienVietPostBank 028704060112233", "LienVietPostBank [account]"),
    ("PVcombank 106000123456", "PVcombank [account]"),
    ("Nam A Bank: 201000123456789", "Nam A Bank: [account]"),
    ("ngân hàng chính sách 1234567890123", "ngân hàng chính sách [account]"),
    ("tài khoản nhận lương hưu 107873456712", "tài khoản nhận lương hưu [account]"),
    ("tk: 0601.2345.6789", "tk: [account]"),
    ("so tai khoan 060 234 567 890 sacom", "so tai khoan [account] sacom"),
    ("bank 19021234567890", "bank [account]"),
    ("chuyển khoản 2345678901 tp bank", "chuyển khoản [account] tp bank"),
    ("tiền vô tài khoản đuôi 6789012", "tiền vô tài khoản đuôi [account]"),
    ("chuyển tới 123456789 Á Châu", "chuyển tới [account] Á Châu"),
    (
        "chuyen vao 1 tai khoan vietcombank co so 1018765432",
        "chuyen vao 1 tai khoan vietcombank co so [account]",
    ),
)
STAYS: Final = (
    "chuyển 5 triệu qua ngân hàng",
    "nạp vào 2026 được không",
    "phòng 302 MB bank ở đâu",
    "chuyển khẩu vào tháng 12",
)
