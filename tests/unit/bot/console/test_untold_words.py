"""Why a notice did not arrive is said in words, whatever it was, and whether a part of it did."""

from __future__ import annotations

import pytest

from bot.channels.errors import SendCode
from bot.console.words import say
from bot.feedback.models import CaseId
from bot.storage.notice_fault_rows import PART, Lost
from bot.storage.tables import OutboxStatus


@pytest.mark.parametrize("status", [OutboxStatus.FAILED, OutboxStatus.UNCERTAIN])
@pytest.mark.parametrize("code", [*SendCode, ""])
@pytest.mark.parametrize("in_part", [True, False])
def test_every_reason_has_words(code: str, status: OutboxStatus, *, in_part: bool) -> None:
    lost = Lost(
        case=CaseId(1), version=1, conversation="zalo:1:7", status=status, code=code,
        in_part=in_part,
    )  # fmt: skip
    assert lost.reason.startswith(PART) == (in_part and status is OutboxStatus.FAILED)
    told = say(f"case_untold.{lost.reason}")
    assert ("phần đầu" in told) == lost.reason.startswith(PART)
