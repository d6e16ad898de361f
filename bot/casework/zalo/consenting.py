"""Use case: begin a consent and recognise the one that comes back.

The callback tells a code, the account and, in mode ``request``, a state. A code is worth something
only with the app's secret and the verifier, but it must not be taken from whoever asks an officer
to open a link: an officer began the consent themselves, lately, and says once more which account
goes with which office before anything is exchanged.
"""

from __future__ import annotations

import base64
import hmac
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

import orjson
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.casework.deeds import Acting
from bot.channels.zalo.oauth import CONSENT_LASTS, new_state, new_verifier
from bot.officials.audit import Deed
from bot.officials.models import OfficerId
from bot.settings import Settings
from bot.storage.zalo_begun_rows import (
    Begun,
    consent_begun,
    drop_consents,
    fixed_verifier,
    put_consent,
    put_verifier,
)
from bot.vault import Damaged, UnknownKey, Vault, place

# How long somebody may take from beginning to agreeing at Zalo.
BEGUN_FOR: Final = timedelta(hours=1)
REQUEST: Final = "request"


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """What Zalo's callback brought, as an officer received it."""

    code: str = field(repr=False)
    oa_id: str
    state: str = field(repr=False)
    at: datetime

    def is_late(self, now: datetime) -> bool:
        """Tell whether Zalo no longer takes the code."""
        return now - self.at > CONSENT_LASTS


async def kept_verifier(connection: AsyncConnection, vault: Vault, settings: Settings) -> str:
    """Give the verifier whose challenge is saved with the app; empty while there is none."""
    if settings.zalo_code_verifier:
        return settings.zalo_code_verifier.get_secret_value()
    return await fixed_verifier(connection, vault, settings.zalo_app_id)


async def make_verifier(acting: Acting, vault: Vault, settings: Settings) -> None:
    """Make the verifier whose challenge is to be saved with the app, where there is none."""
    if await kept_verifier(acting.connection, vault, settings):
        return
    app = settings.zalo_app_id
    await put_verifier(acting.connection, vault, app, new_verifier(), acting.now)
    acting.did(Deed(action="zalo_challenge_made", office="", kind="zalo", subject=app))


async def begin_consent(acting: Acting, vault: Vault, settings: Settings, office: str) -> Begun:
    """Begin a consent for ``office`` in the name of the officer who acts."""
    verifier = new_verifier()
    if settings.zalo_consent != REQUEST:
        await make_verifier(acting, vault, settings)
        verifier = await kept_verifier(acting.connection, vault, settings)
    officer = acting.by.officer
    if officer is None:
        raise ValueError("an officer begins a consent")
    begun = Begun(
        state=new_state(),
        office=office,
        officer=OfficerId(officer),
        verifier=verifier,
        made_at=acting.now,
    )
    await drop_consents(acting.connection, acting.now - BEGUN_FOR)
    await put_consent(acting.connection, vault, begun)
    acting.did(Deed(action="zalo_consent_begun", office=office, kind="zalo", subject=office))
    return begun


async def begun_by(
    connection: AsyncConnection, vault: Vault, officer: OfficerId, now: datetime
) -> Begun | None:
    """Give the consent an officer began within the hour."""
    return await consent_begun(connection, vault, officer, since=now - BEGUN_FOR)


def answers(returned: Returned, begun: Begun, settings: Settings) -> bool:
    """Tell whether what came back belongs to what was begun.

    A link saved at Zalo carries no state; one that comes all the same must be ours.
    """
    if not returned.state:
        return settings.zalo_consent != REQUEST
    return hmac.compare_digest(returned.state.encode(), begun.state.encode())


def sealed_for(vault: Vault, returned: Returned, officer: OfficerId) -> str:
    """Give what came back as a form carries it: for this officer alone, and unreadable."""
    told = [returned.code, returned.oa_id, returned.state, returned.at.isoformat()]
    sealed = vault.seal(orjson.dumps(told), _place(officer))
    return base64.urlsafe_b64encode(sealed).rstrip(b"=").decode()


def opened_for(vault: Vault, sealed: str, officer: OfficerId) -> Returned | None:
    """Give what ``sealed_for`` sealed for this officer; nothing of anything else."""
    try:
        raw = base64.urlsafe_b64decode(sealed + "=" * (-len(sealed) % 4))
        code, oa_id, state, at = orjson.loads(vault.open(raw, _place(officer)))
    except (ValueError, Damaged, UnknownKey):
        return None
    return Returned(code=code, oa_id=oa_id, state=state, at=datetime.fromisoformat(at))


def _place(officer: OfficerId) -> str:
    return place("zalo_callback", officer)
