"""``python -m bot serve``: everything at once, until it is asked to stop."""

from __future__ import annotations

import asyncio
import signal

import structlog
import typer

from bot.commands.environment import read_settings
from bot.settings import Settings
from bot.storage.errors import AlreadyServed

SHUTDOWN_SECONDS = 5.0


def serve() -> None:
    """Serve web chat and every configured channel; stop cleanly on SIGTERM or Ctrl-C."""
    from bot.logs import start_logging  # noqa: PLC0415 - keeps --help quick

    settings = read_settings()
    start_logging(settings.log_level)
    try:
        asyncio.run(_serve(settings))
    except AlreadyServed as fault:
        typer.echo(
            f"Dữ liệu ở {settings.data_dir} đang được tiến trình {fault} phục vụ. Hãy tắt tiến"
            " trình đó, hoặc đặt DATA_DIR khác; muốn chạy nhiều tiến trình thì dùng PostgreSQL"
            " (DATABASE_URL).",
            err=True,
        )
        raise typer.Exit(1) from None


async def _serve(settings: Settings) -> None:
    from aiohttp import web  # noqa: PLC0415 - keeps --help quick

    from bot.bootstrap import build  # noqa: PLC0415
    from bot.web.app import create_app  # noqa: PLC0415

    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    async with build(settings) as house, house.working():
        runner = web.AppRunner(create_app(house), access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, settings.host, settings.port, shutdown_timeout=SHUTDOWN_SECONDS)
        await site.start()
        structlog.get_logger().info("ready", address=site.name)
        await stop.wait()
        await runner.cleanup()
