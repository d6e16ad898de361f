"""Zalo to be tried by hand: ``python -m tests.fakes.zalo [--save var]``."""

from __future__ import annotations

import argparse
import asyncio
from contextlib import suppress
from pathlib import Path

from tests.fakes.zalo.fake import FakeZalo
from tests.fakes.zalo.page.bots import BotPage
from tests.fakes.zalo.page.routes import Page
from tests.fakes.zalo.people import NUMBERS
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


def _save(folder: Path, fake: FakeZalo, exports: list[str]) -> list[str]:
    """Keep what has to be copied in files, and say how they are used."""
    folder.mkdir(parents=True, exist_ok=True)
    variables, tokens = folder / "zalo.env", folder / "zalo.pair"
    variables.write_text("\n".join([*exports, ""]))
    pair = fake.mint()
    tokens.write_text(f"{pair['access_token']}\n{pair['refresh_token']}\n")
    return [
        "Mở chương trình, ở cửa sổ khác:",
        f"  . {variables} && make run",
        "Nối OA với một cơ quan, ở cửa sổ thứ ba (mỗi lần mở Zalo thử):",
        f"  . {variables} && .venv/bin/python -m bot zalo connect mau-xa < {tokens}",
    ]


async def serve(port: int, bot: str, folder: Path | None = None) -> None:
    """Serve until stopped; what the program needs is kept in ``folder``, or told."""
    fake = FakeZalo(rules=Rules(wall_stamps=True))
    fake.app.events_to = f"{bot}/webhooks/zalo"
    # App and OA are the same each time; messages are not, or the program takes them for repeated.
    NUMBERS.later(fake.clock.wall_ms())
    url = f"http://127.0.0.1:{port}"
    environment = environment_of(fake, url, bot)
    page = Page(fake, environment)
    bots = BotPage(page.tabs, url)
    fake.mounts += [page.mount, bots.mount]
    await fake.start(port)
    own, more = _exports(environment), _exports(bots.environment())
    lines = ["Khởi động chương trình với:", *own, "Thêm, nếu thử cả Zalo Bot:", *more]
    if folder:
        lines = _save(folder, fake, [*own, *more])
    print(f"Trang thử: {fake.url}/", *lines, sep="\n", flush=True)  # noqa: T201 - a program
    try:
        await asyncio.Event().wait()
    finally:
        await fake.stop()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.fakes.zalo", description=__doc__)
    parser.add_argument("--port", type=int, default=8090)
    parser.add_argument("--bot", default="http://127.0.0.1:8080", help="where the program serves")
    parser.add_argument("--save", type=Path, help="folder for variables and a first pair")
    told = parser.parse_args()
    with suppress(KeyboardInterrupt):
        asyncio.run(serve(told.port, told.bot.rstrip("/"), told.save))


if __name__ == "__main__":
    main()
