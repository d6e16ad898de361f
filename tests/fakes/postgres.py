"""A PostgreSQL of our own for a test run: the one named by TEST_POSTGRES_URL, else Debian's."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import create_async_engine

BINARIES = Path("/usr/lib/postgresql")


class PostgresMissing(Exception):
    """There is no PostgreSQL to test with; in CI that fails instead of skipping."""

    @property
    def fatal(self) -> bool:
        return os.environ.get("CI") == "true"  # noqa: TID251 - only the tests ask for CI


@dataclass(frozen=True)
class Postgres:
    """A running server and how to end it."""

    url: str
    binaries: Path | None = None
    folder: Path | None = None

    def stop(self) -> None:
        if self.binaries and self.folder:
            _run(self.binaries / "pg_ctl", "-D", str(self.folder), "-m", "immediate", "stop")
            shutil.rmtree(self.folder.parent, ignore_errors=True)


def start_postgres(port: int, worker: int = 0, *, durable: bool = False) -> Postgres:
    """Start a server on ``port``, or use the one named; there further workers get databases.

    Only a ``durable`` one waits for its disk.
    """
    named = os.environ.get("TEST_POSTGRES_URL")  # noqa: TID251 - only the tests ask for it
    if named:
        url = named.replace("postgresql://", "postgresql+asyncpg://")
        with ThreadPoolExecutor(1) as aside:
            return Postgres(aside.submit(asyncio.run, _room_for(worker, url)).result())
    versions = sorted(BINARIES.glob("*/bin"), key=lambda path: float(path.parent.name))
    if not versions:
        raise PostgresMissing("no PostgreSQL: apt-get install postgresql, or TEST_POSTGRES_URL")
    # Not pytest's own folder: its parents are closed to the server's user.
    folder = Path(tempfile.mkdtemp(prefix="postgres-"))
    return _start(versions[-1], folder, port, fsync="on" if durable else "off")


async def _room_for(worker: int, url: str) -> str:
    """Give the database of a worker on the server at ``url``, made when missing."""
    if not worker:
        return url
    named = make_url(url)
    own = named.set(database=f"{named.database}_{worker}")
    engine = create_async_engine(named, isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        known = (await connection.execute(text("SELECT datname FROM pg_database"))).scalars()
        if own.database not in known:
            await connection.execute(text(f'CREATE DATABASE "{own.database}"'))
    await engine.dispose()
    return own.render_as_string(hide_password=False)


def _start(binaries: Path, folder: Path, port: int, *, fsync: str) -> Postgres:
    _hand_over(folder)
    data = folder / "data"
    _run(
        binaries / "initdb", "-D", str(data), "-A", "trust", "-U", "bot", "--locale=C.UTF-8", "-N"
    )
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c fsync={fsync} -k {folder}"
    _run(
        binaries / "pg_ctl",
        "-D",
        str(data),
        "-l",
        str(folder / "log"),
        "-w",
        "-o",
        options,
        "start",
    )
    return Postgres(f"postgresql+asyncpg://bot@127.0.0.1:{port}/postgres", binaries, data)


def _hand_over(folder: Path) -> None:
    if os.geteuid() != 0:
        return
    shutil.chown(folder, _user())


def _user() -> str:
    return "postgres" if Path("/var/lib/postgresql").exists() else "nobody"


def _run(*command: str | Path) -> None:
    words = [str(part) for part in command]
    if os.geteuid() == 0:
        words = ["setpriv", f"--reuid={_user()}", "--clear-groups", *words]
    done = subprocess.run(words, capture_output=True, text=True, check=False, cwd="/")
    if done.returncode:
        raise RuntimeError(f"{words}: {done.stdout}{done.stderr}")
