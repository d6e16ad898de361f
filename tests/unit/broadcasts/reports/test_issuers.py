"""Issuers, places and signatures stand as the decree on documents has them."""

from __future__ import annotations

import pytest

from broadcasts.documents import Authority
from broadcasts.reports.issuers import head_name, place_name, signing, symbol, whole_name


@pytest.mark.parametrize(
    ("told", "head"),
    [
        ("UBND xã Thanh Đa", "Ủy ban nhân dân\nxã Thanh Đa"),
        ("ủy ban nhân dân huyện Cẩm Mỹ", "ủy ban nhân dân\nhuyện Cẩm Mỹ"),
        ("Sở Nội vụ", "Sở Nội vụ"),
        ("", ""),
    ],
)
def test_the_head_names_the_body_whole(told: str, head: str) -> None:
    assert head_name(told) == head
    assert "UBND" not in whole_name(told)


@pytest.mark.parametrize(
    ("office", "place"),
    [
        ("UBND xã Thanh Đa", "Thanh Đa"),
        ("Ủy ban nhân dân phường 7", "Phường 7"),
        ("UBND thị xã An Nhơn", "An Nhơn"),
        ("Thôn Một", "Thôn Một"),
        ("", ""),
    ],
)
def test_a_place_is_named_without_its_kind_unless_a_number_follows(
    office: str, place: str
) -> None:
    assert place_name(office) == place


def test_a_committee_signs_on_its_behalf_and_another_body_by_its_head() -> None:
    assert signing("UBND xã A").stead == ((Authority.BEHALF, "Ủy ban nhân dân"),)
    assert (signing("Sở Nội vụ").stead, signing("Sở Nội vụ").title) == ((), "Thủ trưởng cơ quan")
    assert (symbol("UBND xã A"), symbol("Sở Nội vụ")) == ("BC-UBND", "BC-…")
