"""What seldom happens between a person and an OA, each told by its event.

Of most of these events Zalo publishes the name alone: what they hold here is the least they may.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from tests.fakes.zalo.citizens import Citizen
from tests.fakes.zalo.events import Event
from tests.fakes.zalo.people import Json, new_id

# What counts as an act of theirs, so that the windows begin anew.
ACTIVE: Final = frozenset({"user_call_oa", "widget_interaction_accepted"})


def _bare(_citizen: Citizen) -> Json:
    return {}


def _info(citizen: Citizen) -> Json:
    return {"info": {"name": citizen.name, "phone": citizen.phone or "84912345678"}}


def _tag(citizen: Citizen) -> Json:
    return {"tag": {"user_ids": [citizen.user_id], "name": "hỏi"}}


def _group(_citizen: Citizen) -> Json:
    return {"group_id": new_id(), "message": {"msg_id": new_id(), "text": "Xin chào cả nhóm"}}


def _pressed(_citizen: Citizen) -> Json:
    return {"message": {"msg_id": new_id(), "text": "#menu"}}


def _template(_citizen: Citizen) -> Json:
    return {"template_id": new_id()[-6:], "message": {"msg_id": new_id(), "rate": 5, "note": ""}}


RARE: Final[Mapping[str, Callable[[Citizen], Json]]] = {
    "user_call_oa": _bare,
    "widget_interaction_accepted": _bare,
    "update_user_info": _info,
    "remove_user_from_tag": _tag,
    "remove_tag": _tag,
    "user_feedback": _template,
    "oa_send_consent": _bare,
    "user_reply_consent": _bare,
    "extension_purchased": _bare,
    "user_send_group_text": _group,
    "oa_send_group_text": _group,
    "user_join_group": _group,
    "user_click_button": _pressed,
    "user_click_link": _pressed,
}


async def happens(citizen: Citizen, name: str) -> Event:
    """Have it happen; a name nobody knows has an event with nothing particular in it."""
    if name in ACTIVE:
        citizen.interacts(citizen.doors.world.clock.now())
    told = RARE.get(name, _bare)(citizen)
    if name.startswith("oa_"):
        told |= {"sender": {"id": citizen.account.oa_id}, "recipient": {"id": citizen.user_id}}
    return await citizen.does(name, **told)
