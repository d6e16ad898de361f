"""A PostgreSQL of our own for a test run: the one named by TEST_POSTGRES_URL, else Debian's."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep

from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import create_async_engine

BINARIES = Path("/usr/lib/postgresql")
# Seconds.
PATIENCE = 120.0


class PostgresMissing(Exception):
    """There is no PostgreSQL to test with; in CI that fails instead of skipping."""

    @property
    def fatal(self) -> bool:
        return os.environ.get("CI") == "true"  # noqa: TID251 - only the tests ask for CI


@dataclass(frozen=True)
class Postgres:
    """A running server and how to end it."""

    url: str
    process: subprocess.Popen[bytes] | None = None
    folder: Path | None = None

    def stop(self) -> None:
        if self.process and self.folder:
            # An immediate end: nobody reads these files again.
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait(PATIENCE)
            shutil.rmtree(self.folder, ignore_errors=True)


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
    """Start a server as a child of ours: it ends with us, however we end."""
    _hand_over(folder)
    data, log = folder / "data", folder / "log"
    made = _run(
        binaries / "initdb", "-D", str(data), "-A", "trust", "-U", "bot", "--locale=C.UTF-8", "-N"
    )
    if made.returncode:
        raise RuntimeError(f"initdb: {made.stdout}{made.stderr}")
    told = ("-p", str(port), "-c", "listen_addresses=127.0.0.1", "-c", f"fsync={fsync}")
    with log.open("wb") as out:
        process = subprocess.Popen(
            _as_its_user(binaries / "postgres", "-D", str(data), *told, "-k", str(folder)),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            cwd="/",
        )
    asking = (binaries / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port))
    until = monotonic() + PATIENCE
    while _run(*asking).returncode:
        if process.poll() is not None or monotonic() > until:
            process.kill()
            raise RuntimeError(log.read_text(encoding="utf-8", errors="replace"))
        sleep(0.05)
    return Postgres(f"postgresql+asyncpg://bot@127.0.0.1:{port}/postgres", process, folder)


def _hand_over(folder: Path) -> None:
    if os.geteuid() != 0:
        return
    shutil.chown(folder, _user())


def _user() -> str:
    return "postgres" if Path("/var/lib/postgresql").exists() else "nobody"


def _run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        _as_its_user(*command), capture_output=True, text=True, check=False, cwd="/"
    )


def _as_its_user(*command: str | Path) -> list[str]:
    """Give ``command`` as who may run a server; it gets an immediate end when we die."""
    user = [f"--reuid={_user()}", "--clear-groups"] if os.geteuid() == 0 else []
    return ["setpriv", *user, "--pdeathsig", "QUIT", *map(str, command)]
