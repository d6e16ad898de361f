"""What the database refuses is told without the citizen's words."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.storage.database import Database


async def test_an_error_of_the_database_does_not_repeat_what_was_to_be_stored(
    database: Database,
) -> None:
    async with database.engine.connect() as connection:
        with pytest.raises(DBAPIError) as raised:
            await connection.execute(
                text("select * from no_table where a = :said"), {"said": "079"}
            )
    assert "079" not in str(raised.value)
