"""SQL compiled once for all databases of a test run, as a program that runs for days does.

Each test opens a database of its own, and SQLAlchemy forgets with it what it has compiled: that
was a third of the time of all tests with a database.
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import Dialect
from sqlalchemy.util import LRUCache

_CACHE: Final[LRUCache[Any, Any]] = LRUCache(10_000)
# What is compiled belongs to the dialect it was compiled for; all of a kind are set up alike.
_DIALECTS: Final[dict[type[Dialect], Dialect]] = {}


def share_what_is_compiled() -> None:
    """Let every engine made from now on in this process take what another one compiled."""
    event.listen(Engine, "engine_connect", _share)


def _share(connection: Connection) -> None:
    engine = connection.engine
    dialect = _DIALECTS.setdefault(type(engine.dialect), engine.dialect)
    engine.dialect = connection.dialect = dialect
    connection.execution_options(compiled_cache=_CACHE)
