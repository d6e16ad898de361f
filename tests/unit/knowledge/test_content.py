"""Content files: the good records are kept, every fault is named with file, line and key."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from knowledge.content import CONTENT_ROOT, load_snapshot, read_content
from knowledge.errors import InvalidSnapshot

GOOD = """[[procedure]]
code = "1.000001"
official_name = "Đăng ký khai sinh"
everyday_name = "Khai sinh"
sector = "Hộ tịch"
level = "commune"
papers = [
  { name = "Tờ khai", originals = 1 },
]
source = { name = "Cổng", seen = 2026-07-18 }
"""


def a_file(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    file = folder / "the.toml"
    file.write_text(text, encoding=encoding)
    return file


@pytest.mark.parametrize(("old", "new", "row", "column", "problem"), [
    ('code = "1.000001"', "code = 1", 2, "code", "cần một chuỗi chữ"),
    ('level = "commune"', 'level = "huyen"', 6, "level", "dùng một trong: 'commune', 'province'"),
    ('level = "commune"', "", 1, "level", "thiếu khóa bắt buộc"),
    ("originals = 1", 'originals = "một"', 7, "papers.0.originals", "cần một số nguyên"),
    ("originals = 1", "original = 1", 7, "papers.original", "khóa không có trong mẫu"),
    ("seen = 2026-07-18", 'seen = "18/7"', 10, "source.seen", "cần một ngày có thật"),
    ("papers = [", "any_centre = 'có'\npapers = [", 7, "any_centre", "cần true hoặc false"),
    ("papers = [", "aliases = 'a'\npapers = [", 7, "aliases", "cần một danh sách"),
    ("papers = [", "fee = 'a'\npapers = [", 7, "fee", "cần một bảng trong ngoặc nhọn {…}"),
])  # fmt: skip
def test_a_fault_is_named_with_its_line(
    tmp_path: Path, old: str, new: str, row: int, column: str, problem: str
) -> None:
    other = GOOD.replace("1.000001", "1.000002")
    content = read_content([a_file(tmp_path, other + GOOD.replace(old, new))])
    (fault,) = content.faults
    first = len(GOOD.splitlines())
    assert (fault.file, fault.row) == ("the.toml", first + row)
    assert fault.column == f"[[procedure]] {column}"
    assert problem in fault.problem
    assert [card.code for card in content.snapshot.procedures] == ["1.000002"]


def test_a_table_of_no_kind_is_named(tmp_path: Path) -> None:
    (fault,) = read_content([a_file(tmp_path, GOOD + '[[thu_tuc]]\ncode = "2"\n')]).faults
    assert (fault.row, fault.column) == (11, "[[thu_tuc]]")
    assert "procedure, guide, hotline" in fault.problem


def test_a_list_that_holds_no_records_is_named(tmp_path: Path) -> None:
    (fault,) = read_content([a_file(tmp_path, "guide = [1]\n")]).faults
    assert (fault.row, fault.column) == (None, "[[guide]]")


def test_a_file_that_is_no_toml_is_named_with_its_line(tmp_path: Path) -> None:
    (fault,) = read_content([a_file(tmp_path, '[[law]]\nnumber = "1\n')]).faults
    assert (fault.file, fault.row) == ("the.toml", 2)


def test_a_file_of_another_encoding_is_named(tmp_path: Path) -> None:
    (fault,) = read_content([a_file(tmp_path, GOOD, "utf-16")]).faults
    assert "lưu lại bằng mã hóa UTF-8" in fault.problem


def test_a_mark_of_windows_editors_is_no_fault(tmp_path: Path) -> None:
    assert read_content([a_file(tmp_path, GOOD, "utf-8-sig")]).faults == ()


def test_faulty_content_is_not_loaded(tmp_path: Path) -> None:
    a_file(tmp_path, GOOD.replace("commune", "huyen"))
    with pytest.raises(InvalidSnapshot, match=r"the\.toml, dòng 6, cột .*level"):
        load_snapshot(tmp_path)


def test_the_shipped_content_is_composed_and_without_unseen_signs() -> None:
    for path in CONTENT_ROOT.rglob("*.toml"):
        text = path.read_text(encoding="utf-8")
        assert unicodedata.is_normalized("NFC", text), path.name
        assert not {"\u00a0", "\u200b", "\u00ad", "\ufeff"} & set(text), path.name
