"""A Telegram nobody of this project wrote (npm: @vishtar/telegram-test-api), driven over HTTP.

``make emulator`` fetches it into a folder outside the tree, by the hashes of
tests/emulator/package-lock.json, and runs the tests that need it.
"""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import aiohttp

SERVE: Final = Path(__file__).parents[1] / "emulator" / "serve.js"
TOKEN: Final = "123456:TOKEN-OF-THE-EMULATOR"
DAY: Final = 1_763_600_000


def emulator_missing() -> str:
    """Say why there is no emulator here, empty when there is one."""
    if shutil.which("node") is None:
        return "no node: install it, then make emulator"
    if not (modules() / "@vishtar" / "telegram-test-api").is_dir():
        return "the emulator is not fetched: make emulator"
    return ""


def modules() -> Path:
    """Give where ``make emulator`` put it."""
    named = os.environ.get("TELEGRAM_EMULATOR")  # noqa: TID251 - only the tests ask for it
    folder = Path(named) if named else Path.home() / ".cache" / "hanhchinh-bot" / "emulator"
    return folder / "node_modules"


@dataclass
class Emulator:
    """The running emulator as one citizen after another uses it."""

    url: str
    http: aiohttp.ClientSession

    async def says(self, text: str, user: int = 7, **more: Any) -> None:
        """Write to the bot, a command as the apps do."""
        body = {
            "botToken": TOKEN,
            "from": _person(user),
            "chat": {"id": user, "type": "private", "first_name": "Nam"},
            "date": DAY,
            **({"text": text} if text else {}),
            **more,
        }
        if text.startswith("/"):
            entity = {"offset": 0, "length": len(text), "type": "bot_command"}
            await self._call("sendCommand", body | {"entities": [entity]})
        else:
            await self._call("sendMessage", body)

    async def presses(self, value: str, under: dict[str, Any], user: int = 7) -> None:
        """Press a button under a message of the bot."""
        message = {
            "message_id": under["messageId"],
            "date": DAY,
            "chat": {"id": user, "type": "private", "first_name": "Nam"},
            "from": {"id": 666, "is_bot": True, "first_name": "bot"},
        }
        body = {"botToken": TOKEN, "from": _person(user), "date": DAY, "data": value}
        await self._call("sendCallback", body | {"message": message})

    async def replies(self, count: int, user: int = 7) -> list[dict[str, Any]]:
        """Wait until the bot wrote ``count`` messages to ``user`` and give them."""
        async with asyncio.timeout(30):
            while True:
                told = await self._call("getUpdatesHistory", {"token": TOKEN})
                found = [one for one in told if _is_to(one, user)]
                if len(found) >= count:
                    assert len(found) == count, found
                    return found
                await asyncio.sleep(0.1)

    async def _call(self, path: str, body: dict[str, Any]) -> Any:
        async with self.http.post(f"{self.url}/{path}", json=body) as answer:
            answer.raise_for_status()
            return (await answer.json())["result"]


def choices(reply: dict[str, Any]) -> dict[str, str]:
    """Give the buttons under a reply: value by label."""
    rows = reply["message"].get("reply_markup", {}).get("inline_keyboard", [])
    return {button["text"]: button["callback_data"] for row in rows for button in row}


def _person(user: int) -> dict[str, Any]:
    return {"id": user, "is_bot": False, "first_name": "Nam"}


def _is_to(update: dict[str, Any], user: int) -> bool:
    return str(update.get("message", {}).get("chat_id", "")) == str(user)


@asynccontextmanager
async def emulating(port: int, *, forward_to: str = "") -> AsyncIterator[Emulator]:
    """Run the emulator on ``port``; webhooks are pushed to ``forward_to``."""
    environment = {
        "PATH": os.defpath,
        "PORT": str(port),
        "FORWARD_TO": forward_to,
        "NODE_PATH": str(modules()),
    }
    process = await asyncio.create_subprocess_exec(
        str(shutil.which("node")), str(SERVE), env=environment, stdout=asyncio.subprocess.PIPE
    )
    try:
        assert process.stdout
        assert await asyncio.wait_for(process.stdout.readline(), 20) == b"ready\n"
        async with aiohttp.ClientSession() as http:
            yield Emulator(f"http://127.0.0.1:{port}", http)
    finally:
        process.terminate()
        await process.communicate()
