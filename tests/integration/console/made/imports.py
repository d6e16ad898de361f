"""Files that were handed in."""

from __future__ import annotations

from bot.console.file_work.kept import KEPT_IN_PATH
from bot.console.routing import Resolver
from bot.officials.models import OfficerId
from bot.storage.import_rows import Counts, ImportKind, add_import
from tests.conftest import NOON
from tests.fakes.console import HERE, ConsoleHouse
from tests.integration.console.made.kinds import Factory, Filler, Parts

TABLE = "Mã TTHC,Tên thủ tục hành chính,Kết quả\n1.001193,Đăng ký khai sinh,Giấy khai sinh\n"


async def an_import(house: ConsoleHouse, office: str) -> Parts:
    async with house.database.writing() as connection:
        number = await add_import(
            connection,
            office=office,
            officer=OfficerId(1),
            name="bang.csv",
            body=TABLE.encode(),
            digest="0" * 64,
            counts=Counts(new=0, changed=1, unchanged=0, faults=0),
            at=NOON,
        )
    return {"id": str(number)}


async def many_imports(house: ConsoleHouse, count: int) -> None:
    for _ in range(count):
        await an_import(house, HERE)


OBJECTS: dict[Resolver, Factory] = {KEPT_IN_PATH[ImportKind.CARDS]: an_import}
FILLERS: list[Filler] = [many_imports]
