"""Every place a finding names is called as officials call it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import get_args, get_type_hints

import pytest

from knowledge.content import KINDS
from knowledge.lint.wording import lint_words
from knowledge.models import Procedure
from knowledge.sourcing import speaker_of


def keys_of(record: type) -> Iterator[str]:
    """Give every key of a record and of the records below it."""
    hints = get_type_hints(record)
    for one in fields(record):
        yield one.name
        hint = hints[one.name]
        for below in (hint, *get_args(hint)):
            if isinstance(below, type) and is_dataclass(below):
                yield from (f"{one.name}.{key}" for key in keys_of(below))


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_of_every_record_has_its_words(kind: str) -> None:
    labels = lint_words().labels
    assert kind in labels.kinds
    told = {key: labels.of(f"[[{kind}]] {key}") for key in keys_of(KINDS[kind])}
    assert {key: label for key, label in told.items() if "“" in label or "_" in label} == {}


@pytest.mark.parametrize(
    ("field", "row", "label"),
    [
        ("legal[0]", None, "Căn cứ pháp lý thứ 1"),
        ("papers[2].name", None, "Thành phần hồ sơ thứ 3, tên"),
        ("source.name", None, "Nguồn"),
        ("source.url", None, "Địa chỉ nguồn"),
        (
            "[[procedure]] papers.0.originals",
            7,
            "Dòng 7, thủ tục, Thành phần hồ sơ thứ 1, số bản chính",
        ),
        ("[[guide]] tilte", 3, "Dòng 3, hướng dẫn, “tilte”"),
        ("", 4, "Dòng 4"),
        ("", None, ""),
    ],
)
def test_a_place_is_told_with_its_number_and_its_line(
    field: str, row: int | None, label: str
) -> None:
    assert lint_words().labels.of(field, row) == label


def test_every_key_of_a_procedure_is_known_to_the_test() -> None:
    assert {"fee.lines.amount", "papers.form", "source.seen"} <= set(keys_of(Procedure))


def test_a_table_of_no_office_in_particular_speaks_for_who_takes_the_file() -> None:
    assert speaker_of((), "").name == "Cơ quan tiếp nhận hồ sơ"
