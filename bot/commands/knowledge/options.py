"""What several of the commands may be told."""

from __future__ import annotations

from typing import Annotated

import typer

OfficeOption = Annotated[
    str,
    typer.Option(
        "--office", help="Code of the office that speaks; the deployment's own if left out."
    ),
]
