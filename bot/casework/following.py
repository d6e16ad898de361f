"""Use case: the National portal changed what an office tells otherwise: take its word or not."""

from __future__ import annotations

from enum import StrEnum

from bot.casework.changing import propose
from bot.casework.deeds import Acting
from bot.officials.audit import Deed
from bot.officials.changes import Change, Clash, Refusal, Wish
from bot.officials.field_marks import Token
from bot.officials.models import OfficerId
from bot.storage.verdict_rows import put_verdict


class Following(StrEnum):
    """What an office does about a change of the portal's."""

    ACCEPT = "accept"
    KEEP = "keep"


async def accept(
    acting: Acting, number: int, wish: Wish, *, token: Token, publish: bool
) -> Change | Clash | Refusal:
    """Say from now on what the portal says; ``wish`` holds it. A clash stores nothing."""
    done = await propose(acting, wish, token=token, publish=publish)
    if not isinstance(done, Clash):
        await _note(acting, number, wish.office, wish.ref, Following.ACCEPT)
    return done


async def keep(acting: Acting, number: int, office: str, code: str) -> None:
    """Go on saying what the office says."""
    await _note(acting, number, office, code, Following.KEEP)


async def _note(acting: Acting, number: int, office: str, code: str, what: Following) -> None:
    officer = acting.by.officer
    if officer is None:
        raise AssertionError("only officers decide about the portal's word")
    await put_verdict(
        acting.connection,
        number,
        office,
        what,
        officer=OfficerId(officer),
        at=acting.now,
    )
    told = "portal_accepted" if what is Following.ACCEPT else "portal_kept"
    acting.did(Deed(action=told, office=office, kind="procedure", subject=code))
