"""Homes told by hamlet and commune, boats, seldom names, dates of birth written down wrong."""

from __future__ import annotations

from typing import Final

HIDDEN: Final = (
    ("tôi ở thôn 3 mà xã không sửa đường", "tôi ở [address] mà xã không sửa đường"),
    (
        "Nhà tui xóm Cồn, thôn Vinh Quang 1, xã Tuy Phước Đông, mất nước",
        "Nhà tui [address], mất nước",
    ),
    (
        "bà chủ hụi Sáu Kiều bỏ trốn, lúc trước ở ấp Mỹ Hưng, xã Lấp Vò",
        "bà chủ hụi [name] bỏ trốn, lúc trước ở [address]",
    ),
    (
        "ĐỊA CHỈ: K47/12 ÔNG ÍCH KHIÊM. CHƯA ĐƯỢC GIẢI QUYẾT",
        "ĐỊA CHỈ: [address]. CHƯA ĐƯỢC GIẢI QUYẾT",
    ),
    ("Mẹ em bất tỉnh. tổ 3, thôn Bù Gia, xã Bù Gia Mập", "Mẹ em bất tỉnh. [address]"),
    ("Nước lên. xóm Lụt, xã Hương Phố, nhà có cây mít", "Nước lên. [address], nhà có cây mít"),
    (
        "Đề nghị xem lại. Hoàng Bá Thỉnh, thôn 9, xã Ea Kpam.",
        "Đề nghị xem lại. [name], [address].",
    ),
    ("hộ khẩu xã Ea Tu, tỉnh Đắk Lắk", "hộ khẩu [address]"),
    ("ghe số CT-10482 chở quá tải", "ghe số [plate] chở quá tải"),
    ("tàu KG-92345-TS xả dầu", "tàu [plate] xả dầu"),
    (
        "ngày sinh của tôi bị sai, học bạ ghi 02-05-1974",
        "ngày sinh của tôi bị sai, học bạ ghi [birth date]",
    ),
    ("stk 0041 0003 12345 VCB LY GIA HAN", "stk [account] VCB [name]"),
    ("0912447308 Tư Rớt gọi giùm", "[phone] [name] gọi giùm"),
    ("LH ZALO 0912447308 MS QUỲNH", "LH ZALO [phone] MS [name]"),
    ("ông phó bản Thào A Sùng giữ gạo", "ông phó bản [name] giữ gạo"),
    ("toi ten y khoan mlo, nho xa coi giup", "toi ten [name], nho xa coi giup"),
)
STAYS: Final = (
    "mương ở xóm Bãi, thôn Hạ Đồng, xã Thuỵ Hải bị nghẹt",
    "đèn thôn 3, xã Ea Tu hư cả tuần",
    "ba con xom toi ai cung quy",
    "giấy khai sinh hẹn trả là 12-11-2026",
    "bến đò chở 40 người, vé 10000",
)
