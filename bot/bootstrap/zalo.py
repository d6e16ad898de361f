"""The app of this deployment at Zalo, as the settings name it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Self

from bot.channels.zalo.client import ZaloClient
from bot.channels.zalo.hosts import Hosts
from bot.channels.zalo.oauth import OAuth
from bot.channels.zalo.pairs import Pair
from bot.settings import Settings
from bot.web.zalo import CALLBACK

# An account about itself.
PAGE: Final = "/v2.0/oa/getoa"


@dataclass(frozen=True, slots=True, kw_only=True)
class ZaloApp:
    """Asks Zalo on behalf of who connects an account."""

    callback: str
    client: ZaloClient
    oauth: OAuth

    @classmethod
    def of(cls, settings: Settings) -> Self | None:
        """Give the app of ``settings``; none where they name none."""
        if not settings.zalo_app_id or settings.zalo_app_secret is None:
            return None
        hosts = Hosts(
            oauth=settings.zalo_oauth_url,
            api=settings.zalo_api_url,
            business=settings.zalo_business_url,
        )
        secret = settings.zalo_app_secret.get_secret_value()
        client = ZaloClient(hosts, secret=secret, proves=settings.zalo_proof == "on")
        return cls(
            callback=f"{settings.public_url}{CALLBACK}",
            client=client,
            oauth=OAuth(client, hosts, settings.zalo_app_id),
        )

    def link(self, verifier: str, state: str) -> str:
        """Give the page on which an account's administrator agrees."""
        return self.oauth.link(callback=self.callback, verifier=verifier, state=state)

    async def exchange(self, code: str, verifier: str) -> Pair:
        """Redeem the code of a consent."""
        return await self.oauth.exchange(code, verifier)

    async def refresh(self, refresh: str) -> Pair:
        """Give the pair after the one of ``refresh``."""
        return await self.oauth.refresh(refresh)

    async def look(self, access: str) -> Mapping[str, Any]:
        """Give what the account's own page tells."""
        return (await self.client.get(PAGE, token=access)).data

    async def close(self) -> None:
        """Close the connections."""
        await self.client.close()
