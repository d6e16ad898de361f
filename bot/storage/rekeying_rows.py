"""Sealed values as rows of any table: by which key they were sealed, and those another one must.

A value's beginning tells its key, so the database finds them. They are gone through by the
table's primary key, in portions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import (
    Column,
    ColumnElement,
    LargeBinary,
    Row,
    Table,
    and_,
    func,
    literal,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.vault import place
from bot.vault.vault import HEAD, VERSION

PORTION: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedColumn:
    """A column of sealed values; ``bound`` names those that tell the place of one."""

    table: Table
    name: str
    bound: tuple[str, ...]

    @property
    def values(self) -> Column[bytes | None]:
        """The column itself."""
        return self.table.c[self.name]

    @property
    def key(self) -> Column[Any]:
        """What the rows are gone through by."""
        (key,) = self.table.primary_key.columns
        return key

    def place(self, row: Row[Any]) -> str:
        """Name the place a row's value is sealed for."""
        named = row._mapping  # noqa: SLF001 - SQLAlchemy's public way to a column by its name
        told = ("" if named[one] is None else named[one] for one in self.bound)
        return place(self.table.name, self.name, *told)

    def head(self) -> ColumnElement[bytes]:
        """The beginning of a value, which tells its key."""
        return func.substr(self.values, 1, HEAD, type_=LargeBinary)

    def is_sealed(self) -> ColumnElement[bool]:
        """Tell whether a row holds a sealed value."""
        # What was stored before there was a key stands there plain.
        version = func.substr(self.values, 1, len(VERSION), type_=LargeBinary)
        return and_(self.values.is_not(None), version == literal(VERSION, LargeBinary))


async def by_head(connection: AsyncConnection, one: SealedColumn) -> Mapping[bytes, int]:
    """Count the values of a column by their beginning, which tells the key."""
    head = one.head()
    counted = select(head.label("head"), func.count()).where(one.is_sealed()).group_by("head")
    return {bytes(head): count for head, count in (await connection.execute(counted)).all()}


async def example(connection: AsyncConnection, one: SealedColumn, head: bytes) -> Row[Any] | None:
    """Give a row whose value begins so."""
    wanted = select(one.table).where(one.head() == literal(head, LargeBinary)).limit(1)
    return (await connection.execute(wanted)).first()


async def portion(
    connection: AsyncConnection, one: SealedColumn, head: bytes, after: object = None
) -> Sequence[Row[Any]]:
    """Take the next rows ``after`` a key whose value does not begin with ``head``."""
    other = and_(one.is_sealed(), one.head() != literal(head, LargeBinary))
    wanted = select(one.table).where(other if after is None else and_(other, one.key > after))
    taken = wanted.order_by(one.key).limit(PORTION).with_for_update()
    return (await connection.execute(taken)).all()


async def put(
    connection: AsyncConnection, one: SealedColumn, row: Row[Any], values: Mapping[str, object]
) -> None:
    """Write what a row held under the new key; what was changed meanwhile stays as it is."""
    named = row._mapping  # noqa: SLF001 - as above
    same = and_(one.key == named[one.key.name], one.values == named[one.name])
    await connection.execute(update(one.table).where(same).values(**values))
