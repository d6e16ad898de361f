"""``python -m bot serve``: everything at once, until it is asked to stop."""

from __future__ import annotations

import asyncio
import gc
import signal
import sys
from typing import TYPE_CHECKING

import typer

from bot.commands.environment import read_settings
from bot.commands.wording import words
from bot.errors import CannotBegin
from bot.storage.errors import AlreadyServed

if TYPE_CHECKING:
    from aiohttp import web

    from bot.settings import Settings

SHUTDOWN_SECONDS = 5.0
# A thread that reckons lets the one that serves go on after so long, not after the usual five
# milliseconds: an answer waits for its turn some dozen times.
SWITCH_SECONDS = 0.001


def serve() -> None:
    """Serve web chat and every configured channel; stop cleanly on SIGTERM or Ctrl-C."""
    # What is made until the house is ready stays: the collector need not look at it, now or later.
    gc.disable()
    try:
        _serve_until_stopped()
    finally:
        gc.enable()


def _serve_until_stopped() -> None:
    from bot.logs import start_logging  # noqa: PLC0415 - keeps --help quick

    settings = read_settings()
    start_logging(settings.log_level)
    _tell(words("serve")["preparing"])
    try:
        asyncio.run(_serve(settings))
    except AlreadyServed as fault:
        raise CannotBegin(
            f"Dữ liệu ở {settings.data_dir} đang được tiến trình {fault} phục vụ. Hãy tắt tiến"
            " trình đó, hoặc đặt DATA_DIR khác; muốn chạy nhiều tiến trình thì dùng PostgreSQL"
            " (DATABASE_URL)."
        ) from None


def _tell(sentence: str) -> None:
    """Speak to who started it by hand; machines read the log on standard error."""
    if sys.stdout.isatty():
        typer.echo(sentence)


async def _serve(settings: Settings) -> None:
    import structlog  # noqa: PLC0415 - keeps --help quick
    from aiohttp import web  # noqa: PLC0415

    from bot.bootstrap import build  # noqa: PLC0415
    from bot.web.app import create_app  # noqa: PLC0415
    from bot.web.runner import Runner  # noqa: PLC0415

    sys.setswitchinterval(SWITCH_SECONDS)
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    async with build(settings) as house, house.working():
        app = create_app(house)
        if settings.console == "on":
            from bot.console.app import create_console, mount  # noqa: PLC0415 - takes memory

            mount(app, create_console(house))
        runner = Runner(app, access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, settings.host, settings.port, shutdown_timeout=SHUTDOWN_SECONDS)
        try:
            await _listen(site, settings)
            gc.freeze()
            gc.enable()
            structlog.get_logger().info("ready", address=site.name)
            _tell(words("serve")["ready"].format(address=site.name))
            for file in house.vaults.files:
                _tell(words("serve")["key_file"].format(file=file))
            await _served_until(stop, house.broken)
        finally:
            await runner.cleanup()
    structlog.get_logger().info("stopped")


async def _served_until(*events: asyncio.Event) -> None:
    """Make ready beside the service what will be wanted soon."""
    from bot.privacy.warming import warm  # noqa: PLC0415 - keeps --help quick

    warming = asyncio.create_task(warm())
    await _first_of(*events)
    warming.cancel()


async def _first_of(*events: asyncio.Event) -> None:
    waits = [asyncio.create_task(event.wait()) for event in events]
    await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    for wait in waits:
        wait.cancel()


async def _listen(site: web.TCPSite, settings: Settings) -> None:
    try:
        await site.start()
    except OSError as error:
        raise CannotBegin(
            f"Không mở được địa chỉ {settings.host}, cổng {settings.port}"
            f" ({type(error).__name__}). Hãy đổi HOST, PORT, hoặc tắt chương trình đang dùng cổng"
            " đó."
        ) from error
