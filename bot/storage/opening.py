"""Opens the database as it is set; what keeps it from opening is told without a secret."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

from sqlalchemy.exc import OperationalError, SQLAlchemyError

from bot.settings import Settings
from bot.storage.database import Database, create_database
from bot.storage.errors import DISK_FULL, Unusable, fault_of, held_by_another
from bot.storage.migrate import migrate


@asynccontextmanager
async def reach_database(settings: Settings) -> AsyncIterator[Database]:
    """Open the database as it is; the folder of an embedded one is made.

    Raises:
        Unusable: it cannot be opened.
    """
    try:
        if settings.database_url is None:
            settings.data_dir.mkdir(parents=True, exist_ok=True)
        database = create_database(settings.sqlalchemy_url())
    except (OSError, ValueError, SQLAlchemyError) as error:
        raise _unusable(settings, error) from error
    try:
        await _reached(database, settings)
        yield database
    finally:
        await database.close()


async def _reached(database: Database, settings: Settings) -> None:
    try:
        await database.ping()
    # A port out of range and a parameter the driver does not know come up only now.
    except (OSError, SQLAlchemyError, OverflowError, TypeError, ValueError) as error:
        raise _unusable(settings, error) from error


@contextmanager
def told(settings: Settings) -> Iterator[None]:
    """Tell in words what keeps the database from being made ready."""
    try:
        yield
    except (OperationalError, OSError) as error:
        raise _unusable(settings, error) from error


def _unusable(settings: Settings, error: BaseException) -> Unusable:
    if fault_of(error) == DISK_FULL:
        where = "của máy chủ PostgreSQL" if settings.database_url else f"chứa {settings.data_dir}"
        return Unusable(
            f"Ổ đĩa {where} đã đầy nên không ghi được dữ liệu. Hãy dọn bớt hoặc nới ổ đĩa, rồi"
            " chạy lại."
        )
    if held_by_another(error):
        return Unusable(
            f"Tệp dữ liệu {settings.embedded_file} đang được một chương trình khác ghi liên tục."
            " Hãy đợi việc ấy xong hoặc dừng việc ấy, rồi chạy lại."
        )
    while error.__cause__ is not None:
        error = error.__cause__
    why = type(error).__name__
    if settings.database_url is not None:
        from bot.storage.certificate import certificate_fault  # noqa: PLC0415 - see create_database

        return Unusable(
            certificate_fault(settings.sqlalchemy_url(), error)
            or f"Không vào được cơ sở dữ liệu PostgreSQL ({why}). Hãy xem máy chủ đã chạy chưa và"
            " DATABASE_URL đã đúng máy, cổng, tên, mật khẩu, kho chưa; sau dấu ? chỉ nên có"
            " sslmode."
        )
    return Unusable(
        f"Không mở được tệp dữ liệu {settings.embedded_file} ({why}). Hãy xem thư mục DATA_DIR có"
        " ghi được không; tệp hỏng thì lấy lại bản sao lưu."
    )


@asynccontextmanager
async def open_database(settings: Settings) -> AsyncIterator[Database]:
    """Open the database, made when missing, and bring it to this release's shape."""
    async with reach_database(settings) as database:
        with told(settings):
            await migrate(database.unhurried())
        yield database
