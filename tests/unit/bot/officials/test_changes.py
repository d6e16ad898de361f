"""Two people's words in one, marks of what was seen, and who may publish what."""

from __future__ import annotations

from datetime import date

import pytest

from bot.officials.changes import TRANSITIONS, Change, ChangeKind, ChangeStatus, undo_of
from bot.officials.field_marks import Fields, Token, token_of
from bot.officials.fields_merging import differing, merged
from bot.officials.permissions import Action
from bot.officials.publishing_rights import publishing_action, seeing_action
from tests.conftest import NOON


def a_change(before: Fields, after: Fields) -> Change:
    return Change(
        id=1,
        kind=ChangeKind.PROCEDURE,
        office="xa",
        ref="1.001193",
        title="Khai sinh",
        before=before,
        after=after,
        token=Token(""),
        reason="vì",
        status=ChangeStatus.PUBLISHED,
        needs=Action.KNOWLEDGE_PUBLISH,
        author=None,
        made_at=NOON,
    )


def of_source(field: str, name: str) -> dict[str, object]:
    return {"field": field, "source": {"name": name, "seen": "2026-11-01", "url": ""}}


def test_different_fields_are_joined() -> None:
    seen = {"result": "một", "sector": "cũ"}
    joined = merged(seen, {**seen, "result": "hai"}, {**seen, "sector": "mới"})
    assert joined.clashing == ()
    assert joined.fields == {"result": "hai", "sector": "mới"}


def test_what_one_takes_away_and_the_other_leaves_is_gone() -> None:
    joined = merged({"a": 1, "b": 2}, {"b": 2}, {"a": 1, "b": 3})
    assert (joined.fields, joined.clashing) == ({"b": 3}, ())


def test_a_field_both_changed_is_named_and_mine() -> None:
    joined = merged({"a": 1}, {"a": 2}, {"a": 3})
    assert (joined.fields, joined.clashing) == ({"a": 2}, ("a",))
    assert merged({"a": 1}, {}, {"a": 3}).clashing == ("a",)
    assert merged({"a": 1}, {"a": 2}, {"a": 2}).clashing == ()


def test_hiding_what_another_edits_is_a_clash() -> None:
    assert merged({}, {"gone": True}, {"title": "mới"}).clashing == ("gone",)
    assert merged({}, {"title": "mới"}, {"gone": True}).clashing == ("gone",)
    assert merged({"title": "cũ"}, {"gone": True}, {"title": "cũ"}).clashing == ()


def test_the_source_follows_the_field() -> None:
    seen = {"a": 1, "has_card": True, "sources": [of_source("a", "đầu")]}
    mine = {**seen, "b": 2, "sources": [of_source("a", "đầu"), of_source("b", "tôi")]}
    theirs = {**seen, "a": 3, "sources": [of_source("a", "họ")]}
    joined = merged(seen, mine, theirs)
    assert joined.clashing == ()
    assert joined.fields == {
        "a": 3,
        "b": 2,
        "has_card": True,
        "sources": [of_source("a", "họ"), of_source("b", "tôi")],
    }


def test_a_card_taken_away_whole_leaves_nothing() -> None:
    seen = {"a": 1, "has_card": True, "sources": [of_source("a", "đầu")]}
    assert merged(seen, {}, seen).fields == {}


def test_an_undoing_keeps_what_others_changed_since() -> None:
    change = a_change({"a": 1}, {"a": 2, "b": 5})
    assert undo_of(change, {"a": 2, "b": 5}) == {"a": 1}
    assert undo_of(change, {"a": 2, "b": 5, "c": 7}) == {"a": 1, "c": 7}
    assert undo_of(change, {"a": 3, "b": 5}) is None
    assert undo_of(change, {"a": 1}) == {"a": 1}


def test_a_token_tells_other_fields_and_another_record_below() -> None:
    told = {"until": date(2026, 11, 20), "steps": ("một", "hai")}
    plain = {"steps": ["một", "hai"], "until": "2026-11-20"}
    assert token_of(told, "x") == token_of(plain, "x")
    assert token_of(told, "x") != token_of(told, "y")
    assert token_of(told, "x") != token_of({}, "x")


def test_differing_names_what_is_new_gone_or_other() -> None:
    assert differing({"a": 1, "b": 2, "c": 3}, {"b": 2, "c": 4, "d": 5}) == ("a", "c", "d")
    assert a_change({"a": 1}, {"a": 2}).fields == ("a",)


@pytest.mark.parametrize(
    ("kind", "ref", "fields", "action"),
    [
        (ChangeKind.PROCEDURE, "1.001193", ("fee",), Action.KNOWLEDGE_PUBLISH),
        (ChangeKind.GUIDE, "nop", ("title",), Action.KNOWLEDGE_PUBLISH),
        (ChangeKind.HOTLINE, "1022", ("phone",), Action.CONTACTS_PUBLISH),
        (ChangeKind.OFFICE, "xa", ("hours",), Action.CONTACTS_PUBLISH),
        (ChangeKind.OFFICE, "xa", ("hours", "parent"), Action.OFFICES_MANAGE),
        (ChangeKind.SETTING, "wording:greeting", ("text",), Action.WORDING_CHANGE),
        (ChangeKind.SETTING, "notice:1", ("text",), Action.NOTICES_PUBLISH),
        (ChangeKind.SETTING, "channel:web", ("off",), Action.CHANNELS_SWITCH),
        (ChangeKind.SETTING, "trial", ("on",), Action.TRIAL_MANAGE),
        (ChangeKind.SETTING, "rule:four_eyes", ("on",), Action.RULES_CHANGE),
        (ChangeKind.SETTING, "day:2026-11-24", ("name",), Action.CONTACTS_PUBLISH),
    ],
)
def test_each_kind_asks_for_its_own_action(
    kind: ChangeKind, ref: str, fields: tuple[str, ...], action: Action
) -> None:
    assert publishing_action(kind, ref, fields) is action
    setting = kind is ChangeKind.SETTING and not ref.startswith("day:")
    assert seeing_action(kind, ref) is (Action.SETTINGS_SEE if setting else Action.KNOWLEDGE_SEE)


def test_a_setting_nobody_knows_is_nobodys_to_publish() -> None:
    with pytest.raises(KeyError):
        publishing_action(ChangeKind.SETTING, "khac:1")


def test_every_status_has_its_ways_on() -> None:
    assert TRANSITIONS.keys() == set(ChangeStatus)
    ends = {status for status, after in TRANSITIONS.items() if not after}
    assert ends == {
        ChangeStatus.RETURNED,
        ChangeStatus.WITHDRAWN,
        ChangeStatus.UNDONE,
        ChangeStatus.ENDED,
    }
    assert a_change({}, {}).may_become(ChangeStatus.UNDONE)
    assert not a_change({}, {}).may_become(ChangeStatus.WAITING)
