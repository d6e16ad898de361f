"""``python -m bot zalo``: what is told, connected and refreshed, without a token on the screen."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import app
from bot.storage.sole import serving_alone
from bot.vault.keyring import new_key
from tests.fakes.console import HERE, empty_console_database
from tests.fakes.zalo import FakeZalo, serving_zalo
from tests.fakes.zalo.templates import Gap

KEYS = new_key("thu")


@pytest.fixture
def zalo() -> Iterator[FakeZalo]:
    """A Zalo in a thread of its own: each command brings its own loop."""
    begun: Future[FakeZalo] = Future()
    ending = threading.Event()

    async def serve() -> None:
        async with serving_zalo() as fake:
            begun.set_result(fake)
            await asyncio.to_thread(ending.wait)

    thread = threading.Thread(target=asyncio.run, args=(serve(),))
    thread.start()
    yield begun.result(timeout=10)
    ending.set()
    thread.join()


class Shell:
    def __init__(self, folder: Path, zalo: FakeZalo) -> None:
        database = empty_console_database(folder)
        asyncio.run(database.close())
        (folder / "console.sqlite3").rename(folder / "hanhchinh.sqlite3")
        self._environment = {
            "DATA_DIR": str(folder),
            "DATA_KEYS": KEYS,
            "PUBLIC_URL": "https://xa-a.example",
            "ZALO_APP_ID": zalo.app.app_id,
            "ZALO_APP_SECRET": zalo.app.secret,
            "ZALO_OAUTH_URL": zalo.oauth_url,
            "ZALO_API_URL": zalo.api_url,
            "ZALO_BUSINESS_URL": zalo.business_url,
        }

    def __call__(self, *told: str, typed: str = "", **more: str) -> Result:
        environment = {**self._environment, **more}
        return CliRunner().invoke(app, ["zalo", *told], input=typed, env=environment)


@pytest.fixture
def shell(tmp_path: Path, zalo: FakeZalo) -> Shell:
    return Shell(tmp_path, zalo)


def test_a_pair_is_connected_told_asked_about_and_refreshed(shell: Shell, zalo: FakeZalo) -> None:
    pair = zalo.mint()
    typed = f"{pair['access_token']}\n{pair['refresh_token']}\n"
    joined = shell("connect", HERE, typed=typed)
    assert joined.exit_code == 0, joined.output
    assert zalo.oa.name in joined.stdout
    listed = shell("accounts", "--json")
    (told,) = json.loads(listed.stdout)
    assert (told["oa_id"], told["status"], told["office"]) == (zalo.oa.oa_id, "connected", HERE)
    looked = json.loads(shell("check", zalo.oa.oa_id, "--json").stdout)
    assert looked[0]["package_name"] == "Growth"
    assert looked[0]["webhook"] == "https://xa-a.example/webhooks/zalo"
    assert shell("refresh", zalo.oa.oa_id).exit_code == 0
    assert zalo.oauth.made == 3
    refused = shell("connect", HERE, typed=typed)
    assert (refused.exit_code, "Lấy cặp mã mới." in refused.output) == (2, True)
    for result in (joined, listed, refused):
        assert not any(secret in result.output for secret in typed.split())


@pytest.mark.parametrize("name", ["ZALO_APP_SECRET", "ZALO_APP_ID"])
def test_what_was_copied_wrongly_from_the_app_is_named(
    shell: Shell, zalo: FakeZalo, name: str
) -> None:
    pair = zalo.mint()
    typed = f"{pair['access_token']}\n{pair['refresh_token']}\n"
    refused = shell("connect", HERE, typed=typed, **{name: "123456"})
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert name in refused.output
    assert "đặt lại" in refused.output
    # Nothing of the pair was used up: once mended it is connected.
    assert shell("connect", HERE, typed=typed).exit_code == 0


def test_templates_are_read_from_zalo_now(shell: Shell, zalo: FakeZalo) -> None:
    pair = zalo.mint()
    shell("connect", HERE, typed=f"{pair['access_token']}\n{pair['refresh_token']}\n")
    oa = zalo.oa.oa_id
    assert "Chưa đọc được" in shell("template", "list", oa).output
    zalo.templates.approve(zalo.oa, "Tin của xã", Gap(name="tieu_de"))
    assert "Đã đọc 1 tin mẫu" in shell("template", "read", oa).output
    assert "Tin của xã" in shell("template", "list", oa).output
    zalo.oauth.revoke(zalo.oa)
    zalo.oauth.refuse(zalo.oa)
    assert "bot zalo accounts" in shell("template", "read", oa).output
    (listed,) = json.loads(shell("accounts", "--json").stdout)
    assert (listed["fault"], "“Nối lại”" in listed["what_to_do"]) == ("refused", True)


def test_what_is_missing_is_told(shell: Shell) -> None:
    assert "hai dòng" in shell("connect", HERE, typed="một").output
    assert "ZALO_APP_ID" in shell("check", "1", ZALO_APP_ID="", ZALO_APP_SECRET="").output
    assert "xa-a" in shell("connect", "xa-la", typed="a b").output
    assert "Các Trang đang nối: chưa có Trang nào" in shell("check", "1").output
    assert "Chưa cơ quan nào" in shell("accounts").output
    assert "đưa lại 0 lượt" in shell("sort-again").output


def test_an_account_is_named_by_its_office_too(shell: Shell, zalo: FakeZalo) -> None:
    pair = zalo.mint()
    shell("connect", HERE, typed=f"{pair['access_token']}\n{pair['refresh_token']}\n")
    (looked,) = json.loads(shell("check", HERE, "--json").stdout)
    assert looked["oa_id"] == zalo.oa.oa_id
    assert shell("refresh", HERE).exit_code == 0
    assert f"{zalo.oa.oa_id} ({HERE})" in shell("template", "list", "xa-la").output


@pytest.mark.parametrize("told", [("refresh",), ("template", "read")])
def test_what_could_refresh_beside_the_running_program_points_to_the_console(
    shell: Shell, tmp_path: Path, told: tuple[str, ...]
) -> None:
    with serving_alone(tmp_path / "serving.lock"):
        refused = shell(*told, HERE)
    assert (refused.exit_code, "Chương trình đang chạy" in refused.output) == (2, True)
    assert "bàn làm việc" in refused.output
