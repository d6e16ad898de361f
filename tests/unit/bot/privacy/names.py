"""Names of all peoples are hidden whole when told; who somebody is, and what names are, stays."""

from __future__ import annotations

from typing import Final

_TOLD: Final = (
    "Họ tên: {}", "họ và tên: {}, 30 tuổi", "họ và tên {} quê ở xa",
    "mình tên là {} ạ, cho hỏi", "em là {}", "Tôi là {}, xin hỏi", "người bị mất là {}.",
    "họ tên con: {}", "tên tôi là {} muốn hỏi",
)  # fmt: skip
_NAMES: Final = (
    "Giàng A Páo", "Vừ A Dính", "Lò Thị Mai", "Sùng Seo Lử", "Thạch Thị Sô Phia", "Lò Văn Páo",
    "Nguyễn Văn B", "giàng a páo", "vừ a dính", "lò thị mai", "lo van pao", "nguyễn văn b",
)  # fmt: skip
_TOLD_SO: Final = ("tôi là {}", "tôi tên {}", "tên em là {} ạ", "Họ tên: {}")  # fmt: skip
_WITH_APOSTROPHE: Final = ("K'Brửu", "H'Hen Niê", "H’Hen Niê", "k'brửu")  # fmt: skip
HIDDEN: Final = (
    *((said.format(name), said.format("[name]")) for said in _TOLD for name in _NAMES),
    *(
        (said.format(name), said.format("[name]"))
        for said in _TOLD_SO
        for name in _WITH_APOSTROPHE
    ),
    ("em tên Y Moan Ênuôl", "em tên [name]"),
    ("tôi là Y Moan Ênuôl", "tôi là [name]"),
    ("Họ tên: Ksor Hnăm quê Gia Lai", "Họ tên: [name] quê Gia Lai"),
    ("ten toi la mai, lam khai sinh", "ten toi la [name], lam khai sinh"),
    ("my name is Nguyen Van An", "my name is [name]"),
    ("tên con là hoa được không", "tên con là [name] được không"),
    ("Nguyễn Văn An, 0912345678", "[name], [phone]"),
    ("họ tên: mai anh thơ nhà ngoài chợ", "họ tên: [name] ngoài chợ"),
)
STAYS: Final = (
    "tôi là người dân tộc Mông", "em là sinh viên", "tôi là con liệt sĩ", "tôi là nông dân",
    "Tôi là Nông Dân nghèo", "em là La Hủ ở Mường Tè", "tôi là y tá thôn",
    "tên con là gì thì được", "họ tên: ghi như thế nào", "họ tên mẹ là người nước ngoài",
    "họ và tên cha để trống", "Đổi Họ Tên Cho Con", "tên em bị sai",
    "tên tôi là sai một chữ", "người bị mất là ai", "người được ủy quyền là công chức xã",
    "người cao tuổi là từ bao nhiêu", "họ tên trong sổ khác căn cước", "mẹ tôi là Kinh",
    "tôi là Việt kiều Mỹ", "tôi là giáo viên", "em là la", "đổi tên lót là Thị",
    "TÔI LÀ VI PHẠM GIAO THÔNG", "TÔI LÀ NÔNG DÂN", "người yêu cầu là cha mẹ",
)  # fmt: skip
