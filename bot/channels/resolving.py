"""Names turned into addresses of the internet alone: one could lead into our own network."""

from __future__ import annotations

import socket
from collections.abc import Collection
from ipaddress import ip_address

from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver


class PublicResolver(AbstractResolver):
    """Leaves private addresses out, but of the machines that are named with their port."""

    def __init__(self, named: Collection[str], *, asks: AbstractResolver | None = None) -> None:
        """Ask ``asks``, as the system does where there is none."""
        self._named = frozenset(named)
        self._asks = asks

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Give where ``host`` is.

        Raises:
            OSError: it is nowhere, or nowhere in the internet.
        """
        # Made here: it wants a running loop.
        self._asks = self._asks or ThreadedResolver()
        found = await self._asks.resolve(host, port, family)
        if f"{host.lower()}:{port}" in self._named:
            return found
        public = [one for one in found if ip_address(one["host"]).is_global]
        if not public:
            raise OSError("no address of the internet")
        return public

    async def close(self) -> None:
        """Let go of what is asked."""
        if self._asks is not None:
            await self._asks.close()
