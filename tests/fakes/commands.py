"""The commands of the program, laid out once for all tests of a process.

A program lays them out once, too; the runner of the tests does so for each command anew, which
takes longer than most of them.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from typer import main, testing

_LAYS_OUT: Final = "_get_command"


def lay_out_commands_once() -> None:
    """Let every ``CliRunner`` of this process take the commands that another one laid out."""
    assert getattr(testing, _LAYS_OUT) is main.get_command, "typer has another name for it"
    setattr(testing, _LAYS_OUT, cache(main.get_command))
