"""Who may do what where: one table, and deny for all that does not stand in it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any, Final

from bot.errors import BotError
from bot.officials.models import EVERYWHERE, Grant, Role
from bot.officials.tree import OfficeTree

REACHES: Final = {"b": True, "-": False}


class Action(StrEnum):
    """One kind of thing an officer may do in the console."""

    HOME_SEE = "home_see"
    QUESTIONS_SEE = "questions_see"
    QUESTIONS_ANSWER = "questions_answer"
    QUESTIONS_SORT = "questions_sort"
    TALKS_SEE = "talks_see"
    TALKS_TAKE = "talks_take"
    KNOWLEDGE_SEE = "knowledge_see"
    KNOWLEDGE_PREPARE = "knowledge_prepare"
    KNOWLEDGE_PUBLISH = "knowledge_publish"
    KNOWLEDGE_IMPORT = "knowledge_import"
    SYNC_DECIDE = "sync_decide"
    CONTACTS_PREPARE = "contacts_prepare"
    CONTACTS_PUBLISH = "contacts_publish"
    SETTINGS_SEE = "settings_see"
    WORDING_CHANGE = "wording_change"
    NOTICES_PUBLISH = "notices_publish"
    CHANNELS_SWITCH = "channels_switch"
    ZALO_CONNECT = "zalo_connect"
    TRIAL_MANAGE = "trial_manage"
    RULES_CHANGE = "rules_change"
    PEOPLE_SEE = "people_see"
    PEOPLE_MANAGE = "people_manage"
    OFFICES_MANAGE = "offices_manage"
    AUDIT_SEE = "audit_see"
    PLANS_SEE = "plans_see"
    PLANS_PREPARE = "plans_prepare"
    NEWS_SEE = "news_see"
    NEWS_PREPARE = "news_prepare"
    NEWS_APPROVE = "news_approve"
    NEWS_RUN = "news_run"
    NEWS_URGENT = "news_urgent"
    SUBSCRIBERS_SEE = "subscribers_see"
    SUBSCRIBERS_MANAGE = "subscribers_manage"
    CASES_SEE = "cases_see"
    CASES_ENTER = "cases_enter"
    CASES_WORK = "cases_work"
    CASES_PERSONAL = "cases_personal"
    CASES_ASSIGN = "cases_assign"
    CASES_ANSWER = "cases_answer"
    CASES_REFUSE = "cases_refuse"
    CASES_IMPORT = "cases_import"
    CASES_EXPORT = "cases_export"
    CASES_PUBLISH = "cases_publish"
    CASE_REPORTS = "case_reports"
    CASES_SETTINGS = "cases_settings"
    SEALED_APPOINT = "sealed_appoint"
    DATA_WISHES = "data_wishes"


Table = Mapping[Action, frozenset[Role]]


class BadTable(BotError):
    """The table of permissions lacks a cell or holds one nobody knows."""


@cache
def permissions() -> Table:
    """Give the roles that each action is open to, read once.

    Raises:
        BadTable: not every action has a cell for every role.
    """
    data = files("bot.officials").joinpath("data/permissions.toml").read_text(encoding="utf-8")
    return read_table(tomllib.loads(data))


def read_table(told: Mapping[str, Any]) -> Table:
    """Read the table as it stands in ``data/permissions.toml``.

    Raises:
        BadTable: not every action has a cell for every role.
    """
    roles, reach = told["roles"], told["reach"]
    if sorted(roles) != sorted(Role) or sorted(reach) != sorted(Action):
        raise BadTable("permissions.toml: every role and every action once, and no other")
    try:
        return {
            Action(action): frozenset(
                Role(role) for role, cell in zip(roles, cells, strict=True) if REACHES[cell]
            )
            for action, cells in reach.items()
        }
    except (KeyError, ValueError) as fault:
        raise BadTable(f"permissions.toml: {fault}") from fault


def may(grants: Iterable[Grant], action: Action, office: str, tree: OfficeTree) -> bool:
    """Tell whether somebody with ``grants`` may do ``action`` at ``office``."""
    roles = permissions()[action]
    return any(grant.role in roles and tree.covers(grant.office, office) for grant in grants)


def offices_for(
    grants: Iterable[Grant], action: Action, tree: OfficeTree
) -> frozenset[str] | None:
    """Give the offices at which ``action`` is open; ``None`` means all, with no filter."""
    roles = permissions()[action]
    reached = {grant.office for grant in grants if grant.role in roles}
    if EVERYWHERE in reached:
        return None
    return frozenset().union(*map(tree.branch, reached))
