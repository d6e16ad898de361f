"""A line to a server that falls silent: what goes over it is swallowed, and it is never closed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


def refusal(code: str, words: str) -> bytes:
    """Give the message with which PostgreSQL ends a connection."""
    body = f"SFATAL\0VFATAL\0C{code}\0M{words}\0\0".encode()
    return b"E" + (len(body) + 4).to_bytes(4) + body


# What PostgreSQL says before it hangs up because it is being stopped.
FAREWELL = refusal("57P01", "terminating connection due to administrator command")


@dataclass
class SilentLine:
    """A relay to ``host``:``to``; ``port`` is where it listens."""

    host: str
    to: int
    port: int = 0
    dead: bool = False
    _lost: list[asyncio.Event] = field(default_factory=list)
    _clients: list[asyncio.StreamWriter] = field(default_factory=list)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def lose_the_open_ones(self) -> None:
        """Swallow what goes over open connections, as a firewall that forgot them."""
        for lost in self._lost:
            lost.set()

    def fall_silent(self) -> None:
        """Take connections and never answer, as a server that is stopped."""
        self.dead = True
        self.lose_the_open_ones()

    def say_farewell(self) -> None:
        """Tell every client what a server that is being stopped tells, and do not hang up yet."""
        for client in self._clients:
            client.write(FAREWELL)
        self._clients.clear()

    def come_back(self) -> None:
        """Serve new connections again."""
        self.dead = False

    async def relay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        lost = asyncio.Event()
        self._lost.append(lost)
        self._clients.append(writer)
        if self.dead:
            lost.set()
        there, back = await asyncio.open_connection(self.host, self.to)
        try:
            await asyncio.gather(_pump(reader, back, lost), _pump(there, writer, lost))
        except (OSError, asyncio.CancelledError):
            pass  # the other side is gone, or the line is taken down
        finally:
            for one in (writer, back):
                one.transport.abort()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            await self.relay(reader, writer)
        finally:
            self._tasks.discard(task)

    async def take_down(self) -> None:
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _pump(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, lost: asyncio.Event
) -> None:
    while read := await reader.read(65536):
        if not lost.is_set():
            writer.write(read)
            await writer.drain()
    if not lost.is_set():
        writer.close()


@asynccontextmanager
async def silent_line(host: str, port: int) -> AsyncIterator[SilentLine]:
    """Open a line to ``host``:``port`` on a port of its own."""
    line = SilentLine(host, port)
    server = await asyncio.start_server(line.serve, "127.0.0.1", 0)
    line.port = server.sockets[0].getsockname()[1]
    try:
        yield line
    finally:
        server.close()
        await line.take_down()
