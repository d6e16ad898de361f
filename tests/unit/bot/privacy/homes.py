"""Where somebody lives is hidden without the word “địa chỉ” too; rooms of offices stay."""

from __future__ import annotations

from typing import Final

HIDDEN: Final = (
    ("sống ở 123 nguyễn trãi quận 1", "sống ở [address] quận 1"),
    ("nhà em 123 lê lợi", "nhà em [address]"),
    ("nha em 123 le loi phuong 2", "nha em [address] phuong 2"),
    ("tổ 5 khu phố 3 phường Tân Phong", "[address] phường Tân Phong"),
    ("em ở khu phố 3, tổ 5, phường 1", "em ở [address]"),
    ("nhà em tổ 12, phường 1", "nhà em [address]"),
    ("thôn 3 xã Ea Kao, nhà số 15", "thôn 3 xã Ea Kao, [address]"),
    ("P.1203 chung cư Vinhomes Ocean Park", "[address]"),
    ("căn hộ 12.05 tòa A chung cư Goldmark, phường 1", "[address], phường 1"),
    ("phòng 803 chung cư Hoa Mai muốn tách hộ", "[address] muốn tách hộ"),
    ("chung cư Hoa Mai, căn 1205 ạ", "chung cư Hoa Mai, [address] ạ"),
)
STAYS: Final = (
    "nhà tôi 3 người", "nhà em 12 nhân khẩu", "phòng 3 tòa án huyện", "phòng 5 nhà văn hóa",
    "tổ trưởng tổ 5", "bầu tổ trưởng khu phố 3", "nhà số mấy",
    "mua căn hộ 50 m2 chung cư", "căn hộ chung cư cần giấy gì", "nhà 2 tầng xin phép",
    "tại phòng 12 nộp hồ sơ", "chung cư mini 5 tầng", "ở 10 năm rồi", "nhà em 30 triệu",
    "tổ chức 3 khu vui chơi", "tòa nhà 12 tầng có 3 căn", "tại 15 phường",
)  # fmt: skip
