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
