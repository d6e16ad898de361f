"""The settings of a command, or all that is wrong with them."""

from __future__ import annotations

import os

import typer

from bot.settings import BadSettings, Settings


def read_settings() -> Settings:
    """Read the environment, or say all that is wrong with it and exit with 2."""
    try:
        return Settings.from_env(os.environ)
    except BadSettings as fault:
        typer.echo(f"Cấu hình chưa đúng, hãy sửa các biến môi trường sau:\n{fault}", err=True)
        raise typer.Exit(2) from None
