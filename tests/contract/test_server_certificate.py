"""A PostgreSQL server's certificate is checked when DATABASE_URL asks for it; faults say how."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import make_url

from bot.settings import Settings
from bot.storage.errors import Unusable
from bot.storage.opening import reach_database
from tests.fakes.postgres import Postgres
from tests.fakes.tls_line import HOST, a_certificate, tls_line

pytestmark = pytest.mark.postgres
MODES = ["verify-ca", "verify-full"]


def _settings(postgres: Postgres, port: int, **query: str) -> Settings:
    url = make_url(postgres.url).set(drivername="postgresql", host=HOST, port=port)
    url = url.set(password=url.password or "geheim", query=query)
    named = url.render_as_string(hide_password=False)
    return Settings(database_url=SecretStr(named))


async def _fault(postgres: Postgres, port: int, **query: str) -> str:
    with pytest.raises(Unusable) as raised:
        async with reach_database(_settings(postgres, port, **query)):
            pass
    assert "geheim" not in str(raised.value)
    return str(raised.value)


@pytest.mark.parametrize("mode", MODES)
async def test_who_shows_the_right_certificate_is_let_in(
    postgres: Postgres, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: str
) -> None:
    ours, server = a_certificate(tmp_path), make_url(postgres.url)
    monkeypatch.setenv("PGSSLROOTCERT", str(ours.root))
    async with (
        tls_line(server.host or HOST, server.port or 5432, ours) as port,
        reach_database(_settings(postgres, port, sslmode=mode)) as database,
    ):
        await database.ping()


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("content", [None, b"", b"no certificate", b"-----BEGIN CERTIFICATE-----"])
async def test_a_root_that_cannot_be_read_is_named_in_words(
    postgres: Postgres,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    mode: str,
    content: bytes | None,
) -> None:
    root = tmp_path / "root.crt"
    if content is not None:
        root.write_bytes(content)
    monkeypatch.setenv("PGSSLROOTCERT", str(root))
    assert "chứng thư gốc" in await _fault(postgres, 9, sslmode=mode)


@pytest.mark.parametrize("mode", MODES)
async def test_without_a_root_it_is_told_where_it_belongs(
    postgres: Postgres, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: str
) -> None:
    monkeypatch.delenv("PGSSLROOTCERT", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    for query in ({}, {"sslrootcert": "/etc/root.crt"}):
        told = await _fault(postgres, 9, sslmode=mode, **query)
        assert "PGSSLROOTCERT" in told
        assert "~/.postgresql/root.crt" in told


async def test_another_machine_s_certificate_is_told(
    postgres: Postgres, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other, server = a_certificate(tmp_path, "192.0.2.1"), make_url(postgres.url)
    async with tls_line(server.host or HOST, server.port or 5432, other) as port:
        monkeypatch.setenv("PGSSLROOTCERT", str(a_certificate(tmp_path).root))
        assert "không đúng với chứng thư gốc" in await _fault(postgres, port, sslmode="verify-ca")
        monkeypatch.setenv("PGSSLROOTCERT", str(other.root))
        assert "đúng tên máy" in await _fault(postgres, port, sslmode="verify-full")


async def test_what_is_wrong_otherwise_is_not_put_on_the_certificate(
    postgres: Postgres, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGSSLROOTCERT", str(a_certificate(tmp_path).root))
    assert "chứng thư" not in await _fault(postgres, 9, sslmode="verify-full")
    assert "chứng thư" not in await _fault(postgres, 9, sslmode="bogus")
