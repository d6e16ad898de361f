"""What has to be prepared at Zalo, and the values to copy there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.channels.zalo.window import Paying
from bot.console.words import say
from bot.settings import Settings
from bot.web.privacy import PRIVACY
from bot.web.zalo import CALLBACK, proof_tag

WEBHOOK: Final = "/webhooks/zalo"
# What is ticked on the webhook's page; what is not read besides does no harm.
EVENTS: Final = (
    "user_send_text", "user_send_image", "user_send_link", "user_send_audio", "user_send_video",
    "user_send_sticker", "user_send_location", "user_send_business_card", "user_send_file",
    "user_submit_info", "user_seen_message", "user_received_message", "user_reacted_message",
    "user_click_chatnow", "user_withdraw", "follow", "unfollow", "oa_send_text",
    "oa_send_image", "oa_send_file", "change_template_status", "change_template_quality",
    "change_oa_daily_quota", "user_feedback",
)  # fmt: skip
VARIABLES: Final = (
    "PUBLIC_URL", "ZALO_APP_ID", "ZALO_APP_SECRET", "ZALO_WEBHOOK_SECRETS", "ZALO_DOMAIN_PROOF",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """A value to copy to Zalo's pages; ``id`` names it in ours."""

    id: str
    label: str
    value: str
    hint: str


def may_pay(settings: Settings) -> bool:
    """Tell whether replies may cost money here."""
    return settings.zalo_paid == Paying.PAY


def to_copy(settings: Settings, challenge: str) -> Sequence[Copied]:
    """Give what is copied to the developer page; an empty value is left out."""
    site, proof = settings.public_url, settings.zalo_domain_proof
    told = {
        "site": site,
        "proof_tag": proof_tag(proof) if proof else "",
        "proof_file": f"{site}/zalo_verifier{proof}.html" if proof else "",
        "callback": f"{site}{CALLBACK}",
        "webhook": f"{site}{WEBHOOK}",
        "events": ", ".join(EVENTS),
        "privacy": f"{site}{PRIVACY}",
        "challenge": challenge,
    }
    return [
        Copied(
            id=f"copy-{name}",
            label=say(f"zalo_copy.{name}"),
            value=value,
            hint=say(f"zalo_copy.{name}_says"),
        )
        for name, value in told.items()
        if value
    ]
