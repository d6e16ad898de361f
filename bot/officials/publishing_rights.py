"""What somebody must be given to publish a change of something, or to see one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from bot.officials.changes import ChangeKind
from bot.officials.fields_merging import GONE
from bot.officials.permissions import Action

# How the settings that are days off, or days worked instead, begin.
DAYS: Final = "day:"
SETTING_ACTIONS: Final[Mapping[str, Action]] = {
    "wording": Action.WORDING_CHANGE,
    "notice": Action.NOTICES_PUBLISH,
    "channel": Action.CHANNELS_SWITCH,
    "trial": Action.TRIAL_MANAGE,
    "rule": Action.RULES_CHANGE,
    "day": Action.CONTACTS_PUBLISH,
    "deadline": Action.CASES_SETTINGS,
    "deadline_profile": Action.CASES_SETTINGS,
    "case_template": Action.CASES_SETTINGS,
    "reception": Action.CASES_SETTINGS,
    "body": Action.CASES_SETTINGS,
}
# All that somebody may be given so that changes wait for them.
PUBLISHING: Final = frozenset(
    {
        Action.KNOWLEDGE_PUBLISH,
        Action.CONTACTS_PUBLISH,
        Action.OFFICES_MANAGE,
        *SETTING_ACTIONS.values(),
    }
)
# What makes the tree of offices, beside what an office says of itself.
OF_THE_TREE: Final = frozenset({"name", "parent", "province", "serves", "sample", GONE})


def publishing_action(kind: ChangeKind, ref: str, fields: Iterable[str] = ()) -> Action:
    """Give what somebody must be given to publish a change of ``fields``, or to take it back.

    Raises:
        KeyError: no setting of that key is known.
    """
    if kind is ChangeKind.SETTING:
        return SETTING_ACTIONS[ref.partition(":")[0]]
    if kind is ChangeKind.OFFICE and not OF_THE_TREE.isdisjoint(fields):
        return Action.OFFICES_MANAGE
    if kind in (ChangeKind.OFFICE, ChangeKind.HOTLINE):
        return Action.CONTACTS_PUBLISH
    return Action.KNOWLEDGE_PUBLISH


def seeing_action(kind: ChangeKind, ref: str) -> Action:
    """Give what somebody must be given to see changes of such a thing; days off stand for all."""
    setting = kind is ChangeKind.SETTING and not ref.startswith(DAYS)
    return Action.SETTINGS_SEE if setting else Action.KNOWLEDGE_SEE
