"""A timing is told in a sentence an official would say."""

from __future__ import annotations

import pytest

from broadcasts.timing import read_timing, spoken


@pytest.mark.parametrize(
    ("phrase", "sentence"),
    [
        ("Thường xuyên", "Thường xuyên, từ 01/01/2024 đến 31/12/2024."),
        ("chậm nhất 15/12", "Xong chậm nhất ngày 15/12/2024."),
        ("trước 15/12", "Xong trước ngày 15/12/2024. Không tính chính ngày 15/12/2024."),
        ("hoàn thành trong quý I", "Xong trong khoảng từ 01/01/2024 đến 31/03/2024."),
        ("Quý IV", "Từ 01/10/2024 đến 31/12/2024."),
        ("02 lớp trong quý II", "Từ 01/04/2024 đến 30/06/2024, 2 lần."),
        ("từ 1/3 đến trước 30/6", "Từ 01/03/2024 đến trước 30/06/2024."),
        ("15/6", "Ngày 15/06/2024."),
        ("02 số/tháng", "2 lần mỗi tháng, từ 01/01/2024 đến 31/12/2024."),
        ("01 lần/6 tháng", "1 lần mỗi 6 tháng, từ 01/01/2024 đến 31/12/2024."),
        ("2 lần/năm", "2 lần trong năm, từ 01/01/2024 đến 31/12/2024."),
        ("cuối mỗi quý", "(01/03–31/03; 01/06–30/06; 01/09–30/09; 01/12–31/12)"),
        ("ngày 20 hằng tháng", "(20/01; 20/02; 20/03; 20/04… cả thảy 12 kỳ)"),
        ("trước ngày 20 hằng tháng", "(trước ngày cuối mỗi kỳ: 01/01–20/01;"),
        ("kịp thời", "Chưa rõ. “kịp thời” chưa cho biết khi nào."),
    ],
)
def test_a_timing_is_told(phrase: str, sentence: str) -> None:
    assert sentence in spoken(read_timing(phrase, year=2024))
