"""Five plans like those that offices issue: what they ask for, and as files of plain text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

Days = Callable[[int], list[date]]


@dataclass(frozen=True)
class Kind:
    """A plan, the year its model was issued for, the last days of its times told by hand."""

    name: str
    year: int
    text: str
    last_days: Days

    def written(self, year: int, folder: Path, issued: Path | None = None) -> Path:
        """Write the plan for ``year``: the one in the folder ``issued`` if it is there."""
        told = self.text.format(year=year)
        found = (issued or folder) / f"{self.name}-{self.year}.txt"
        if found.is_file():
            told = found.read_text(encoding="utf-8").replace(str(self.year), str(year))
        path = folder / f"{self.name}-{year}.txt"
        path.write_text(told, encoding="utf-8")
        return path

    def asked(self, year: int) -> Counter[date]:
        return Counter(self.last_days(year))


HEAD: Final = (
    "UBND {place}\nSố: 9/KH-UBND\n{place}, ngày 05 tháng 01 năm {{year}}\n\n**KẾ HOẠCH**\n\n"
    "Truyền thông cải cách hành chính năm {{year}}\n\n"
)
TABLE: Final = "STT\tNội dung\tCơ quan chủ trì\tCơ quan phối hợp\tThời gian thực hiện\n"


def _table(place: str, *rows: tuple[str, str]) -> str:
    lines = (
        f"{number}\t{content}\tPhòng Văn hóa - Xã hội\tVăn phòng HĐND và UBND\t{told}\n"
        for number, (content, told) in enumerate(rows, 1)
    )
    return HEAD.format(place=place) + TABLE + "".join(lines)


def _ends(year: int, *months: int) -> list[date]:
    return [date(year + month // 12, month % 12 + 1, 1) - date.resolution for month in months]


def _broadcasting(year: int) -> list[date]:
    monthly = _ends(year, *range(1, 13))
    return [*monthly * 3, *_ends(year, 12, 12, 12, 12, 12, 9)]


TOWN: Final = Kind(
    "an-nhon",
    2023,
    _table(
        "THỊ XÃ AN",
        ("Thông tin kết quả các chỉ số", "Thường xuyên"),
        ("Viết tin, bài về cải cách hành chính", "Thường xuyên"),
        ("Giới thiệu thủ tục chỉ nhận trực tuyến", "Thường xuyên"),
        ("Mở lớp kỹ năng số", "Hoàn thành chậm nhất trước 15/12/{year}"),
        ("Tổ chức đoàn học tập kinh nghiệm", "Hoàn thành chậm nhất trước 15/12/{year}"),
        ("Dựng chuyên trang, chuyên mục", "Thường xuyên"),
    ),
    lambda year: [date(year, 12, 14)] * 2,
)
PROVINCE: Final = Kind(
    "phu-tho",
    2024,
    _table(
        "TỈNH PHÚ",
        (
            "- Chuyên mục “Cải cách”. - Chuyên mục “Cử tri”. - Chuyên mục “Số”. - Tọa đàm.",
            "- 02 số/tháng (Thời lượng 10 phút). - 01 số/năm. - 01 số/năm. - Quý IV/{year}",
        ),
        ("Bài viết trên báo", "Các bài viết trên Báo 01 kỳ/tháng"),
        ("Mở lớp tập huấn", "Từ quý II và hoàn thành chậm nhất, trong quý IV/{year}"),
        ("Giữ chuyên trang trên Cổng thông tin", "Trong năm {year}"),
        ("Thi tìm hiểu cải cách hành chính", "Thực hiện trong quý III/{year}"),
    ),
    _broadcasting,
)
DEPARTMENT: Final = Kind(
    "binh-dinh-so-noi-vu",
    2022,
    _table(
        "SỞ NỘI VỤ",
        ("Phổ biến văn bản mới", "Thường xuyên"),
        ("Kết quả giải quyết thủ tục", "Thường xuyên"),
        ("Sáng kiến, cách làm hay", "Thường xuyên"),
        ("Tọa đàm chuyên đề", "Quý II/{year}"),
        ("Tin, bài, hình ảnh", "Thường xuyên"),
    ),
    lambda year: _ends(year, 6),
)
COMMUNE: Final = Kind(
    "thanh-da",
    2025,
    HEAD.format(place="XÃ THANH") + "I. TỔ CHỨC THỰC HIỆN\n\n1. Công chức Văn hóa - Xã hội\n\n"
    "Treo khẩu hiệu tại trụ sở và các điểm trên trục đường làng.\n\n2. Đài truyền thanh xã\n\n"
    "Tăng cường tin, bài trên đài truyền thanh và hệ thống loa của thôn.\n",
    lambda _: [],
)
DISTRICT: Final = Kind(
    "cam-my",
    2021,
    HEAD.format(place="HUYỆN CẨM")
    + "I. TỔ CHỨC THỰC HIỆN\n\n1. Các cơ quan, đơn vị; UBND các xã\n\n"
    "- Căn cứ Kế hoạch này xây dựng kế hoạch của đơn vị; hoàn thành trong quý I/{year}.\n\n"
    "- Báo cáo UBND huyện định kỳ 3 tháng, 6 tháng, 9 tháng và năm.\n\n2. Phòng Nội vụ\n\n"
    "- Theo dõi, đôn đốc, định kỳ năm báo cáo tình hình thực hiện về UBND huyện.\n",
    lambda year: _ends(year, 3, 3, 6, 9, 12, 12),
)
KINDS: Final = (PROVINCE, DISTRICT, TOWN, DEPARTMENT, COMMUNE)
