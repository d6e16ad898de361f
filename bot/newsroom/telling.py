"""What the newsroom's use cases share: the broadcast held, the step written, the deed told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.casework.deeds import Acting
from bot.newsroom.refusing import NoSuchBroadcast, Refused
from bot.officials.audit import Deed
from bot.storage.broadcast_rows import (
    add_step,
    find_text,
    find_version,
    hold_broadcast,
    move_broadcast,
)
from broadcasts.approval import Act, Refusal, Text
from broadcasts.texts import Broadcast, Step, StepTaken, Version


async def held(acting: Acting, number: int) -> tuple[Broadcast, Version, Text]:
    """Give a broadcast, locked, with the version that stands and what decides about it.

    Raises:
        NoSuchBroadcast: there is none.
    """
    broadcast = await hold_broadcast(acting.connection, number)
    if broadcast is None:
        raise NoSuchBroadcast
    version = await find_version(acting.connection, broadcast.id, broadcast.version)
    if version is None:
        raise AssertionError("a broadcast has the version that stands")
    return broadcast, version, await find_text(acting.connection, broadcast)


def require(text: Text, act: Act, acting: Acting, reason: str = "") -> None:
    """Ask the rules whether who acts may.

    Raises:
        Refused: they may not.
    """
    officer = officer_of(acting)
    refused = text.refusal(act, officer, reason)
    if refused is not None:
        raise Refused(refused)


async def moved(
    acting: Acting,
    broadcast: Broadcast,
    text: Text,
    act: Act,
    **told: Any,  # noqa: ANN401 - columns, each of its kind
) -> None:
    """Move a broadcast that is held.

    Raises:
        Refused: somebody else moved it all the same.
    """
    status = text.after(act)
    if not await move_broadcast(acting.connection, broadcast, status, at=acting.now, **told):
        raise Refused(Refusal.ELSEWHERE)


async def tell(
    acting: Acting,
    broadcast: Broadcast,
    step: Step,
    *,
    version: int,
    after: Mapping[str, object] | None = None,
    note: str = "",
) -> None:
    """Write a step of the broadcast's history, and its deed."""
    taken = StepTaken(
        version=version, step=step, officer=acting.by.officer, at=acting.now, note=note
    )
    await add_step(acting.connection, broadcast, taken)
    acting.did(
        Deed(
            action=f"broadcast_{step}",
            office=broadcast.office,
            kind="broadcast",
            subject=str(broadcast.id),
            before={"status": str(broadcast.status), "version": broadcast.version},
            after={"version": version, **(after or {})},
            note=note,
        )
    )


def officer_of(acting: Acting) -> int:
    """Give who acts.

    Raises:
        AssertionError: it is nobody with an account; news is written and approved by people.
    """
    if acting.by.officer is None:
        raise AssertionError("news is made by officers")
    return acting.by.officer
