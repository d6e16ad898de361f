"""Exports of a hotline as real .xlsx files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any, Final

from openpyxl import Workbook

HEADS: Final = (
    "STT", "Mã phản ánh", "Thời gian tiếp nhận", "Nội dung phản ánh", "Địa điểm sự việc",
    "Lĩnh vực", "Họ tên", "Số điện thoại", "Đơn vị xử lý", "Hạn xử lý", "Trạng thái",
    "Kết quả", "Ghi chú",
)  # fmt: skip
# Of the day at whose noon the tests' clock stands.
A_ROW: Final[Mapping[str, Any]] = {
    "Mã phản ánh": "1022-0001",
    "Thời gian tiếp nhận": datetime(2026, 11, 20, 8, 30),  # noqa: DTZ001 - as Excel has it
    "Nội dung phản ánh": "Đèn đường trước nhà văn hóa hỏng ba hôm nay, tối om không ai sửa.",
    "Địa điểm sự việc": "trước nhà văn hóa thôn Đông",
    "Lĩnh vực": "Chiếu sáng",
    "Họ tên": "Nguyễn Văn An",
    "Số điện thoại": 912345678,
    "Đơn vị xử lý": "UBND xã",
    "Trạng thái": "Đang xử lý",
}


def an_export(rows: Iterable[Mapping[str, Any]], *, titles: Sequence[str] = ()) -> bytes:
    """Give an export with a row like ``A_ROW`` for each of ``rows``, but for what they tell."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Danh sách")
    for title in titles:
        sheet.append([title])
    sheet.append(HEADS)
    for number, told in enumerate(rows, start=1):
        row = {"STT": number, **A_ROW, **told}
        sheet.append([row.get(head) for head in HEADS])
    written = BytesIO()
    book.save(written)
    return written.getvalue()
