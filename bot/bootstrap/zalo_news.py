"""Wires what goes to followers unasked: articles, templates, and what is read for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.bootstrap.zalo_channel import ZaloParts, cover_of, purses_of
from bot.casework.telling import Desks
from bot.channels.zalo.articles import Articles
from bot.channels.zalo.templates import Templates
from bot.channels.zalo.window import Paying
from bot.delivery.answer_templates import AnswerTemplates
from bot.delivery.articles import ArticleSender, Style
from bot.delivery.shelf import SqlShelf
from bot.delivery.template_calls import TemplateCalls
from bot.delivery.templates import TemplateSender
from bot.delivery.zalo_accounts import SqlAccounts
from bot.delivery.zalo_choices import SqlChoices
from bot.handling.answers_unheard import UnheardAnswers
from bot.handling.sealing import Seals
from bot.settings import Settings
from bot.storage.zalo_article_rows import SqlCourses
from bot.storage.zalo_quota_rows import SqlAllowance
from bot.upkeep.ticking import Tick
from bot.upkeep.zalo import AccountReading, answer_ticks, reading_ticks
from bot.vault import Vault
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
    choices = SqlChoices(parts.database, parts.clock)
    calls = template_calls(settings, parts, choices)
    templates = TemplateSender(calls, choices, accounts, clock=parts.clock)
    return {articles.route: articles, templates.route: templates}


def zalo_readings(parts: ZaloParts) -> Sequence[Tick]:
    """Give the ticks that read what is kept of accounts."""
    return reading_ticks(account_reading(parts))


def account_reading(parts: ZaloParts) -> AccountReading:
    """Give what reads what is kept of accounts."""
    accounts = SqlAccounts(parts.database, parts.clock)
    return AccountReading(
        parts.database, parts.calling, accounts, parts.clock, count=parts.marks.write
    )


def template_calls(settings: Settings, parts: ZaloParts, choices: SqlChoices) -> TemplateCalls:
    """Give what sends templates."""
    return TemplateCalls(
        templates=Templates(parts.calling),
        purse=SqlAllowance(parts.database, parts.clock),
        unreached=purses_of(settings, parts).unreached,
        by_phone_alone=choices.by_phone_alone,
        clock=parts.clock,
    )


def zalo_answers(
    settings: Settings, parts: ZaloParts, desks: Desks, vault: Vault | None
) -> Sequence[Tick]:
    """Give the tick that tells of unheard answers, where paying for it is allowed."""
    if settings.zalo_paid != Paying.PAY:
        return ()
    choices = SqlChoices(parts.database, parts.clock)
    answers = AnswerTemplates(
        calls=template_calls(settings, parts, choices),
        choices=choices,
        accounts=SqlAccounts(parts.database, parts.clock),
        unheard=UnheardAnswers(parts.database, Seals(vault)),
        desks=desks,
        clock=parts.clock,
        site=settings.public_url,
    )
    return answer_ticks(answers.round)
