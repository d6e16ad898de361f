"""Keys are read as the environment tells them; what is wrong is said without showing one."""

from __future__ import annotations

from base64 import b64encode

import pytest

from bot.settings import BadSettings, Settings
from bot.vault import BadKeys, Keyring
from bot.vault.keyring import new_key

GOOD = b64encode(bytes(range(32))).decode()


def test_the_first_one_seals_and_spaces_do_not_count() -> None:
    ring = Keyring.parse(f" 2026b:{GOOD} ,\n2026a:{b64encode(bytes(32)).decode()}")
    assert (ring.first, list(ring.keys)) == ("2026b", ["2026b", "2026a"])
    assert ring.keys["2026b"] == bytes(range(32))
    assert GOOD not in repr(ring)
    assert "\\x01" not in repr(ring)


@pytest.mark.parametrize(
    ("told", "why"),
    [
        (GOOD, "khóa thứ 1: ghi mã-khóa:khóa"),
        (f"2026a:{GOOD},", "khóa thứ 2: ghi mã-khóa:khóa"),
        (f"Khóa mới:{GOOD}", "khóa thứ 1: mã khóa dài 1–12 ký tự"),
        ("2026a:ngắn", "khóa thứ 1: khóa không phải base64; tạo khóa bằng lệnh"),
        ("2026a:bmc=", "khóa thứ 1: khóa phải dài 32 byte; tạo khóa bằng lệnh"),
        (f"2026a:{GOOD},2026a:{GOOD}", "khóa thứ 2: mã khóa này đã có"),
    ],
)
def test_what_is_wrong_is_said_and_the_key_is_not(told: str, why: str) -> None:
    with pytest.raises(BadKeys) as refused:
        Keyring.parse(told)
    assert str(refused.value).startswith(why)
    for name in ("DATA_KEYS", "SEALED_KEYS"):
        with pytest.raises(BadSettings) as caught:
            Settings.from_env({name: told})
        assert str(caught.value) == f"{name}: {refused.value}"
        assert GOOD not in str(caught.value)


def test_a_new_key_is_another_each_time_and_can_be_read() -> None:
    made = {new_key("2027a") for _ in range(20)}
    assert len(made) == 20
    assert all(Keyring.parse(one).first == "2027a" for one in made)
    with pytest.raises(BadKeys):
        new_key("mã, lạ")
