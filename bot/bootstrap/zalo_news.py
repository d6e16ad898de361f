"""Wires what goes to followers unasked: articles, templates, and what is read for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.bootstrap.zalo_channel import ZaloParts, cover_of, purses_of
from bot.channels.zalo.articles import Articles
from bot.channels.zalo.templates import Templates
from bot.delivery.articles import ArticleSender, Style
from bot.delivery.shelf import SqlShelf
from bot.delivery.templates import TemplateSender
from bot.delivery.zalo_accounts import SqlAccounts
from bot.delivery.zalo_choices import SqlChoices
from bot.settings import Settings
from bot.storage.zalo_article_rows import SqlCourses
from bot.storage.zalo_quota_rows import SqlAllowance
from bot.upkeep.ticking import Tick
from bot.upkeep.zalo import AccountReading, reading_ticks
from broadcasts.delivery.ports import Sender
from broadcasts.models import Route


def zalo_senders(settings: Settings, parts: ZaloParts, shelf: SqlShelf) -> Mapping[Route, Sender]:
    """Give the senders of articles and templates."""
    accounts = SqlAccounts(parts.database, parts.clock)
    allowance = SqlAllowance(parts.database, parts.clock)
    articles = ArticleSender(
        Articles(parts.calling),
        SqlCourses(parts.database),
        accounts,
        allowance,
        shelf=shelf,
        clock=parts.clock,
        style=Style(
            cover=cover_of(settings),
            numbers=settings.zalo_target_values == "numbers",
        ),
    )
    templates = TemplateSender(
        Templates(parts.calling),
        SqlChoices(parts.database, parts.clock),
        accounts,
        allowance,
        unreached=purses_of(settings, parts).unreached,
        clock=parts.clock,
    )
    return {articles.route: articles, templates.route: templates}


def zalo_readings(parts: ZaloParts) -> Sequence[Tick]:
    """Give the ticks that read what is kept of accounts."""
    accounts = SqlAccounts(parts.database, parts.clock)
    return reading_ticks(AccountReading(parts.database, parts.calling, accounts, parts.clock))
