"""The kinds of what citizens tell an office, as the law and the citizens part them."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """What a message is by its words; the reason is shown and a person may correct it.

    A complaint (Luật Khiếu nại, art. 2) and a denunciation (Luật Tố cáo, art. 2) are not handled
    by chat: for them there is a way set by law.
    """

    REPORT = "phan_anh"
    PROPOSAL = "kien_nghi"
    COMPLAINT = "khieu_nai"
    DENUNCIATION = "to_cao"
    PRAISE = "khen"
    QUESTION = "hoi_dap"
    EMERGENCY = "khan_cap"
    OTHER = "khac"


# Whose words are neither kept nor quoted back.
WITHHELD: Final = frozenset({Kind.COMPLAINT, Kind.DENUNCIATION})
# What becomes a case that officials work on.
HANDLED: Final = frozenset({Kind.REPORT, Kind.PROPOSAL, Kind.PRAISE})
