"""The first row of each conversation, or of what else has an order, in one pass."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ARRAY, BigInteger, ColumnElement, Table, any_, func, select
from sqlalchemy.ext.asyncio import AsyncConnection


def is_first(
    connection: AsyncConnection,
    table: Table,
    *waiting: ColumnElement[bool],
    by: ColumnElement[str] | None = None,
) -> ColumnElement[bool]:
    """Tell whether a row of ``table`` is the oldest ``waiting`` one of its conversation.

    What has its order ``by`` another column is asked for the oldest there.
    """
    group = table.c.conversation if by is None else by
    first = select(func.min(table.c.id)).where(*waiting).group_by(group)
    if connection.dialect.name == "sqlite":
        return table.c.id.in_(first)
    # A rush comes when the server's statistics still say that nothing waits. It would then look
    # for the firsts anew for each row; an array it makes once.
    return table.c.id == any_(func.array(first.scalar_subquery(), type_=ARRAY(BigInteger)))


def unindexed(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """Give the values of ``column`` so that rows are not looked for by them."""
    return func.coalesce(column, column)
