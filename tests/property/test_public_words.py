"""Whatever an officer writes and presses, no number of a person gets onto the public board."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feedback.board.reading import drafted, tells_of
from bot.feedback.kinds import Kind
from bot.feedback.models import Contact
from bot.handling.publishing import impersonal
from bot.handling.refusing import Refused, Why
from tests.conftest import NOON
from tests.fakes.cases import a_case
from tests.property.test_privacy import AROUND, CCCD, DATES, NAME, PHONE, spread

# Figures that read like a day are the mask's own limit, see there.
NUMBERS = st.one_of(spread(CCCD), spread(PHONE)).filter(lambda one: not DATES.search(one))
BEFORE = st.sampled_from(["", "Rác đầy ngõ. ", "Đã xử lý; ", "[tên] báo: "])
AFTER = st.sampled_from(["", " nhé", ". Cảm ơn.", "\nĐã xong."])
REASONS = st.sampled_from(["", "Số của cơ quan", "Người dân đồng ý", "x" * 500])
INTRODUCED = st.sampled_from(["tên tôi là {}", "Họ và tên: {}", "mẹ tôi là {} đã đến"])


@given(BEFORE, AROUND, NUMBERS, AFTER, REASONS)
def test_a_number_is_refused_for_whatever_reason(
    before: str, around: str, number: str, after: str, kept: str
) -> None:
    with pytest.raises(Refused) as why:
        impersonal(a_case(NOON), f"{before}{around}{number}{after}", kept)
    assert why.value.why is Why.PERSONAL
    assert not _shared(number, str(why.value))


@given(BEFORE, AROUND, NUMBERS, AFTER)
def test_the_draft_has_nothing_that_must_go(
    before: str, around: str, number: str, after: str
) -> None:
    draft = drafted(f"{before}{around}{number}{after}")
    assert not _shared(number, draft)
    impersonal(a_case(NOON), draft, "có lý do")


@given(NAME, INTRODUCED, REASONS)
def test_no_reason_keeps_a_name_in_praise(name: list[str], told: str, kept: str) -> None:
    with pytest.raises(Refused):
        impersonal(a_case(NOON, kind=Kind.PRAISE), told.format(" ".join(name)), kept)


@given(PHONE, st.sampled_from(["", " ", ".", "-", " / "]), BEFORE, AFTER)
def test_the_senders_own_telephone_is_known_however_it_is_cut(
    phone: str, between: str, before: str, after: str
) -> None:
    cut = between.join(re.findall(r"\+?\d{1,3}", phone))
    assert tells_of(Contact(phone=phone), f"{before}{cut}{after}")


def _shared(number: str, text: str) -> bool:
    """Tell whether four figures of a number stand in a text as they follow one another."""
    digits, told = re.sub(r"\D", "", number), re.sub(r"\D", "", text)
    return any(digits[at : at + 4] in told for at in range(len(digits) - 3))
