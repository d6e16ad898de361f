"""Telegram and Zalo are dead for an hour: the web chat goes on, and afterwards all get theirs."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Final

from aiohttp.test_utils import TestServer

from bot.conversation.desk import Desk
from bot.messages import ChannelName
from tests.conftest import FrozenClock
from tests.fakes.sides import HEADERS, SECRET
from tests.fakes.telegram_rules import TOKEN, Call, Fate, StrictTelegram
from tests.fakes.telegram_rules import Rules as TelegramRules
from tests.fakes.zalo import Rules
from tests.fakes.zalo_stage import ZaloStage, a_zalo_stage

# What Zalo allows in any minute, and what the program allows itself.
ALLOWED: Final = 20
OWN: Final = 16
# Each asks all of these, twenty minutes apart; the answers are told by their titles.
ASKED: Final = (
    ("làm giấy khai sinh cho con cần gì", "KHAI SINH"),
    ("đăng ký khai tử cần giấy tờ gì", "KHAI TỬ"),
    ("thủ tục đăng ký kết hôn", "KẾT HÔN"),
)
TITLES: Final = [title for _, title in ASKED]
EACH: Final = timedelta(minutes=20)
TRIES: Final = 2
ZALO: Final = [str(one) for one in range(100, 112)]
TELEGRAM: Final = [str(one) for one in range(200, 206)]


@dataclass
class Outage:
    """Two providers out of reach, and everybody who asks meanwhile."""

    stage: ZaloStage
    telegram: StrictTelegram
    port: int
    updates: int = 0
    on_the_web: list[str] = field(default_factory=list)

    async def hour(self) -> None:
        """Let all ask and the postmen try in vain."""
        for text, _ in ASKED:
            for user in ZALO:
                assert (await self.stage.zalo.citizen(user).says(text)).acknowledged
            for user in TELEGRAM:
                await self._says_to_telegram(text, user)
            await self._says_on_the_web(text)
            await self.stage.takes_in()
            for _ in range(TRIES):
                for name in self.stage.postmen:
                    await self.stage.gives_out(name)
                await self.stage.passes(EACH / TRIES)

    async def back(self) -> None:
        """Let both be there again until nobody is owed anything."""
        await self.stage.zalo.webhooks.stop()
        await self.stage.zalo.start()
        async with TestServer(self.telegram.application(), port=self.port):
            for _ in range(600):
                for name in self.stage.postmen:
                    await self.stage.gives_out(name)
                if self._all_have_theirs():
                    return
                self.stage.clock.move(timedelta(seconds=1))
        raise AssertionError("some are still waiting")

    def _all_have_theirs(self) -> bool:
        zalo = sum(len(self.stage.zalo.citizen(user).shown) for user in ZALO)
        wanted = len(ASKED) * (len(ZALO) + len(TELEGRAM))
        return zalo + len(self.sent_by_telegram) >= wanted

    @property
    def sent_by_telegram(self) -> list[Call]:
        return [one for one in self.telegram.calls if one.method == "sendMessage"]

    async def _says_to_telegram(self, text: str, user: str) -> None:
        self.updates += 1
        chat = {"id": int(user), "type": "private", "first_name": "Nam"}
        sender = {"id": int(user), "is_bot": False, "first_name": "Nam"}
        message = {"message_id": self.updates, "date": 1763600000, "chat": chat, "from": sender}
        body = json.dumps({"update_id": self.updates, "message": message | {"text": text}})
        web = self.stage.web
        async with web.post("/webhooks/telegram", data=body, headers=HEADERS) as answer:
            assert answer.status == 200

    async def _says_on_the_web(self, text: str) -> None:
        number = len(self.on_the_web)
        body = {"session": "s", "id": f"m{number}", "text": text}
        async with self.stage.web.post("/chat/messages", json=body) as answer:
            assert answer.status == 202
        await self.stage.takes_in()
        async with self.stage.web.get("/chat/replies?session=s&after=0") as answer:
            self.on_the_web = [one["text"] for one in (await answer.json())["replies"]]
        assert len(self.on_the_web) == number + 1


@asynccontextmanager
async def an_outage(
    folder: Path, desk: Desk, clock: FrozenClock, port: int
) -> AsyncIterator[Outage]:
    settings = {
        "ZALO_RATE": str(OWN),
        "TELEGRAM_TOKEN": TOKEN,
        "TELEGRAM_BASE_URL": f"http://127.0.0.1:{port}",
        "TELEGRAM_MODE": "webhook",
        "TELEGRAM_WEBHOOK_SECRET": SECRET,
    }
    rules = Rules(oa_rate=ALLOWED)
    async with a_zalo_stage(folder, desk, clock, rules=rules, **settings) as stage:
        # What is told to the program still arrives; whatever it calls is refused.
        await stage.zalo.stop()
        await stage.zalo.webhooks.start()
        yield Outage(stage, StrictTelegram(TelegramRules(latency=0.001)), port)


def _titles(texts: list[str]) -> list[str]:
    return [next(title for title in TITLES if title in text) for text in texts]


async def test_nothing_is_lost_and_nobody_is_overrun(
    tmp_path: Path, desk: Desk, clock: FrozenClock, unused_tcp_port_factory: Callable[[], int]
) -> None:
    port = unused_tcp_port_factory()
    async with an_outage(tmp_path, desk, clock, port) as outage:
        zalo = outage.stage.zalo
        await outage.hour()
        assert _titles(outage.on_the_web) == TITLES
        assert not outage.telegram.calls
        assert not zalo.ledger.calls
        await outage.back()
        for user in ZALO:
            assert _titles([one.text for one in zalo.citizen(user).shown]) == TITLES
        for user in TELEGRAM:
            theirs = [one.text for one in outage.sent_by_telegram if one.chat == user]
            assert _titles(theirs) == TITLES
        # Nobody was refused, in whatever minute or second; what was allowed was used.
        assert zalo.ledger.refusals == []
        assert OWN - 1 <= zalo.gate.rates.most <= OWN
        assert {one.fate for one in outage.telegram.calls} == {Fate.TAKEN}
        assert await outage.stage.gives_out(ChannelName.ZALO) == 0
