"""The commands of ``python -m bot officer``."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from bot.commands.environment import read_settings
from bot.commands.wording import words
from bot.errors import CannotBegin
from bot.officials.models import EVERYWHERE, Role

app = typer.Typer(name="officer", no_args_is_help=True, help="Keep the accounts of officers.")
Login = Annotated[str, typer.Argument(help="The login of the account.")]


@app.command()
def add(
    stray: Annotated[list[str] | None, typer.Argument(hidden=True, metavar="")] = None,
    login: Annotated[
        str, typer.Option(help="a-z, 0-9, dot, dash or line below; 3 to 64. Asked for if absent.")
    ] = "",
    name: Annotated[str, typer.Option(help="The officer's name. Asked for if absent.")] = "",
    role: Annotated[
        str, typer.Option(metavar="|".join(Role), help="What the officer may do.")
    ] = Role.ADMINISTRATOR,
    office: Annotated[
        str, typer.Option(help="The office's code, with all below it; all when left out.")
    ] = EVERYWHERE,
) -> None:
    """Make an account and print its one-time link; it has no password until that is used."""
    from bot.commands.officer import accounts  # noqa: PLC0415 - keeps --help quick

    told, place = words("officer"), office or words("officer")["everywhere"]
    if stray:
        raise CannotBegin(told["stray"].format(stray=" ".join(stray), login=stray[0]))
    if role not in set(Role):
        known = ", ".join(f"{one} ({told[one]})" for one in Role)
        raise CannotBegin(told["unknown_role"].format(role=role, known=known))
    settings = read_settings()
    login, name = login or _asked("login"), name or _asked("name")
    link = asyncio.run(accounts.add(settings, login, name, role=Role(role), office=office))
    typer.echo(told["added"].format(login=login, name=name, role=told[role], office=place))
    _show(link.hours, link.address)


@app.command("list")
def list_() -> None:
    """Print every account with its roles."""
    from bot.commands.officer import accounts  # noqa: PLC0415 - keeps --help quick

    settings = read_settings()
    people = asyncio.run(accounts.everybody(settings))
    for line in people or (words("officer")["none"],):
        typer.echo(line)
    if settings.console_secret is None:
        typer.echo(words("officer")["secrets_plain"], err=True)


@app.command()
def reset(
    login: Login,
    second: Annotated[
        bool, typer.Option("--second", help="Take away the second factor instead.")
    ] = False,
) -> None:
    """Print a one-time link to a new password."""
    from bot.commands.officer import accounts  # noqa: PLC0415 - keeps --help quick

    settings = read_settings()
    if second:
        asyncio.run(accounts.reset_second(settings, login))
        typer.echo(words("officer")["second_reset"].format(login=login))
        return
    link = asyncio.run(accounts.reset(settings, login))
    _show(link.hours, link.address)


@app.command()
def off(login: Login) -> None:
    """Switch an account off: it stays in the record, and nobody comes in by it."""
    from bot.commands.officer import accounts  # noqa: PLC0415 - keeps --help quick

    asyncio.run(accounts.switch_off(read_settings(), login))
    typer.echo(words("officer")["off"].format(login=login))


def _asked(what: str) -> str:
    """Ask at the terminal; nothing typed is nothing, and who goes away is told what to write."""
    try:
        return str(typer.prompt(words("officer")[f"ask_{what}"], default="", show_default=False))
    except typer.Abort:
        raise CannotBegin(words("officer")["not_told"]) from None


def _show(hours: int, address: str) -> None:
    typer.echo(words("officer")["link"].format(hours=hours))
    typer.echo(address)
