"""A small SOCKS5 proxy (RFC 1928) that leads every host name to one place, whatever it is."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

NO_AUTHENTICATION = b"\x05\x00"
CONNECTED = b"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00"


@dataclass
class SocksProxy:
    """Remembers the hosts it was asked for."""

    leads_to: int
    url: str = ""
    hosts: list[str] = field(default_factory=list)
    piping: set[asyncio.Task[None]] = field(default_factory=set)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        _version, methods = await reader.readexactly(2)
        await reader.readexactly(methods)
        writer.write(NO_AUTHENTICATION)
        *_, length = await reader.readexactly(5)
        self.hosts.append((await reader.readexactly(length)).decode())
        await reader.readexactly(2)
        there, back = await asyncio.open_connection("127.0.0.1", self.leads_to)
        writer.write(CONNECTED)
        for source, target in ((reader, back), (there, writer)):
            self.piping.add(asyncio.create_task(_pipe(source, target)))


async def _pipe(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    try:
        while data := await source.read(65_536):
            target.write(data)
    finally:
        # A line that is cut stays open otherwise, until somebody else's test finds it.
        target.close()


@asynccontextmanager
async def serving_socks(leads_to: int) -> AsyncIterator[SocksProxy]:
    proxy = SocksProxy(leads_to)
    server = await asyncio.start_server(proxy.serve, "127.0.0.1", 0)
    proxy.url = f"socks5://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    async with server:
        yield proxy
    for task in proxy.piping:
        task.cancel()
    await asyncio.gather(*proxy.piping, return_exceptions=True)
