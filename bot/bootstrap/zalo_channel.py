"""Wires what goes out to followers of Official Accounts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from bot.bootstrap.cupboard import Cupboard
from bot.bootstrap.zalo import ZaloApp
from bot.channels.addressed import Addressed
from bot.channels.uploads import Uploads
from bot.channels.zalo.calling import Calling
from bot.channels.zalo.channel import ZaloChannel
from bot.channels.zalo.giving import Giving
from bot.channels.zalo.lines import Lines
from bot.channels.zalo.looking import Looking
from bot.channels.zalo.media import Media
from bot.channels.zalo.paces import Paces
from bot.channels.zalo.refreshing import Refreshing
from bot.channels.zalo.rendering import Offering
from bot.channels.zalo.sending import Manner, Sending
from bot.channels.zalo.tokens import Tokens
from bot.channels.zalo.window import Paying, Policy
from bot.clock import Clock
from bot.delivery.zalo_accounts import SqlAccounts
from bot.delivery.zalo_calls import SqlCallLog
from bot.delivery.zalo_purses import SqlPurses
from bot.intake.tallies import Marks
from bot.settings import Settings
from bot.storage.database import Database
from bot.storage.zalo_token_rows import SqlTokenStore
from bot.vault import Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class ZaloParts:
    """What calls in accounts' names are made of; whoever calls takes the same."""

    app: ZaloApp
    database: Database
    clock: Clock
    store: SqlTokenStore
    tokens: Tokens
    paces: Paces
    calling: Calling
    marks: Marks

    @classmethod
    def of(
        cls, app: ZaloApp, most: int, database: Database, clock: Clock, vault: Vault | None
    ) -> Self:
        """Make them of the app, which has one connection to Zalo; no ``vault`` opens no token."""
        store = SqlTokenStore(database, vault)
        tokens = Tokens(store, Refreshing(store, app.oauth, clock=clock), clock)
        paces = Paces(lambda oa: SqlCallLog(database, f"zalo:{oa}", clock), most)
        marks = Marks(database, clock)
        calling = Calling(app.client, tokens, paces, marks.count)
        return cls(
            app=app,
            database=database,
            clock=clock,
            store=store,
            tokens=tokens,
            paces=paces,
            calling=calling,
            marks=marks,
        )


def purses_of(settings: Settings, parts: ZaloParts) -> SqlPurses:
    """Give the purses messages are taken from, as the office pays."""
    policy = Policy(free_replies=settings.zalo_free_replies, paying=Paying(settings.zalo_paid))
    return SqlPurses(parts.database, policy, parts.clock)


def cover_of(settings: Settings) -> str:
    """Give the address of the picture for what has none of its own."""
    return f"{settings.public_url}/static/cover.png"


def zalo_channel(settings: Settings, parts: ZaloParts, cupboard: Cupboard) -> ZaloChannel:
    """Make the channel of all accounts."""
    accounts, lines = SqlAccounts(parts.database, parts.clock), Lines()
    media = Media(Uploads(cupboard.shelf, cupboard.copies, cupboard.answers))
    sending = Sending(
        Giving(parts.calling, purses_of(settings, parts), media),
        paces=parts.paces,
        accounts=accounts,
        media=media,
        lines=lines,
        clock=parts.clock,
        manner=Manner(
            offering=Offering(settings.zalo_buttons),
            picture=cover_of(settings),
        ),
    )
    return ZaloChannel(
        sending,
        paces=parts.paces,
        lines=lines,
        looking=Looking(parts.calling, accounts, accounts, lines),
        tokens=parts.tokens,
        files=Addressed(settings.zalo_file_hosts),
    )
