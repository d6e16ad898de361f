"""Use cases: submit a text, approve it, return it to its author, take it back.

Whoever calls asks first whether the officer's role allows it at the broadcast's office.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from bot.casework.deeds import Acting
from bot.newsroom.public_data import samples_in, without_public
from bot.newsroom.realm import Realm
from bot.newsroom.refusing import Refused, Unready
from bot.newsroom.telling import held, moved, require, tell
from bot.privacy import mask
from bot.storage.broadcast_rows import find_broadcast, put_version
from broadcasts.approval import Act, Refusal
from broadcasts.composing.checking import Draft, Finding, blocking, check
from broadcasts.composing.gaps import filled
from broadcasts.composing.likeness import digest
from broadcasts.models import NewsText
from broadcasts.texts import Broadcast, Step, Version


def whole(realm: Realm, broadcast: Broadcast, version: Version) -> NewsText:
    """Give a text as it would be frozen: its gaps filled, by who wrote it or by the office."""
    told = {name: value for name, value in version.variables.items() if value.strip()}
    return filled(version.text, realm.values(broadcast.office) | told)


def look_over(realm: Realm, broadcast: Broadcast, version: Version) -> tuple[Finding, ...]:
    """Tell all that is to be mended or looked at again in a text."""

    def personal(told: str) -> Collection[str]:
        return mask(without_public(told, realm.snapshot)).kinds

    text = whole(realm, broadcast, version)
    draft = Draft(
        kind=broadcast.kind,
        text=text,
        audience=version.audience,
        samples=samples_in(text, realm.snapshot),
    )
    return check(draft, personal)


async def submit(acting: Acting, realm: Realm, number: int) -> Broadcast:
    """Freeze a draft and lay it before who may approve it.

    Raises:
        NoSuchBroadcast: there is none.
        Refused: it is no draft.
        Unready: it is not complete.
    """
    broadcast, version, text = await held(acting, number)
    require(text, Act.SUBMIT, acting)
    await freeze(acting, realm, broadcast, version)
    await moved(acting, broadcast, text, Act.SUBMIT, title=_title(realm, broadcast, version))
    await tell(acting, broadcast, Step.SUBMITTED, version=broadcast.version)
    return await _again(acting, broadcast)


async def approve(acting: Acting, number: int, *, version: int | None = None) -> Broadcast:
    """Let a text be scheduled; ``version`` is the one that was read, if it was read before.

    Raises:
        NoSuchBroadcast: there is none.
        Refused: it was not submitted, another version was, or who approves has written in it.
    """
    broadcast, _, text = await held(acting, number)
    if version is not None and version != broadcast.version:
        raise Refused(Refusal.ELSEWHERE)
    require(text, Act.APPROVE, acting)
    await moved(acting, broadcast, text, Act.APPROVE)
    await tell(acting, broadcast, Step.APPROVED, version=broadcast.version)
    return await _again(acting, broadcast)


async def return_for_changes(acting: Acting, number: int, note: str) -> Broadcast:
    """Send a text back to its author, with what is to be mended.

    Raises:
        NoSuchBroadcast: there is none.
        Refused: it was not submitted, or nothing is said.
    """
    broadcast, _, text = await held(acting, number)
    require(text, Act.RETURN, acting, note)
    await moved(acting, broadcast, text, Act.RETURN)
    await tell(acting, broadcast, Step.RETURNED, version=broadcast.version, note=note)
    return await _again(acting, broadcast)


async def withdraw(acting: Acting, number: int) -> Broadcast:
    """Take a submitted text back before anybody has decided.

    Raises:
        NoSuchBroadcast: there is none.
        Refused: it was decided about, or never submitted.
    """
    broadcast, _, text = await held(acting, number)
    require(text, Act.WITHDRAW, acting)
    await moved(acting, broadcast, text, Act.WITHDRAW)
    await tell(acting, broadcast, Step.WITHDRAWN, version=broadcast.version)
    return await _again(acting, broadcast)


async def freeze(acting: Acting, realm: Realm, broadcast: Broadcast, version: Version) -> Version:
    """Fill the gaps of a version and freeze it; one that is frozen stays as it is.

    Raises:
        Unready: it is not complete.
    """
    if version.frozen_at is not None:
        return version
    wrong = blocking(look_over(realm, broadcast, version))
    if wrong:
        raise Unready(wrong)
    text = whole(realm, broadcast, version)
    frozen = replace(version, text=text, digest=digest(text), frozen_at=acting.now)
    await put_version(acting.connection, frozen)
    return frozen


def _title(realm: Realm, broadcast: Broadcast, version: Version) -> str:
    frozen = version.frozen_at is not None
    return version.text.title if frozen else whole(realm, broadcast, version).title


async def _again(acting: Acting, broadcast: Broadcast) -> Broadcast:
    found = await find_broadcast(acting.connection, broadcast.id)
    if found is None:
        raise AssertionError("a row just written is there")
    return found
