"""The engine of a PostgreSQL server: what it does not answer is given up in bounded time.

A connection that was broken off in the middle of something is dropped at once, without a farewell
that might not be answered either. One that lay idle is asked for a sign of life before it is used,
unless it was used just now; when it gives none, all the others are renewed too. A server that is
stopped says so before it hangs up: in between its driver knows no way on, and the connection
counts as lost.
"""

from __future__ import annotations

import asyncio
from math import inf
from time import monotonic
from typing import Final

import asyncpg
from sqlalchemy import event
from sqlalchemy.engine import AdaptedConnection, ExceptionContext
from sqlalchemy.exc import InvalidatePoolError, OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

# Classes of SQLSTATE that tell of the server and not of what it was asked: connection, resources,
# operator, system. https://www.postgresql.org/docs/current/errcodes-appendix.html
OF_THE_SERVER: Final = ("08", "53", "57", "58")
POOL: Final = 8
# Seconds.
CONNECTING: Final = 4.0
LIVENESS: Final = 2.0
# What was given back so short a time ago needs not be asked again.
JUST_NOW: Final = 0.05
FOR_A_CONNECTION: Final = 5.0
# Bounds what lasts, such as waiting for another process's migration.
LONGEST_STATEMENT: Final = 600.0
# What a client lost on the way holds locked is free again after half a minute.
SESSION: Final = """
    SET idle_in_transaction_session_timeout = '30s';
    SET tcp_keepalives_idle = 15;
    SET tcp_keepalives_interval = 5;
    SET tcp_keepalives_count = 3
"""
_FREE_SINCE: Final = "free since"


def server_engine(url: str) -> AsyncEngine:
    """Make the engine behind a ``postgresql+asyncpg:`` URL; opens no connection yet."""
    engine = create_async_engine(
        url,
        pool_size=POOL,
        pool_timeout=FOR_A_CONNECTION,
        connect_args={"timeout": CONNECTING, "command_timeout": LONGEST_STATEMENT},
        hide_parameters=True,
    )
    event.listen(engine.sync_engine, "connect", _set_up)
    event.listen(engine.sync_engine, "checkin", _note_when_free)
    event.listen(engine.sync_engine, "checkout", _look_for_life)
    event.listen(engine.sync_engine, "handle_error", _drop_what_was_broken_off)
    event.listen(engine.sync_engine, "handle_error", _name_what_is_the_servers)
    return engine


def _set_up(connection: AdaptedConnection, _record: object) -> None:
    _ask(connection, SESSION, CONNECTING)


def _note_when_free(_connection: object, record: ConnectionPoolEntry) -> None:
    record.info[_FREE_SINCE] = monotonic()


def _look_for_life(
    connection: AdaptedConnection, record: ConnectionPoolEntry, _proxy: object
) -> None:
    if monotonic() - record.info.get(_FREE_SINCE, -inf) > JUST_NOW:
        _ask(connection, "SELECT 1", LIVENESS)


def _ask(connection: AdaptedConnection, statement: str, seconds: float) -> None:
    driver = connection.driver_connection
    try:
        connection.run_async(lambda _: driver.execute(statement, timeout=seconds))
    except (
        asyncpg.PostgresError,
        asyncpg.InterfaceError,
        asyncpg.InternalClientError,
        OSError,
    ) as error:
        driver.terminate()
        raise InvalidatePoolError(type(error).__name__) from error


def _drop_what_was_broken_off(context: ExceptionContext) -> None:
    if not isinstance(context.original_exception, asyncio.CancelledError | TimeoutError):
        return
    context.is_disconnect = True
    broken = context.connection
    if broken is None or broken.invalidated:
        return
    driver = broken.connection.driver_connection
    if driver is not None:
        driver.terminate()


def _name_what_is_the_servers(context: ExceptionContext) -> OperationalError | None:
    # SQLAlchemy knows no such class of this driver's errors and would raise its most general one.
    error = context.original_exception
    if isinstance(error.__cause__, asyncpg.InternalClientError):
        context.is_disconnect = True
    elif not str(getattr(error, "sqlstate", "")).startswith(OF_THE_SERVER):
        return None
    return OperationalError(context.statement, None, error, hide_parameters=True)
