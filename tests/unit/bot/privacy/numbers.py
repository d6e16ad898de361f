"""A number told after its name is hidden however it is set apart; what is no number stays."""

from __future__ import annotations

from typing import Final

HIDDEN: Final = (
    ("0912x345x678", "[phone]"),
    ("gọi 0912 x 345 X 678 nhé", "gọi [phone] nhé"),
    ("0912=345=678", "[phone]"),
    ("0912→345→678", "[phone]"),
    ("0912&345&678", "[phone]"),
    ("[0912][345][678]", "[[phone]]"),
    ("[0912]345 678", "[phone]"),
    ("{0912} 345 678", "[phone]"),
    ("số điện thoại: o9l2.345.678", "số điện thoại: [phone]"),
    ("cccd OOlO99Ol2345", "cccd [cccd]"),
    ("sđt em không chín một hai ba bốn năm sáu bảy tám ạ", "sđt em [phone] ạ"),
    ("sdt khong chin mot hai ba bon nam sau bay tam", "sdt [phone]"),
    ("không không một, không chín chín không một hai ba bốn năm", "[cccd]"),
    ("0912.345 sáu bảy tám", "[phone]"),
    ("stk 123456789 đồng sở hữu", "stk [account] đồng sở hữu"),
    ("tk mb 12345678", "tk mb [account]"),
    ("agribank 1500 205 123 456", "agribank [account]"),
    ("gplx số 79 0123 456789", "gplx số [driving licence]"),
    ("giấy phép lái xe 790123456789", "giấy phép lái xe [driving licence]"),
    ("biển số 29A-123.45", "biển số [plate]"),
    ("xe 59X1-12345 bị giữ", "xe [plate] bị giữ"),
    ("xe em 29n 1234", "xe em [plate]"),
    ("ngày sinh 12/03/90", "ngày sinh [birth date]"),
    ("em sinh ngày 5.3.87 ở Huế", "em sinh ngày [birth date] ở Huế"),
    ("sinh ngày 12 tháng 3 năm 90", "sinh ngày [birth date]"),
    ("dob 12/03/1990", "dob [birth date]"),
    ("otp la 4 8 2 9 1 3", "otp la [one-time code]"),
    ("mã otp em nhận được là 482 913", "mã otp em nhận được là [one-time code]"),
    ("mã OTP: 48 29 13.", "mã OTP: [one-time code]."),
    ("mật khẩu: hoahong", "mật khẩu: [password]"),
    ("an.nguyen @ gmail . com", "[email]"),
    ("mail an(at)gmail.com nhé", "mail [email] nhé"),
    ("an[at]gmail[dot]com", "[email]"),
    ("an.nguyen a còng gmail chấm com", "[email]"),
    ("an90@gmail. Cho em hỏi", "[email]. Cho em hỏi"),
)
STAYS: Final = (
    "giấy phép số mấy", "mất 500 nghìn đồng", "ảnh 3x4, 4x6",
    "trong tài khoản có 50000000 đồng", "thửa 20x30, 15x20 m", "cha mẹ có ba năm hai tháng",
    "không ba không mẹ", "một hai ba bốn năm sáu", "ba năm không làm được",
    "mở cửa 7h30-11h30, 13h30-17h00", "0% 5% 10% 12% 15%", "lớp 12A 2024", "khóa 12A-2024",
    "khai sinh 12/03/25 trả hôm nay", "hẹn 12/03/25", "Nghị định 123/2015/NĐ-CP",
    "thông tư 04/2020/TT-BTP và 1.001193", "gplx cấp 12/05/2021", "bằng lái 12/05/2021",
    "đổi giấy phép lái xe A1", "mã otp 6 số", "mật khẩu: làm sao lấy", "mật khẩu là bao nhiêu",
    "mật khẩu: vneid", "nộp a còng là gì", "mẫu 01/ĐK, 02/ĐK", "lớp 10a1 10a2 11a3",
)  # fmt: skip
