"""Wires what comes in from Zalo's Official Accounts: the door, and who sorts behind it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass
from typing import Final

from bot.bell import Bell
from bot.channels.zalo.signature import Prefix, Signature
from bot.clock import Clock
from bot.handling.own.granting import OwnData
from bot.intake.arrivals import Arrivals, Beside
from bot.intake.happenings import Happenings
from bot.intake.inbox import Inbox
from bot.intake.sorting import Sorter
from bot.intake.tallies import Marks
from bot.metrics import Metrics
from bot.settings import Settings
from bot.storage.database import Database
from bot.vault import Vault, Vaults

# Why the channel is not there: a call is kept sealed, or not at all.
NO_KEYS: Final = "keys_lacking"


@dataclass(frozen=True, slots=True)
class Around:
    """What many parts of a house have in common; ``marks`` where there are accounts of Zalo."""

    database: Database
    vaults: Vaults
    clock: Clock
    bell: Bell
    metrics: Metrics
    marks: Marks | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ZaloDoor:
    """The door of a webhook, and what works beside it."""

    arrivals: Arrivals
    sorter: Sorter
    marks: Marks

    def work(self, stopping: asyncio.Event) -> Iterator[Coroutine[None, None, None]]:
        """Give what runs as long as the house does."""
        yield self.sorter.sorting(stopping)
        yield self.marks.writing(stopping)


def zalo_fault(settings: Settings, vault: Vault | None) -> str:
    """Tell why an app that is named has no door; empty where it has one, or is not named."""
    return NO_KEYS if settings.zalo_app_id and vault is None else ""


def zalo_door(
    settings: Settings,
    around: Around,
    inbox: Inbox,
    own: OwnData,
    office: Callable[[str], str],
) -> ZaloDoor | None:
    """Make the door of the app that the settings name; none without keys to keep calls with.

    Withdrawn consents are granted by ``own``; ``office`` gives that of an account.
    """
    vault, marks = around.vaults.data, around.marks
    if marks is None or vault is None:
        return None
    beside = Beside(
        database=around.database,
        vault=vault,
        clock=around.clock,
        bell=around.bell,
        metrics=around.metrics,
        marks=marks,
    )
    arrivals = Arrivals(beside, _signature(settings))
    happenings = Happenings(inbox=inbox, own=own, office=office, pause=settings.zalo_pause)
    sorter = Sorter(beside, happenings, behind=arrivals.behind)
    return ZaloDoor(arrivals=arrivals, sorter=sorter, marks=marks)


def _signature(settings: Settings) -> Signature:
    """Try the secrets of the webhook's page, and the app's own: the sources do not agree."""
    own = (settings.zalo_app_secret,) if settings.zalo_app_secret else ()
    secrets = (*settings.zalo_webhook_secrets, *own)
    return Signature(
        settings.zalo_app_id,
        [one.get_secret_value() for one in secrets],
        [Prefix(one) for one in settings.zalo_signature_prefixes],
        window=settings.zalo_replay_window,
    )
