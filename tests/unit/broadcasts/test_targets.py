"""To which followers an article goes: the codes are all there, and provinces are whole."""

from __future__ import annotations

import tomllib
from itertools import chain
from pathlib import Path

import pytest

import knowledge
from broadcasts.targets import DATA, EVERYBODY, Target, labels, on_the_wire

PROVINCES = tomllib.loads(DATA.read_text(encoding="utf-8"))["provinces"]
# Names of the 63 by Zalo's codes, as its SDK lists them.
FORMER = """Đồng Tháp, Bình Phước, Ninh Bình, Bạc Liêu, Hồ Chí Minh, Vĩnh Long, Lâm Đồng, Yên Bái,
Hà Nam, Hà Nội, Hải Dương, Hậu Giang, An Giang, Trà Vinh, Tiền Giang, Tây Ninh, Đồng Nai, Đắk Lắk,
Bình Định, Kon Tum, Đà Nẵng, Bắc Giang, Bắc Kạn, Điện Biên, Hòa Bình, Thái Bình, Vĩnh Phúc,
Hà Giang, Kiên Giang, Bình Dương, Bình Thuận, Đắk Nông, Khánh Hòa, Gia Lai, Quảng Nam, Quảng Trị,
Hà Tĩnh, Hưng Yên, Quảng Ninh, Thanh Hóa, Phú Thọ, Lai Châu, Thái Nguyên, Cao Bằng, Cà Mau,
Cần Thơ, Sóc Trăng, Bến Tre, Long An, Bà Rịa - Vũng Tàu, Ninh Thuận, Phú Yên, Quảng Ngãi, Huế,
Quảng Bình, Nghệ An, Nam Định, Hải Phòng, Lạng Sơn, Lào Cai, Sơn La, Bắc Ninh, Tuyên Quang"""


def test_each_former_province_is_reached_once_and_by_the_one_it_joined() -> None:
    codes = list(chain.from_iterable(one["codes"] for one in PROVINCES.values()))
    assert sorted(codes) == list(range(63))
    former = " ".join(FORMER.split()).split(", ")
    portal = Path(knowledge.__file__).parent / "data" / "portal.vi.toml"
    joined = tomllib.loads(portal.read_text(encoding="utf-8"))["provinces"]
    ours = {code: [former[city] for city in one["codes"]] for code, one in PROVINCES.items()}
    assert {code: sorted(names) for code, names in ours.items()} == {
        code: sorted(names) for code, names in joined.items()
    }
    assert all(one["name"] in ours[code] for code, one in PROVINCES.items())


def test_everybody_is_a_target_without_choices() -> None:
    assert not EVERYBODY
    assert EVERYBODY.told() == ""
    assert on_the_wire(EVERYBODY) == {"gender": "0"}


def test_a_merged_province_is_all_its_former_codes_and_takes_the_place_of_a_region() -> None:
    chosen = Target(ages=("6", "7"), genders=("2",), regions=("0",), provinces=("25",))
    assert on_the_wire(chosen) == {"gender": "2", "ages": "6,7", "cities": "40,26,24"}
    assert on_the_wire(chosen, numbers=True) == {
        "gender": 2,
        "ages": [6, 7],
        "cities": [40, 26, 24],
    }
    assert on_the_wire(Target(regions=("0", "2"))) == {"gender": "0", "locations": "0,2"}


def test_both_genders_are_all() -> None:
    assert on_the_wire(Target(genders=("1", "2")))["gender"] == "0"


@pytest.mark.parametrize("name", sorted(labels()))
def test_what_was_written_down_is_read_again_without_codes_nobody_knows(name: str) -> None:
    code = next(iter(labels()[name]))
    kept = Target.read({name: [code, "99"], "other": ["1"]})
    assert kept.written() == {name: (code,)}
    assert labels()[name][code] in kept.told()
