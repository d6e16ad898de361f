"""Each use of personal data has its basis, its words by version, and its end."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest

from bot.feedback.law import law_names
from bot.feedback.purposes import (
    Ground,
    Purpose,
    basis_of,
    consent_text,
    retention,
    text_of,
    uses,
)
from tests.fakes.never import never_said

# What somebody agreed to must not change behind their back: a new sentence is a new version.
SHOWN = {
    "handle_case-1": "2a1c32cced10",
    "contact_by_law-1": "df9a69010672",
    "contact-1": "7f8a10d933f5",
    "contact-2": "1b70de1f02fe",
    "survey-1": "137378ae9512",
    "publish-1": "c68ed1917bdd",
    "follow-1": "c20c77f56c62",
}


def test_every_purpose_is_decided() -> None:
    assert set(uses()) == set(Purpose)
    for purpose in Purpose:
        basis = basis_of(purpose)
        assert basis.law in law_names()
        assert basis.sure


def test_whatever_needs_consent_has_words_to_ask_with() -> None:
    for purpose, use in uses().items():
        if use.ground is Ground.CONSENT:
            told = consent_text(purpose, "UBND xã Mẫu")
            assert told.version == f"{purpose}-{len(use.texts)}"
            assert "{" not in told.text
            assert len(told.text) <= 500
            assert never_said(told.text) == []


def test_nothing_is_asked_where_nothing_is_told() -> None:
    with pytest.raises(LookupError):
        consent_text(Purpose.PLACE)
    with pytest.raises(LookupError):
        text_of("handle_case-0")


def test_words_once_shown_stay_as_they_were() -> None:
    texts = [one for use in uses().values() for one in use.texts]
    now = {one.version: hashlib.sha256(one.text.encode()).hexdigest()[:12] for one in texts}
    assert now == SHOWN
    assert all(text_of(one.version) == one.text for one in texts)


def test_a_time_is_said_as_people_say_it() -> None:
    assert retention(Purpose.HANDLE_CASE) == timedelta(days=730)
    assert "giữ 2 năm rồi xóa" in consent_text(Purpose.HANDLE_CASE, "UBND xã Mẫu").text
    assert "xóa 30 ngày sau khi xong" in consent_text(Purpose.FOLLOW).text
    assert retention(Purpose.CONTACT) is None
