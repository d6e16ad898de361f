"""What may stand in the audit: what the table names, free words masked, nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.officials.audit import Deed
from bot.officials.redaction import UnknownDeed, allowed, redacted

ADDED = Deed(action="officer_added", office="ward", kind="officer", subject="9")
HOTLINE = Deed(action="change_published", office="ward", kind="hotline", subject="one_stop")


def test_only_named_fields_are_told() -> None:
    told = redacted(
        replace(
            ADDED,
            before={"password_hash": "$argon2id$x"},
            after={"login": "nam", "token": "abc", "totp_secret": "JBSW", "recovery": ["a-b"]},
        )
    )
    assert (told.before, told.after) == ({}, {"login": "nam"})


def test_free_words_are_masked_and_public_numbers_stay() -> None:
    told = redacted(
        replace(
            HOTLINE,
            note="Bà Lan, CCCD 001099012345, báo số sai",
            after={
                "phone": "024 1234 5678",
                "note": "gọi 0912 345 678",
                "more": [{"says": "cccd 001099012345", "order": 2}],
            },
        )
    )
    assert told.after == {
        "phone": "024 1234 5678",
        "note": "gọi [phone]",
        "more": [{"says": "cccd [cccd]", "order": 2}],
    }
    assert "001099012345" not in told.note


def test_a_named_free_field_is_masked() -> None:
    tried = Deed(
        action="imported", office="ward", kind="import", subject="3",
        after={"name": "bảng của 0912345678.xlsx", "body": "PK", "new": 3},
    )  # fmt: skip
    assert redacted(tried).after == {"name": "bảng của [phone].xlsx", "new": 3}


@pytest.mark.parametrize(
    "deed", [replace(ADDED, kind="dossier"), replace(ADDED, action="officer_deleted")]
)
def test_what_the_table_does_not_name_is_refused(deed: Deed) -> None:
    with pytest.raises(UnknownDeed):
        redacted(deed)


def test_no_secret_is_ever_named() -> None:
    secret = {"password", "password_hash", "token", "token_hash", "totp_secret", "recovery",
              "code", "user_id", "conversation", "body", "agent"}  # fmt: skip
    people = allowed()["officer"]
    assert not secret & (people.shown | people.masked)
    for kind in ("question", "talk", "guest", "import", "list", "setting"):
        assert not secret & (allowed()[kind].shown | allowed()[kind].masked)
