"""A name that leads into our own network is none."""

from __future__ import annotations

import socket

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult

from bot.channels.resolving import PublicResolver


class Names(AbstractResolver):
    """Knows every name under the addresses it was made with."""

    def __init__(self, *addresses: str) -> None:
        self._addresses = addresses

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        return [
            ResolveResult(hostname=host, host=one, port=port, family=family, proto=0, flags=0)
            for one in self._addresses
        ]

    async def close(self) -> None:
        """Nothing is asked."""


async def _found(host: str, *addresses: str) -> list[str]:
    names = PublicResolver(("zdn.vn", "zalo.test:8080"), asks=Names(*addresses))
    return [one["host"] for one in await names.resolve(host, 8080)]


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "10.0.0.1", "192.168.1.9", "169.254.169.254", "::1", "fd00::1"]
)
async def test_private_addresses_are_left_out(address: str) -> None:
    with pytest.raises(OSError, match="internet"):
        await _found("f1.zdn.vn", address)
    assert await _found("f1.zdn.vn", address, "8.8.8.8") == ["8.8.8.8"]


async def test_a_machine_that_is_named_with_its_port_may_be_ones_own() -> None:
    assert await _found("zalo.test", "127.0.0.1") == ["127.0.0.1"]
