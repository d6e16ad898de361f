"""The templates of accounts as Zalo told them, and which an office uses for what."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

import orjson
from sqlalchemy import Row, and_, delete, exists, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.channels.zalo.templates import Param, Template
from bot.storage.upserts import insert_into
from bot.storage.zalo_tables import zalo_marks, zalo_template_uses, zalo_templates

T: Final = zalo_templates.c
U: Final = zalo_template_uses.c
# A mark of the account, as the template's own record is read anew each day.
BY_PHONE_ALONE: Final = "by_phone_alone:"
WANTED: Final = select(
    zalo_templates,
    exists()
    .where(zalo_marks.c.oa_id == T.oa_id, zalo_marks.c.mark == BY_PHONE_ALONE + T.template_id)
    .label("by_phone_alone"),
)
_AS_USED: Final = (
    *(U.office, U.gaps),
    *(U.oa_id.label("used_oa"), U.template_id.label("used_template")),
)


class Use(StrEnum):
    """What a template is used for: news to followers, and notices of a case."""

    NEWS = "news"
    FEEDBACK = "feedback"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A template and when it was read; ``by_phone_alone`` when Zalo refused it by user id."""

    oa_id: str
    template: Template
    read_at: datetime
    by_phone_alone: bool = False

    @property
    def may_go_by_user(self) -> bool:
        """Tell whether it may be sent to a user id."""
        return self.template.is_on and not self.by_phone_alone


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateUse:
    """Which template an office uses; ``gaps`` say what fills its parameters, with our own gaps."""

    office: str
    use: Use
    oa_id: str
    template_id: str
    gaps: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What an office uses, and what is known of the template; nothing once Zalo has it no more."""

    use: TemplateUse
    known: Known | None

    @property
    def may_go_by_user(self) -> bool:
        """Tell whether it may be sent to a user id."""
        return self.known is not None and self.known.may_go_by_user


async def keep_templates(
    connection: AsyncConnection, oa: str, told: Collection[Template], *, at: datetime
) -> None:
    """Write down the templates of an account; those not among them are gone."""
    known = [one.template_id for one in told]
    await connection.execute(
        delete(zalo_templates).where(T.oa_id == oa, T.template_id.not_in(known))
    )
    for one in told:
        values = {
            **{name: value for name, value in asdict(one).items() if name != "params"},
            "oa_id": oa,
            "params": orjson.dumps([asdict(param) for param in one.params]).decode(),
            "read_at": at,
        }
        wish = insert_into(zalo_templates, connection.dialect).values(values)
        await connection.execute(
            wish.on_conflict_do_update(index_elements=["oa_id", "template_id"], set_=values)
        )


async def templates_of(connection: AsyncConnection, oa: str) -> Sequence[Known]:
    """Give the templates of an account, by name."""
    wanted = WANTED.where(T.oa_id == oa).order_by(T.name, T.template_id)
    return [_known(row) for row in await connection.execute(wanted)]


async def template_of(connection: AsyncConnection, oa: str, template: str) -> Known | None:
    """Give a template."""
    wanted = WANTED.where(T.oa_id == oa, T.template_id == template)
    row = (await connection.execute(wanted)).first()
    return _known(row) if row else None


async def note_by_phone_alone(
    connection: AsyncConnection, oa: str, template: str, *, at: datetime
) -> None:
    """Note that Zalo does not take a template by user id."""
    values = {"oa_id": oa, "mark": BY_PHONE_ALONE + template, "count": 1, "last_at": at}
    wish = insert_into(zalo_marks, connection.dialect).values(values)
    await connection.execute(wish.on_conflict_do_nothing())


async def chosen_for(connection: AsyncConnection, use: Use) -> Mapping[str, Chosen]:
    """Give what each office uses for something, with what is known of the template."""
    same = and_(T.oa_id == U.oa_id, T.template_id == U.template_id)
    wanted = (
        WANTED.add_columns(*_AS_USED)
        .select_from(zalo_template_uses.outerjoin(zalo_templates, same))
        .where(U.use == use)
    )
    return {
        row.office: Chosen(
            use=TemplateUse(
                office=row.office,
                use=use,
                oa_id=row.used_oa,
                template_id=row.used_template,
                gaps=orjson.loads(row.gaps),
            ),
            known=_known(row) if row.template_id else None,
        )
        for row in await connection.execute(wanted)
    }


async def uses_in(connection: AsyncConnection, office: str) -> Mapping[Use, TemplateUse]:
    """Give which templates an office uses, by what for."""
    wanted = select(zalo_template_uses).where(U.office == office).order_by(U.use.desc())
    return {Use(row.use): _use(row) for row in await connection.execute(wanted)}


async def put_use(connection: AsyncConnection, use: TemplateUse, *, at: datetime) -> None:
    """Have an office use a template."""
    values = {**asdict(use), "gaps": orjson.dumps(dict(use.gaps)).decode(), "changed_at": at}
    wish = insert_into(zalo_template_uses, connection.dialect).values(values)
    await connection.execute(
        wish.on_conflict_do_update(index_elements=["office", "use"], set_=values)
    )


async def drop_use(connection: AsyncConnection, office: str, use: Use) -> bool:
    """Have an office use none; tell whether it did."""
    gone = delete(zalo_template_uses).where(U.office == office, U.use == use)
    return (await connection.execute(gone)).rowcount == 1


def _known(row: Row[Any]) -> Known:
    template = Template(
        template_id=row.template_id,
        name=row.name,
        status=row.status,
        quality=row.quality,
        tag=row.tag,
        price_phone=row.price_phone,
        price_uid=row.price_uid,
        params=tuple(Param(**one) for one in orjson.loads(row.params)),
    )
    return Known(
        oa_id=row.oa_id,
        template=template,
        read_at=row.read_at,
        by_phone_alone=row.by_phone_alone,
    )


def _use(row: Row[Any]) -> TemplateUse:
    return TemplateUse(
        office=row.office,
        use=Use(row.use),
        oa_id=row.oa_id,
        template_id=row.template_id,
        gaps=orjson.loads(row.gaps),
    )
