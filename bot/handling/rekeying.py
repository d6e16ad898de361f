"""Use case: seal with the first key of each ring what older keys sealed, so they can be given up.

Words as typed in the inbox are not gone through: they live no longer than an hour.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import orjson
from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.feedback.models import Contact
from bot.handling.sealing import Seals
from bot.storage.database import Database
from bot.storage.feedback_person_tables import drafts, sealed_items
from bot.storage.feedback_tables import cases, events, feedback_files
from bot.storage.rekeying_rows import SealedColumn, by_head, example, portion, put
from bot.storage.zalo_tables import arrivals, zalo_accounts, zalo_apps, zalo_consents
from bot.vault import Damaged, Unopenable, Vault, Vaults
from bot.vault.vault import head_of, key_id_of

CONTACT: Final = SealedColumn(table=cases, name="contact_sealed", bound=("reference",))
OF_CITIZENS: Final = (
    SealedColumn(table=cases, name="words_sealed", bound=("reference",)),
    SealedColumn(table=cases, name="place_sealed", bound=("reference",)),
    CONTACT,
    SealedColumn(table=events, name="text_sealed", bound=("case", "version")),
    SealedColumn(table=feedback_files, name="content_sealed", bound=("digest",)),
    SealedColumn(table=drafts, name="told_sealed", bound=("conversation",)),
)
OF_DENUNCIATIONS: Final = (
    SealedColumn(table=sealed_items, name="words_sealed", bound=("anchor",)),
    SealedColumn(table=sealed_items, name="note_sealed", bound=("anchor",)),
)
OF_ZALO: Final = (
    SealedColumn(table=zalo_accounts, name="access_sealed", bound=("oa_id",)),
    SealedColumn(table=zalo_accounts, name="refresh_sealed", bound=("oa_id",)),
    SealedColumn(table=zalo_consents, name="verifier_sealed", bound=("state",)),
    SealedColumn(table=zalo_apps, name="verifier_sealed", bound=("app_id",)),
    SealedColumn(table=arrivals, name="body_sealed", bound=("channel", "key")),
)
Progress = Callable[[str, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How many values of a column each key sealed, and the keys that open none of theirs.

    ``left`` are those that the first key of the ring did not seal; without a ring all of them.
    """

    column: str
    keys: Mapping[str, int]
    shut: tuple[str, ...]
    left: int


async def standing(database: Database, vaults: Vaults) -> tuple[Standing, ...]:
    """Count each column's values by key, and open one of each."""
    async with database.reading() as connection:
        return tuple(
            [await _stands(connection, one, vault) for one, vault in _all_columns(vaults)]
        )


async def rotate(
    database: Database, vaults: Vaults, progress: Progress = lambda _column, _moved: None
) -> tuple[Standing, ...]:
    """Seal everything with the first keys, portion by portion; give how it stands afterwards.

    Begun again after a kill it goes on with what is left. What no key opens stays as it is.
    """
    for one, vault in _all_columns(vaults):
        if vault is not None:
            await _rotate_column(database, one, vault, progress)
    return await standing(database, vaults)


def _all_columns(vaults: Vaults) -> Sequence[tuple[SealedColumn, Vault | None]]:
    return (
        *((one, vaults.data) for one in (*OF_CITIZENS, *OF_ZALO)),
        *((one, vaults.sealed) for one in OF_DENUNCIATIONS),
    )


async def _rotate_column(
    database: Database, one: SealedColumn, vault: Vault, progress: Progress
) -> None:
    first, after = head_of(vault.key_ids[0]), None
    while True:
        async with database.writing() as connection:
            rows = await portion(connection, one, first, after)
            for row in rows:
                await _reseal(connection, one, row, vault)
        if not rows:
            return
        after = rows[-1]._mapping[one.key.name]  # noqa: SLF001 - the public way by name
        progress(str(one.values), len(rows))
        await database.let_others_write()


async def _reseal(
    connection: AsyncConnection, one: SealedColumn, row: Row[Any], vault: Vault
) -> None:
    where = one.place(row)
    try:
        plain = vault.open(row._mapping[one.name], where)  # noqa: SLF001 - as above
    except Unopenable:
        return
    values: dict[str, object] = {one.name: vault.seal(plain, where)}
    if one is CONTACT:
        # What finds the cases of a telephone comes from the key as well.
        contact = Contact(**orjson.loads(plain))
        values["contact_digest"] = Seals(vault).phone_digest(contact)
    await put(connection, one, row, values)


async def _stands(connection: AsyncConnection, one: SealedColumn, vault: Vault | None) -> Standing:
    heads = await by_head(connection, one)
    shut = [head for head in heads if not await _opens(connection, one, head, vault)]
    first = head_of(vault.key_ids[0]) if vault else b""
    return Standing(
        column=str(one.values),
        keys={_named(head): count for head, count in heads.items()},
        shut=tuple(map(_named, shut)),
        left=sum(count for head, count in heads.items() if head != first),
    )


async def _opens(
    connection: AsyncConnection, one: SealedColumn, head: bytes, vault: Vault | None
) -> bool:
    row = await example(connection, one, head)
    if vault is None or row is None:
        return row is None
    try:
        vault.open(row._mapping[one.name], one.place(row))  # noqa: SLF001 - as above
    except Unopenable:
        return False
    return True


def _named(head: bytes) -> str:
    try:
        return key_id_of(head)
    except Damaged:
        return "?"
