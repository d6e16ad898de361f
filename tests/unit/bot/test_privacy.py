"""Personal data is hidden, and what is none stays."""

from __future__ import annotations

import resource
import subprocess
import sys

import pytest

from bot.privacy import mask

CPU_SECONDS = 30


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("cccd của em là 001099012345", "cccd của em là [cccd]"),
        ("cmt 123456789 mất rồi", "cmt [cccd] mất rồi"),
        ("079 193 000 123", "[cccd]"),
        ("sdt 0912 345 678 nhé", "sdt [phone] nhé"),
        ("gọi +84 912345678", "gọi [phone]"),
        ("stk 19034567891012 techcombank", "stk [account] techcombank"),
        ("sổ bhxh 0123456789", "sổ bhxh [social_insurance]"),
        ("hộ chiếu C1234567", "hộ chiếu [passport]"),
        ("thư a.b@xa.gov.vn", "thư [email]"),
        ("em ở số 12/4 đường Lê Lợi, phường 3", "em ở [address], phường 3"),
        ("nhà ngõ 12 phố Huế", "nhà [address]"),
        ("tôi ở 12/3 đường Lê Lợi", "tôi ở [address]"),
        ("nhà em 45/2A Nguyễn Trãi, phường 5", "nhà em [address], phường 5"),
        ("địa chỉ: 27 duong Tran Phu", "địa chỉ: [address]"),
        ("0912345678,0987654321", "[phone],[phone]"),
        ("0912345678/0987654321", "[phone]/[phone]"),
        ("0912345678-0987654321", "[phone]-[phone]"),
        ("001099012345,001099012346", "[cccd],[cccd]"),
        ("ĐT.0912345678", "ĐT.[phone]"),
        ("so.0912345678", "so.[phone]"),
        ("(0912) 345 678", "[phone]"),
        ("(+84)912345678", "[phone]"),
        ("+84 (0)912 345 678", "[phone]"),
        ("0912  345  678", "[phone]"),
        ("001  099  012  345", "[cccd]"),
        ("0912_345_678", "[phone]"),
        ("0912,345,678", "[phone]"),
        ("0912–345–678", "[phone]"),
        ("0912\u2011345\u2011678", "[phone]"),
        ("0912\xad345\xad678", "[phone]"),
        ("0912\u200b345678", "[phone]"),
        ("０９１２３４５６７８", "[phone]"),
        ("٠٩١٢٣٤٥٦٧٨", "[phone]"),
        ("9704 3612 3456 7890", "[card]"),
        ("hc so C1234567", "hc so [passport]"),
        ("passport no. B 1234567", "passport no. [passport]"),
        ("abc @ gmail.com", "[email]"),
        ("8012345678", "[tax code]"),
        ("mst 8012345678", "mst [tax code]"),
        ("mã số thuế 0312345678", "mã số thuế [tax code]"),
        ("DN4790123456789", "[social_insurance]"),
        ("thẻ bhyt DN 4 79 01 2345 6789", "thẻ bhyt [social_insurance]"),
        ("0 0 1 0 9 9 0 1 2 3 4 5", "[cccd]"),
        ("ở 12/3 Lê Lợi", "ở [address]"),
        ("tôi ở 12/3 Lê Lợi làm khai sinh ở đâu", "tôi ở [address] làm khai sinh ở đâu"),
        ("nhà số 12/3 đường Lê Lợi phường 5", "[address] phường 5"),
        ("tôi tên Nguyễn Văn An sinh 12/05/1980", "tôi tên [name] sinh [birth date]"),
        ("họ tên: Trần Thị B, ngày sinh 12/05/1980", "họ tên: [name], ngày sinh [birth date]"),
        (
            "toi ten nguyen van an sinh ngay 12-5-1980 muon lam cccd",
            "toi ten [name] sinh ngay [birth date] muon lam cccd",
        ),
    ],
)
def test_personal_data_is_hidden(typed: str, kept: str) -> None:
    assert mask(typed).text == kept


@pytest.mark.parametrize(
    "typed",
    [
        "lệ phí 50.000 đồng", "sinh năm 1990", "mã 1.001193", "gọi 18001096", "ngày 01/07/2025",
        "hồ sơ H12.34-250101-0001", "thửa 123 tờ bản đồ 45", "50000000 đồng", "lúc 15h30",
        "ở 2 đường khác nhau", "làm ở xã nào", "nhà 3 tầng đường nhỏ", "nộp tại phường 12",
        "ngày 12/3 đường bị hư", "ở trọ từ 1/7/2025 tại phường 5",
        "2.000.000 đồng",
        "từ 1.050.000 - 2.000.000 đồng",
        "123/2015/NĐ-CP",
        "1.001193 và 2.000889",
        "1.001193, 2.000889",
        "từ 01/07/2025 - 30/09/2025",
        "01/07/2025, 02/07/2025",
        "từ 07/2025-12/2026",
        "1990 1991 1992 1993",
        "mẫu CT01 CT07",
        "diện tích 1.050,5 m2",
        "100000000000 đồng",
        "5.000.000.000 đồng",
        "đóng bảo hiểm 1.000.000.000 đồng",
        "căn cước hết hạn 01/07/2025-01/07/2035",
        "H05-250101-0001",
        "000.00.12.H05-250101-0001",
        "khai sinh 01/07/2025 có gì mới",
        "đổi họ tên cho con",
        "ĐỔI HỌ TÊN CHO CON",
        "thay đổi họ tên trong giấy khai sinh",
        "08:30 12/05/2025",
        "1.034.567.890.123 đồng",
    ],
)  # fmt: skip
def test_what_is_no_personal_data_stays(typed: str) -> None:
    assert mask(typed).text == typed


@pytest.mark.parametrize("piece", ["a", "1.", "a-"])
def test_the_work_grows_with_the_text_and_not_with_its_square(piece: str) -> None:
    # A busy machine does not lengthen seconds of the processor. They are many times what is
    # needed, and a fraction of what squared work takes.
    program = f"from bot.privacy import mask; mask({piece!r} * 200_000)"
    told = subprocess.run(
        [sys.executable, "-c", program],
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS)),
    )
    assert told.returncode == 0
