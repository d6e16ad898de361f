"""The three addresses Zalo is called at; the same number means another thing at each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Host(StrEnum):
    """Which of Zalo's servers a call goes to."""

    OAUTH = "oauth"
    API = "api"
    BUSINESS = "business"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hosts:
    """Where each server stands; settings may name another, as for trying without Zalo."""

    oauth: str = "https://oauth.zaloapp.com"
    api: str = "https://openapi.zalo.me"
    business: str = "https://business.openapi.zalo.me"

    def url(self, host: Host, path: str) -> str:
        """Give the whole address of ``path`` at ``host``."""
        base: str = getattr(self, host)
        return base.rstrip("/") + path
