"""What is not sure about Zalo, as switches; the harsher side is the default.

Times are of the movable clock unless a field says seconds, which are the machine's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

FREE: Final = timedelta(hours=48)
WINDOW: Final = timedelta(days=7)
ASSETS_LAST: Final = timedelta(days=7)
MB: Final = 1_000_000


@dataclass
class Rules:
    """One weather of doubts for the whole emulator."""

    # Free answers within 48 hours of a word; None: as many as one likes.
    free_replies: int | None = 8
    # Đồng of the cloud account for each message beyond all quotas; None: none of them is taken.
    price_over_quota: int | None = None
    # Whether the consulting call takes buttons and lists, which only its older form documents.
    buttons: bool = False
    lists: bool = False
    # Whether only followers may be answered, though others wrote within seven days.
    only_followers: bool = False
    # Whether emoji outside the first plane count twice in the 2,000 characters of a text.
    utf16: bool = False
    # Calls of one OA and of one app within any minute.
    oa_rate: int = 100
    app_rate: int = 4_000
    remaining_header: str = "X-RateLimit-Remain"
    # Whether a free answer tells its remain and total, as it did until February 2026.
    reply_quota_told: bool = False
    # Events of our own messages, and of their arrival at the citizen.
    echoes: bool = True
    receipts: bool = True
    # The signature: what comes before the body, which secret, and whether it begins with mac=.
    sign_prefix: str = "app_id"
    sign_with_app_secret: bool = False
    sign_mac: bool = True
    # Whether events are stamped by the machine's clock, for a program whose clock is not moved.
    wall_stamps: bool = False
    # Seconds in which a webhook has to answer, and whether slow or odd answers are tried again.
    webhook_patience: float = 2.0
    retry_odd_answers: bool = True
    retries: tuple[timedelta, ...] = (
        timedelta(seconds=30),
        timedelta(minutes=5),
        timedelta(minutes=15),
        timedelta(minutes=30),
        timedelta(hours=1),
    )
    # Whether the consent page takes only what was saved on the developer page.
    saved_consent: bool = True
    access_lasts: timedelta = timedelta(hours=25)
    refresh_lasts: timedelta = timedelta(days=90)
    code_lasts: timedelta = timedelta(minutes=10)
    used_refresh_code: int = -14014
    # Targets of a broadcast: "strings" of codes with commas, or "numbers" in lists.
    target_values: str = "strings"
    moderation: timedelta = timedelta(minutes=30)
    # An article is being worked on for so many questions, and for so long.
    article_polls: int = 1
    article_takes: timedelta = timedelta(0)
    # How long a video of an article is converted.
    video_takes: timedelta = timedelta(minutes=1)
    # Whether a template by user id takes a tracking_id.
    tracking_by_uid: bool = False
    # How long ago one may have been active to get a template by user id; None: any time.
    template_window: timedelta | None = None
    # Promotions by template to one person; 30 are told of as well.
    promotions_a_month: int = 4
    # Event names chosen on the developer page; empty: all.
    events: frozenset[str] = field(default_factory=frozenset)
