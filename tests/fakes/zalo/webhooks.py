"""Events told to an app: signed as Zalo signs, and tried again when nobody answers in time.

mac = SHA-256(prefix ‖ raw body ‖ timestamp ‖ secret), no HMAC.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections import deque
from collections.abc import AsyncIterator
from io import BytesIO
from typing import Final

from aiohttp import ClientError, ClientSession, ClientTimeout

from tests.fakes.zalo.echoes import ECHOES, echo, received
from tests.fakes.zalo.events import OK, Event
from tests.fakes.zalo.mischief import GUESS
from tests.fakes.zalo.people import Account, Json, Person, Seen
from tests.fakes.zalo.world import World

__all__ = ["Event", "Webhooks"]

KEPT: Final = 5_000
Body = bytes | BytesIO | AsyncIterator[bytes]


class Webhooks:
    """Tells apps what happens to their OAs."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._session: ClientSession | None = None
        self._background: set[asyncio.Task[None]] = set()
        # What is kept back, while anything is.
        self.held: list[Event] | None = None
        self.events: deque[Event] = deque(maxlen=KEPT)
        self.given_up: list[Event] = []

    async def start(self) -> None:
        self._session = ClientSession()

    async def stop(self) -> None:
        for task in self._background:
            task.cancel()
        await asyncio.gather(*self._background, return_exceptions=True)
        if self._session:
            await self._session.close()
        self._session = None

    def made(self, account: Account, name: str, told: Json, *, zns: bool = False) -> Event:
        """An event of now, signed and not yet told."""
        clock, by_wall = self._world.clock, self._world.rules.wall_stamps
        app, stamp = account.app, str(clock.wall_ms() if by_wall else clock.ms())
        whole = {"app_id": app.app_id, "event_name": name, "timestamp": stamp, **told}
        stamp = str(whole["timestamp"])
        body = json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()
        headers = {"X-ZEvent-Signature": self.signature(account, body, stamp)}
        headers |= {"X-ZEvent-Server": "ZNS"} if zns else {}
        return Event(app, account.oa_id, name, stamp, body, headers)

    def signature(self, account: Account, body: bytes, timestamp: str) -> str:
        """The value of X-ZEvent-Signature for these very bytes."""
        rules, app = self._world.rules, account.app
        prefix = account.oa_id if rules.sign_prefix == "oa_id" else app.app_id
        secret = app.secret if rules.sign_with_app_secret else app.webhook_secret
        secret = GUESS if self._world.mischief.forged else secret
        mac = hashlib.sha256(prefix.encode() + body + (timestamp + secret).encode()).hexdigest()
        return f"mac={mac}" if rules.sign_mac else mac

    async def tell(self, account: Account, name: str, told: Json, *, zns: bool = False) -> Event:
        """Tell of an event now, and again later as long as nobody takes it."""
        event = self.made(account, name, told, zns=zns)
        chosen = self._world.rules.events
        if chosen and name not in chosen:
            return event
        self.events.append(event)
        if self.held is not None:
            self.held.append(event)
        elif late := self._world.mischief.late:
            self._world.agenda.after(late, lambda: self._try(event, 0))
        else:
            await self._try(event, 0)
        return event

    def tell_soon(self, account: Account, name: str, told: Json, *, zns: bool = False) -> None:
        """Tell of an event without waiting for the answer."""

        async def telling() -> None:
            await self.tell(account, name, told, zns=zns)

        task = asyncio.create_task(telling())
        self._background.add(task)
        task.add_done_callback(self._background.discard)

    async def settle(self) -> None:
        """Wait until what was told in the background is told."""
        while self._background:
            await asyncio.gather(*self._background)

    def hold(self) -> None:
        """Keep events back until ``release``."""
        self.held = []

    async def release(self, *, backwards: bool = False) -> None:
        """Tell what was kept back, in order or out of it."""
        held, self.held = self.held or [], None
        for event in reversed(held) if backwards else held:
            await self._try(event, 0)

    async def deliver(
        self,
        event: Event,
        *,
        number: int = 0,
        body: Body | None = None,
        headers: dict[str, str] | None = None,
    ) -> int:
        """Post an event once, as it is or with another body or other headers.

        Returns the HTTP status; 0 when there was no answer in time.
        """
        told = {"Content-Type": "application/json", **event.headers, **(headers or {})}
        if number:
            told["num_retry"] = str(number)
        content = event.body if body is None else body
        status = await self._post(event.app.events_to, content, told)
        if body is None and headers is None:
            event.answers.append(status)
        return status

    async def forge(self, event: Event, secret: str = GUESS) -> int:
        """Deliver an event signed by somebody who does not know the secret."""
        raw = event.app.app_id.encode() + event.body + (event.timestamp + secret).encode()
        headers = {"X-ZEvent-Signature": f"mac={hashlib.sha256(raw).hexdigest()}"}
        return await self.deliver(event, headers=headers)

    async def truncate(self, event: Event, size: int | None = None) -> int:
        """Deliver the beginning of an event with the signature of the whole."""
        return await self.deliver(event, body=event.body[: size or len(event.body) // 2])

    async def bloat(self, account: Account, size: int) -> int:
        """Deliver a well signed event of ``size`` bytes and more."""
        event = self.made(account, "user_send_text", {"padding": "x" * size})
        return await self.deliver(event)

    async def dribble(self, event: Event, seconds: float, pieces: int = 8) -> int:
        """Deliver an event in pieces, over so many seconds of the machine."""
        step = max(len(event.body) // pieces, 1)

        async def dribbling() -> AsyncIterator[bytes]:
            for start in range(0, len(event.body), step):
                yield event.body[start : start + step]
                await asyncio.sleep(seconds / pieces)

        return await self.deliver(event, body=dribbling())

    def sent(self, person: Person, seen: Seen) -> None:
        """Tell of a message of our own: that it was sent, and that it arrived."""
        rules = self._world.rules
        if rules.echoes and (name := ECHOES.get(seen.kind)):
            self.tell_soon(person.account, name, echo(person, seen))
        if rules.receipts:
            self.tell_soon(person.account, "user_received_message", received(person, seen))

    async def _try(self, event: Event, number: int) -> None:
        if not event.app.events_to or event.app.webhook_off:
            return
        status = await self.deliver(event, number=number)
        if self._world.mischief.twice and not number:
            status = await self.deliver(event)
        if status == OK or (status and not self._world.rules.retry_odd_answers):
            return
        delays = self._world.rules.retries
        if number == len(delays):
            self.given_up.append(event)
            event.app.webhook_off = True
            return
        self._world.agenda.after(delays[number], lambda: self._try(event, number + 1))

    async def _post(self, url: str, body: Body, headers: dict[str, str]) -> int:
        assert self._session, "the emulator is not started"
        patience = ClientTimeout(total=self._world.rules.webhook_patience)
        sending = self._session.post(url, data=body, headers=headers, timeout=patience)
        try:
            async with sending as answer:
                return answer.status
        except (ClientError, TimeoutError):
            return 0
