"""Zalo to be tried by hand: ``python -m tests.fakes.zalo [--port 8090] [--bot URL]``."""

from __future__ import annotations

import argparse
import asyncio
from contextlib import suppress

from tests.fakes.zalo.fake import FakeZalo
from tests.fakes.zalo.page.bots import BotPage
from tests.fakes.zalo.page.routes import Page
from tests.fakes.zalo.rules import Rules


def environment_of(fake: FakeZalo, url: str, bot: str) -> dict[str, str]:
    """What the program has to be started with to talk to this emulator."""
    return {
        "ZALO_APP_ID": fake.app.app_id,
        "ZALO_APP_SECRET": fake.app.secret,
        "ZALO_WEBHOOK_SECRETS": fake.app.webhook_secret,
        "ZALO_DOMAIN_PROOF": fake.app.domain_code,
        "ZALO_OAUTH_URL": f"{url}/oauth",
        "ZALO_API_URL": f"{url}/api",
        "ZALO_BUSINESS_URL": f"{url}/business",
        # With its port: plain http is taken from there alone.
        "ZALO_FILE_HOSTS": url.removeprefix("http://"),
        "PUBLIC_URL": bot,
    }


def _exports(environment: dict[str, str]) -> list[str]:
    return [f"export {name}={value}" for name, value in environment.items()]


async def serve(port: int, bot: str) -> None:
    """Serve until stopped."""
    fake = FakeZalo(rules=Rules(wall_stamps=True))
    fake.app.events_to = f"{bot}/webhooks/zalo"
    url = f"http://127.0.0.1:{port}"
    environment = environment_of(fake, url, bot)
    page = Page(fake, environment)
    bots = BotPage(page.tabs, url)
    fake.mounts += [page.mount, bots.mount]
    await fake.start(port)
    lines = ["Khởi động chương trình với:", *_exports(environment)]
    lines += ["Thêm, nếu thử cả Zalo Bot:", *_exports(bots.environment())]
    print(f"Trang thử: {fake.url}/", *lines, sep="\n", flush=True)  # noqa: T201 - a program
    try:
        await asyncio.Event().wait()
    finally:
        await fake.stop()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.fakes.zalo", description=__doc__)
    parser.add_argument("--port", type=int, default=8090)
    parser.add_argument("--bot", default="http://127.0.0.1:8080", help="where the program serves")
    told = parser.parse_args()
    with suppress(KeyboardInterrupt):
        asyncio.run(serve(told.port, told.bot.rstrip("/")))


if __name__ == "__main__":
    main()
