"""Who is there: people by pages, one person, tags, and what was said."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, Final

from tests.fakes.zalo.clock import VIETNAM
from tests.fakes.zalo.gate import Call
from tests.fakes.zalo.people import Json, Person
from tests.fakes.zalo.reading import only, text, whole, wrong
from tests.fakes.zalo.webhooks import Webhooks
from tests.fakes.zalo.world import World

LAST_OFFSET: Final = 9_951
PAGE: Final = 50
TALK_PAGE: Final = 10
_SPAN: Final = re.compile(r"(\d{4})_(\d\d)_(\d\d):(\d{4})_(\d\d)_(\d\d)")
Wanted = Callable[[Person], bool]


class Listing:
    """The calls about people, their tags and conversations."""

    def __init__(self, world: World, webhooks: Webhooks) -> None:
        self._world = world
        self._webhooks = webhooks

    async def getlist(self, call: Call) -> Json:
        members = ("offset", "count", "tag_name", "last_interaction_period", "is_follower")
        asked = only(call.args, "data", members, ("offset", "count"))
        offset = whole(asked["offset"], "offset", LAST_OFFSET)
        count = whole(asked["count"], "count", PAGE)
        wanted = self._wanted(asked)
        found = [
            one for one in call.account.people.values() if all(is_so(one) for is_so in wanted)
        ]
        users = [{"user_id": one.user_id} for one in found[offset : offset + count]]
        return {"total": len(found), "count": len(users), "offset": offset, "users": users}

    async def detail(self, call: Call) -> Json:
        person = self._person(call, "user_id")
        at = person.interacted_at
        return {
            "user_id": person.user_id,
            "user_id_by_app": person.by_app,
            "user_external_id": "",
            "display_name": person.name,
            "user_alias": person.alias or person.name,
            "is_sensitive": person.sensitive,
            "user_last_interaction_date": f"{at.astimezone(VIETNAM):%d/%m/%Y}" if at else "",
            "user_is_follower": person.follows,
            "avatar": "",
            "avatars": {"120": "", "240": ""},
            "tags_and_notes_info": {"notes": [], "tag_names": list(person.tags)},
            "shared_info": dict(person.shared),
        }

    async def update(self, call: Call) -> None:
        person = self._person(call, "user_id", "user_alias", "shared_info")
        person.alias = str(call.args.get("user_alias", person.alias))
        members = ("name", "phone", "address", "city", "district", "ward")
        person.shared |= only(call.args.get("shared_info", {}), "shared_info", members)

    async def tag(self, call: Call) -> None:
        person, name = self._person(call, "user_id", "tag_name"), self._tag(call)
        if name not in person.tags:
            person.tags.append(name)
            self._tell(call, "add_user_to_tag", name, person)

    async def untag(self, call: Call) -> None:
        person, name = self._person(call, "user_id", "tag_name"), self._tag(call)
        if name not in person.tags:
            raise wrong("tag_name")
        person.tags.remove(name)
        self._tell(call, "remove_user_from_tag", name, person)

    async def remove_tag(self, call: Call) -> None:
        name = self._tag(call)
        for person in call.account.people.values():
            if name in person.tags:
                person.tags.remove(name)
        self._tell(call, "remove_tag", name)

    async def tags(self, call: Call) -> list[str]:
        return sorted({tag for person in call.account.people.values() for tag in person.tags})

    async def recent(self, call: Call) -> list[Json]:
        """The last message with each person, newest first."""
        last = [person.talk[-1] for person in call.account.people.values() if person.talk]
        return self._page(call, sorted(last, key=_time, reverse=True), ("offset", "count"))

    async def conversation(self, call: Call) -> list[Json]:
        """All that was said with one person, newest first."""
        person = self._person(call, "user_id", "offset", "count")
        return self._page(call, person.talk[::-1], ("user_id", "offset", "count"))

    def _page(self, call: Call, talk: list[Json], members: tuple[str, ...]) -> list[Json]:
        asked = only(call.args, "data", members, ("offset", "count"))
        offset = whole(asked["offset"], "offset")
        return talk[offset : offset + whole(asked["count"], "count", TALK_PAGE)]

    def _person(self, call: Call, *members: str) -> Person:
        asked = only(call.args, "data", members, ("user_id",))
        known = asked["user_id"]
        person = self._world.person(call.account, known) if isinstance(known, str) else None
        if person is None:
            raise wrong("user_id")
        return person

    @staticmethod
    def _tag(call: Call) -> str:
        return text(call.args.get("tag_name"), "tag_name", 100)

    def _tell(self, call: Call, event: str, tag: str, *people: Person) -> None:
        told = {"user_ids": [one.user_id for one in people], "name": tag}
        whole_told = {"oa_id": call.account.oa_id, "tag": told}
        self._webhooks.tell_soon(call.account, event, whole_told)

    def _wanted(self, asked: Json) -> list[Wanted]:
        wanted: list[Wanted] = []
        if (tag := asked.get("tag_name")) is not None:
            wanted.append(lambda person: tag in person.tags)
        if (follows := asked.get("is_follower")) is not None:
            if str(follows).lower() not in {"true", "false"}:
                raise wrong("is_follower")
            wanted.append(lambda person: person.follows == (str(follows).lower() == "true"))
        if (period := asked.get("last_interaction_period")) is not None:
            first, last = self._days(period)
            wanted.append(lambda person: first <= _day(person) <= last)
        return wanted

    def _days(self, period: Any) -> tuple[date, date]:
        today = self._world.clock.local().date()
        named = {
            "TODAY": (0, 0), "YESTERDAY": (1, 1), "L7D": (6, 0), "L30D": (29, 0),
        }.get(str(period))  # fmt: skip
        if named:
            return today - timedelta(named[0]), today - timedelta(named[1])
        span = _SPAN.fullmatch(str(period))
        if not span:
            raise wrong("last_interaction_period")
        year, month, day, *end = map(int, span.groups())
        try:
            return date(year, month, day), date(*end)
        except ValueError:
            raise wrong("last_interaction_period") from None


def _day(person: Person) -> date:
    at = person.interacted_at
    return at.astimezone(VIETNAM).date() if at else date.min


def _time(said: Json) -> int:
    return int(said["time"])
