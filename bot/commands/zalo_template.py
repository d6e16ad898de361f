"""``python -m bot zalo template``: which templates an office uses, for what."""

from __future__ import annotations

import asyncio
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.at_zalo import AnAccount, account_of, accounts_at_zalo, alone
from bot.commands.environment import read_settings
from bot.commands.wording import words
from bot.errors import CannotBegin

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.settings import Settings
    from bot.storage.zalo_template_rows import Known

app = typer.Typer(name="template", no_args_is_help=True, help="Templates (ZBS) of an account.")
AnOffice = Annotated[str, typer.Argument(help="The office's code.")]


class For(StrEnum):
    """What a template is used for; the values are those of ``Use``."""

    NEWS = "news"
    FEEDBACK = "feedback"


AUse = Annotated[For, typer.Option("--for", help="News, or answers to feedback.")]


@app.command("list")
def listed(account: AnAccount) -> None:
    """List the templates as Zalo told them last."""
    known = asyncio.run(_known(read_settings(), account))
    typer.echo("\n\n".join(map(_told, known)) or words("zalo")["no_templates"])


@app.command()
def read(account: AnAccount) -> None:
    """Read the templates and what is left of the day from Zalo now."""
    count = asyncio.run(_read(read_settings(), account))
    typer.echo(words("zalo")["templates_read"].format(count=count))


@app.command()
def use(
    office: AnOffice,
    template: Annotated[str, typer.Argument(help="The template's id.")],
    fill: Annotated[
        list[str] | None, typer.Option(help="What fills a gap: name={tieu_de}; repeatable.")
    ] = None,
    used: AUse = For.NEWS,
) -> None:
    """Have an office use a template, at its price, for who cannot be written to in the chat."""
    gaps = dict(_pair(one) for one in fill or ())
    asyncio.run(_choose(read_settings(), office, used, template, gaps))
    typer.echo(words("zalo")[f"template_chosen_{used}"].format(office=office))


@app.command()
def leave(office: AnOffice, used: AUse = For.NEWS) -> None:
    """Have an office use no template for something any more."""
    asyncio.run(_choose(read_settings(), office, used, "", {}))
    typer.echo(words("zalo")[f"template_left_{used}"].format(office=office))


def _pair(told: str) -> tuple[str, str]:
    name, sign, value = told.partition("=")
    if not sign or not name.strip():
        raise CannotBegin(words("zalo")["template_pair"].format(typed=told))
    return name.strip(), value.strip()


async def _read(settings: Settings, account: str) -> int:
    from bot.bootstrap.zalo_news import account_reading  # noqa: PLC0415 - keeps --help quick

    with alone(settings):
        async with accounts_at_zalo(settings) as parts:
            account = await account_of(parts.database, account)
            reading = account_reading(parts)
            count = await reading.templates(account)
            await reading.quotas(account)
            return count


async def _known(settings: Settings, account: str) -> Sequence[Known]:
    from bot.storage.opening import open_database  # noqa: PLC0415 - keeps --help quick
    from bot.storage.zalo_template_rows import templates_of  # noqa: PLC0415

    async with open_database(settings) as database:
        account = await account_of(database, account)
        async with database.reading() as connection:
            return await templates_of(connection, account)


async def _choose(
    settings: Settings, office: str, used: For, template: str, gaps: Mapping[str, str]
) -> None:
    """Choose a template for an office; without one, leave the one it has."""
    from bot.casework.deeds import COMMAND_LINE, acting  # noqa: PLC0415 - keeps --help quick
    from bot.casework.zalo.choosing import Choice, NotChosen, choose, leave  # noqa: PLC0415
    from bot.clock import SystemClock  # noqa: PLC0415
    from bot.storage.opening import open_database  # noqa: PLC0415
    from bot.storage.zalo_template_rows import Use  # noqa: PLC0415

    use, site = Use(used), settings.public_url
    wish = Choice(office=office, use=use, template=template, gaps=gaps, site=site)
    try:
        async with (
            open_database(settings) as database,
            acting(database, SystemClock(), COMMAND_LINE) as doing,
        ):
            await (choose(doing, wish) if template else leave(doing, office, use))
    except NotChosen as refused:
        raise CannotBegin(words("zalo")[str(refused.why)].format(named=refused.named)) from None


def _told(one: Known) -> str:
    template = one.template
    gaps = ", ".join(f"{gap.name} ({gap.least}–{gap.most})" for gap in template.params)
    told = words("zalo")["template"]
    return told.format(
        id=template.template_id,
        name=template.name,
        status=template.status,
        price=template.price_uid if template.price_uid is not None else "?",
        gaps=gaps,
        read=f"{one.read_at:%d/%m/%Y}",
    )
