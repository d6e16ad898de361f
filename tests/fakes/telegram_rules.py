"""A strict Telegram: enforces its rates, punishes calls inside a wait, logs every call.

It is a program of its own, so that no stall of the caller's is seen as its punctuality:
python -m tests.fakes.telegram_rules PORT '{"per_second": 30}'

The rules, from core.telegram.org/bots/faq#broadcasting-to-users; what is not published is chosen
harshly:

- messages of the bot: ``per_second`` over any second, the next is refused for ``bot_wait``;
- messages to one person: one a second, ``at_once`` of them may come together after a rest; to one
  group twenty a minute; the next is refused for ``chat_wait``;
- a refusal asks for silence from when it was written to the line. What was on its way then is
  refused as well. A call (of any kind but getUpdates) that comes ``HEARD`` later and before the
  end is a violation, and doubles the wait, once a second at most;
- what a message may hold: tests/fakes/telegram_media.py;
- ``floods``: at these seconds from the first message the bot is refused though it kept the rates.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from math import ceil
from time import monotonic
from typing import Any, Final

from aiohttp import web

from tests.fakes.telegram_media import KINDS, LARGEST_CALL, METHODS, Brought, Files, form_of

TOKEN: Final = "123456:STRICT-TOKEN"
# Seconds; a way to Telegram and back. What comes sooner may have left before the answer was read.
HEARD: Final = 0.25
BEAT: Final = 0.004
# After a stall it takes so long until all that came meanwhile was looked at.
CATCHING_UP: Final = 0.05
MINUTE: Final = 60.0
LONGEST_WAIT: Final = 60
Json = dict[str, Any]


class Fate(StrEnum):
    """What became of a call."""

    TAKEN = "taken"
    TAKEN_AND_DROPPED = "taken_and_dropped"
    DROPPED = "dropped"
    DOWN = "down"
    FLOOD = "flood"
    CHAT_FLOOD = "chat_flood"
    ON_ITS_WAY = "on_its_way"
    INSIDE = "inside"
    BLOCKED = "blocked"
    DEACTIVATED = "deactivated"
    NOT_FOUND = "not_found"
    KICKED = "kicked"
    MIGRATED = "migrated"
    UNFIT = "unfit"


REFUSALS: Final = {
    Fate.BLOCKED: (403, "Forbidden: bot was blocked by the user"),
    Fate.DEACTIVATED: (403, "Forbidden: user is deactivated"),
    Fate.KICKED: (403, "Forbidden: bot was kicked from the group chat"),
    Fate.NOT_FOUND: (400, "Bad Request: chat not found"),
    Fate.MIGRATED: (400, "Bad Request: group chat was upgraded to a supergroup chat"),
    Fate.DOWN: (502, "Bad Gateway"),
}


@dataclass(frozen=True, kw_only=True)
class Rules:
    """What is allowed, and the weather; times in seconds, the rest shares of one."""

    per_second: int = 30
    at_once: int = 3
    bot_wait: int = 5
    chat_wait: int = 5
    floods: Sequence[float] = ()
    flood_wait: int = 3
    latency: float = 0.06
    spread: float = 0.5
    dropped: float = 0.0
    taken_and_dropped: float = 0.0
    down: float = 0.0
    seed: int = 1


@dataclass(frozen=True, kw_only=True)
class Call:
    """One call as it came; ``surely_after`` is when the simulator last looked before.

    Both are seconds of the machine's steady clock; what lies between them is the simulator's own
    fault and never counted against the caller.
    """

    at: float
    surely_after: float
    method: str
    chat: str
    text: str
    fate: Fate
    # The kind of file that was brought with it, and not only named.
    brought: str = ""


@dataclass
class Wait:
    """A silence asked for: known to the caller from ``told`` on, over at ``until``."""

    told: float = float("inf")
    until: float = 0.0
    seconds: int = 0
    punished: float = 0.0


class Heart:
    """Beats, so that it is known when nobody looked."""

    def __init__(self) -> None:
        self.beat = self.stall_began = self.stall_ended = monotonic()

    async def beating(self) -> None:
        while True:
            await asyncio.sleep(BEAT)
            now = monotonic()
            if now - self.beat > 2 * BEAT:
                # What piled up in one stall is often still being read in the next.
                if self.beat - self.stall_ended > CATCHING_UP:
                    self.stall_began = self.beat
                self.stall_ended = now
            self.beat = now

    def looked_before(self, now: float) -> float:
        """When somebody surely looked before, and what comes now had not come yet."""
        if now - self.stall_ended < CATCHING_UP:
            return self.stall_began
        return self.beat if now - self.beat > 2 * BEAT else now


@dataclass
class StrictTelegram:
    """The other side of the Bot API, for one bot."""

    rules: Rules = field(default_factory=Rules)
    fates: dict[str, Fate] = field(default_factory=dict)
    moved: dict[str, int] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)
    wait: Wait = field(default_factory=Wait)
    waits: dict[str, Wait] = field(default_factory=lambda: defaultdict(Wait))
    now: Callable[[], float] = monotonic

    def __post_init__(self) -> None:
        self.heart = Heart()
        self.files = Files()
        self._last_second: deque[float] = deque()
        self._of_chat: dict[str, deque[float]] = defaultdict(deque)
        self._even: dict[str, float] = {}
        self._floods = deque(self.rules.floods)
        self._first: float | None = None
        self._dice = random.Random(self.rules.seed)

    async def call(self, request: web.Request) -> web.StreamResponse:
        """Answer one call of the bot."""
        now = self.now()
        before = self.heart.looked_before(now)
        method = request.match_info["method"]
        sent = await form_of(request)
        chat = str(sent.get("chat_id", ""))
        if method == "getUpdates":
            await asyncio.sleep(1)
            return _good([])
        fate = self.fate(chat, now, before)
        unfit = self.files.fault(method, sent) if method in METHODS else ""
        if fate is Fate.TAKEN and unfit:
            fate = Fate.UNFIT
        brought = isinstance(sent.get(KINDS.get(method, "")), Brought)
        self.calls.append(
            Call(
                at=now,
                surely_after=before,
                method=method,
                chat=chat,
                text=str(sent.get("text") or sent.get("caption", "")),
                fate=fate,
                brought=KINDS[method] if brought else "",
            )
        )
        await asyncio.sleep(self.rules.latency * self._dice.lognormvariate(0, self.rules.spread))
        if fate is Fate.UNFIT:
            return _bad(400, f"Bad Request: {unfit}")
        if fate is Fate.TAKEN and method in METHODS:
            told = self.files.take(method, sent)
            return _good(_message(chat, len(self.calls)) | told)
        return self._answer(request, fate, chat)

    def fate(self, chat: str, now: float, before: float) -> Fate:
        """Say what becomes of a call that came ``now``, or after ``before`` if nobody looked."""
        for wait, hit in ((self.wait, Fate.FLOOD), (self.waits.get(chat), Fate.CHAT_FLOOD)):
            if wait is not None and now < wait.until:
                return self._inside(wait, before, hit)
        if not chat:
            return Fate.TAKEN
        if self._flooded(now):
            return self._refuse(self.wait, self.rules.flood_wait, Fate.FLOOD)
        if self._over(chat, now, before):
            return self._refuse(self.waits[chat], self.rules.chat_wait, Fate.CHAT_FLOOD)
        while self._last_second and self._last_second[0] <= now - 1:
            self._last_second.popleft()
        if len(self._last_second) >= self.rules.per_second:
            return self._refuse(self.wait, self.rules.bot_wait, Fate.FLOOD)
        self._last_second.append(before)
        return self.fates.get(chat) or self._weather()

    def _inside(self, wait: Wait, before: float, hit: Fate) -> Fate:
        if before < wait.told + HEARD:
            return Fate.ON_ITS_WAY if hit is Fate.FLOOD else Fate.CHAT_FLOOD
        if before >= wait.punished + 1:
            wait.punished = before
            wait.seconds = min(wait.seconds * 2, LONGEST_WAIT)
            wait.until += wait.seconds
        return Fate.INSIDE

    def _refuse(self, wait: Wait, seconds: int, fate: Fate) -> Fate:
        # Its end is known when it is told; until then whatever comes is refused.
        wait.seconds, wait.told, wait.until = seconds, float("inf"), float("inf")
        return fate

    def _flooded(self, now: float) -> bool:
        self._first = now if self._first is None else self._first
        if self._floods and now - self._first >= self._floods[0]:
            self._floods.popleft()
            return True
        return False

    def _over(self, chat: str, now: float, before: float) -> bool:
        if chat.startswith("-"):
            of_chat = self._of_chat[chat]
            while of_chat and of_chat[0] <= now - MINUTE:
                of_chat.popleft()
            of_chat.append(before)
            return len(of_chat) > 20
        even = max(self._even.get(chat, 0.0), before)
        if even - now > self.rules.at_once - 1:
            return True
        self._even[chat] = even + 1
        return False

    def _weather(self) -> Fate:
        thrown = self._dice.random()
        for fate in (Fate.DROPPED, Fate.TAKEN_AND_DROPPED, Fate.DOWN):
            thrown -= getattr(self.rules, fate)
            if thrown < 0:
                return fate
        return Fate.TAKEN

    def _answer(self, request: web.Request, fate: Fate, chat: str) -> web.StreamResponse:
        if fate in (Fate.DROPPED, Fate.TAKEN_AND_DROPPED):
            assert request.transport
            request.transport.abort()
            return web.Response()
        if fate is Fate.TAKEN:
            return _good(_message(chat, len(self.calls)) if chat else True)
        if fate in (Fate.FLOOD, Fate.ON_ITS_WAY, Fate.INSIDE, Fate.CHAT_FLOOD):
            left = self.announce(chat)
            return _bad(429, f"Too Many Requests: retry after {left}", {"retry_after": left})
        status, words = REFUSALS[fate]
        told = {"migrate_to_chat_id": self.moved[chat]} if fate is Fate.MIGRATED else None
        return _bad(status, words, told)

    def announce(self, chat: str) -> int:
        """Tell a caller for how many seconds to be silent, and hold them to it from now on."""
        now = self.now()
        own = self.waits.get(chat)
        wait = own if own and own.until > now else self.wait
        if wait.told == float("inf"):
            wait.told, wait.until = now, now + wait.seconds
        return max(1, ceil(wait.until - now))

    async def log(self, _: web.Request) -> web.Response:
        """Give every call so far."""
        return web.json_response([asdict(call) for call in self.calls])

    async def set_fates(self, request: web.Request) -> web.Response:
        """Say what becomes of messages to a chat, and where those went that moved."""
        told = await request.json()
        self.fates.update({chat: Fate(fate) for chat, fate in told.get("fates", {}).items()})
        self.moved.update(told.get("moved", {}))
        return web.json_response({})

    def application(self) -> web.Application:
        app = web.Application(client_max_size=LARGEST_CALL)
        app.router.add_post(f"/bot{TOKEN}/{{method}}", self.call)
        app.router.add_get("/_log", self.log)
        app.router.add_post("/_fates", self.set_fates)
        app.cleanup_ctx.append(self._living)
        return app

    async def _living(self, _: web.Application) -> Any:
        beating = asyncio.create_task(self.heart.beating())
        yield
        beating.cancel()


def _good(result: object) -> web.Response:
    return web.json_response({"ok": True, "result": result})


def _message(chat: str, number: int) -> Json:
    return {"message_id": number, "date": 1763600000, "chat": {"id": int(chat), "type": "private"}}


def _bad(status: int, words: str, parameters: Json | None = None) -> web.Response:
    body: Json = {"ok": False, "error_code": status, "description": words}
    return web.json_response(
        body | ({"parameters": parameters} if parameters else {}), status=status
    )


@dataclass(frozen=True, kw_only=True)
class Findings:
    """What the log shows."""

    messages: int
    most_in_a_second: int
    inside: int
    floods: int
    twice: int
    taken: int


def findings(calls: Iterable[Call]) -> Findings:
    """Count what must not be; whatever the simulator's own stalls explain is not held against."""
    # What brings a file is noted when the whole of it is there.
    messages = sorted((call for call in calls if call.chat), key=lambda call: call.at)
    taken = [
        (call.chat, call.text)
        for call in messages
        if call.fate in (Fate.TAKEN, Fate.TAKEN_AND_DROPPED)
    ]
    return Findings(
        messages=len(messages),
        most_in_a_second=most_in_a_second(messages),
        inside=sum(call.fate is Fate.INSIDE for call in calls),
        floods=sum(call.fate in (Fate.FLOOD, Fate.CHAT_FLOOD) for call in messages),
        twice=len(taken) - len(set(taken)),
        taken=len(taken),
    )


def most_in_a_second(messages: Sequence[Call]) -> int:
    """Give how many came within the fullest second, each as early as it may have come."""
    most, window = 0, deque[float]()
    for call in messages:
        window.append(call.surely_after)
        while window and window[0] <= call.at - 1:
            window.popleft()
        most = max(most, len(window))
    return most


def main(port: int, rules: Json) -> None:
    strict = StrictTelegram(Rules(**rules))
    web.run_app(strict.application(), host="127.0.0.1", port=port, print=None)


if __name__ == "__main__":
    main(int(sys.argv[1]), json.loads(sys.argv[2]) if len(sys.argv) > 2 else {})
