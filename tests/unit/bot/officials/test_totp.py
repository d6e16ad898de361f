"""The codes of authenticator applications, against the vectors of the two RFCs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.officials.totp import (
    NO_STEP,
    code_at,
    matching_step,
    otpauth,
    recovery_code,
    recovery_digest,
    secret_text,
    step_at,
    was_used,
)

RFC_SECRET = b"12345678901234567890"
NOW = datetime(2026, 11, 20, 5, 0, 12, tzinfo=UTC)
NOW_STEP = step_at(NOW)


@pytest.mark.parametrize(
    ("count", "code"),
    list(enumerate(
        ["755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871",
         "520489"]
    )),
)  # fmt: skip
def test_rfc_4226_appendix_d(count: int, code: str) -> None:
    assert code_at(RFC_SECRET, count) == code


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "94287082"),
        (1111111109, "07081804"),
        (1111111111, "14050471"),
        (1234567890, "89005924"),
        (2000000000, "69279037"),
        (20000000000, "65353130"),
    ],
)
def test_rfc_6238_appendix_b(seconds: int, code: str) -> None:
    moment = datetime.fromtimestamp(seconds, UTC)
    assert code_at(RFC_SECRET, step_at(moment), digits=8) == code


@pytest.mark.parametrize("late", [-1, 0, 1])
def test_a_neighbouring_code_is_taken(late: int) -> None:
    code = code_at(RFC_SECRET, NOW_STEP + late)
    assert matching_step(RFC_SECRET, code, NOW, NO_STEP) == NOW_STEP + late


@pytest.mark.parametrize("late", [-2, 2])
def test_a_code_further_off_is_not(late: int) -> None:
    assert matching_step(RFC_SECRET, code_at(RFC_SECRET, NOW_STEP + late), NOW, NO_STEP) is None


def test_a_code_is_good_once_and_so_are_those_before_it() -> None:
    code, before = (code_at(RFC_SECRET, NOW_STEP + late) for late in (0, -1))
    assert matching_step(RFC_SECRET, code, NOW, NOW_STEP) is None
    assert matching_step(RFC_SECRET, before, NOW, NOW_STEP) is None
    assert was_used(RFC_SECRET, code, NOW, NOW_STEP)
    assert not was_used(RFC_SECRET, code, NOW, NOW_STEP - 1)
    assert not was_used(RFC_SECRET, "000000", NOW, NOW_STEP)


@pytest.mark.parametrize("typed", ["{0[0]}{0[1]}{0[2]} {0[3]}{0[4]}{0[5]}", " {0} ", "{0}\n"])
def test_blanks_in_a_typed_code_do_not_matter(typed: str) -> None:
    code = code_at(RFC_SECRET, NOW_STEP)
    assert matching_step(RFC_SECRET, typed.format(code), NOW, NO_STEP) == NOW_STEP


@given(st.text(max_size=12))
def test_anything_else_typed_is_no_code(typed: str) -> None:
    codes = {code_at(RFC_SECRET, NOW_STEP + late) for late in (-1, 0, 1)}
    taken = matching_step(RFC_SECRET, typed, NOW, NO_STEP) is not None
    assert taken == ("".join(typed.replace("-", "").split()) in codes)


@given(st.binary(min_size=20, max_size=20), st.integers(10**8, 10**10))
def test_whatever_was_taken_is_not_taken_again(secret: bytes, seconds: int) -> None:
    now = datetime.fromtimestamp(seconds, UTC)
    code = code_at(secret, step_at(now))
    taken = matching_step(secret, code, now, NO_STEP)
    assert taken is not None
    later = now + timedelta(seconds=29)
    again = matching_step(secret, code, later, taken)
    # The same digits may by chance belong to a later step.
    assert again is None or again > taken


def test_the_secret_is_shown_in_fours_and_told_whole_to_the_application() -> None:
    assert secret_text(RFC_SECRET) == "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ"
    address = urlsplit(otpauth(RFC_SECRET, login="nam", issuer="UBND xã Tân Hòa & bạn"))
    assert (address.scheme, address.netloc) == ("otpauth", "totp")
    assert "xã" not in address.path
    told = parse_qs(address.query)
    assert told["secret"] == ["GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"]
    assert told["issuer"] == ["UBND xã Tân Hòa & bạn"]


@given(st.binary(min_size=7, max_size=7))
def test_a_recovery_code_can_be_typed_carelessly(entropy: bytes) -> None:
    code = recovery_code(entropy)
    careless = f" {code.upper().replace('-', ' ').replace('0', 'O').replace('1', 'l')} "
    assert recovery_digest(careless, 1) == recovery_digest(code, 1)
    assert recovery_digest(code, 2) != recovery_digest(code, 1)


@given(st.integers(0, 2**50 - 1), st.integers(0, 2**50 - 1))
def test_recovery_codes_differ_as_their_bits_do(one: int, other: int) -> None:
    codes = {recovery_code(number.to_bytes(7)) for number in (one, other)}
    assert len(codes) == len({one, other})
