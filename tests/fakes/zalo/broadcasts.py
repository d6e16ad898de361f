"""What is left of the older message call: news, reactions, strangers; -240 for the rest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from tests.fakes.zalo.articles import Article, Articles
from tests.fakes.zalo.errors import Refused
from tests.fakes.zalo.gate import Call
from tests.fakes.zalo.messages import Messages
from tests.fakes.zalo.people import Account, Element, Json, Person, Seen, new_id
from tests.fakes.zalo.reading import only, rows, too_long, wrong
from tests.fakes.zalo.strangers import Strangers
from tests.fakes.zalo.webhooks import Webhooks
from tests.fakes.zalo.world import World

MOST_ARTICLES: Final = 5
MOST_REACTIONS: Final = 50
# 06:00-21:59 in Vietnam.
MORNING, NIGHT = 6, 22
# How many codes each member of a target has, from where on.
CODES: Final = {
    "ages": range(8),
    "gender": range(3),
    "locations": range(3),
    "platform": range(1, 4),
    "telcos": range(1, 5),
    "cities": range(64),
}
ICONS: Final = frozenset({"/-strong", "/-heart", ":>", "--b", ":-((", ":-h", ":o", "/-remove"})


def is_night(local: datetime) -> bool:
    """Whether nothing that promotes may go out."""
    return not MORNING <= local.hour < NIGHT


@dataclass(frozen=True)
class Broadcast:
    """One message to all followers whom its target names."""

    message_id: str
    account: Account
    articles: tuple[Article, ...]
    target: dict[str, frozenset[int]]

    def reaches(self, person: Person) -> bool:
        where = "cities" if "cities" in self.target else "locations"
        has = {
            "ages": person.age, "platform": person.platform, "telcos": person.telco,
            where: person.city if where == "cities" else person.location,
        }  # fmt: skip
        gender = self.target.get("gender", frozenset({0}))
        return (0 in gender or person.gender in gender) and all(
            has[name] in wanted for name, wanted in self.target.items() if name in has
        )


class Broadcasts:
    """POST /v2.0/oa/message."""

    def __init__(
        self,
        world: World,
        articles: Articles,
        messages: Messages,
        webhooks: Webhooks,
        strangers: Strangers,
    ) -> None:
        self._world = world
        self._articles = articles
        self._messages = messages
        self._webhooks = webhooks
        self._strangers = strangers
        self._reactions: dict[str, int] = {}
        self.sent: list[Broadcast] = []

    async def message(self, call: Call) -> Json:
        if "sender_action" in call.args:
            return self._react(call)
        recipient = call.args.get("recipient")
        if isinstance(recipient, dict) and "target" in recipient:
            return self._broadcast(call.account, call.args)
        if isinstance(recipient, dict) and "anonymous_id" in recipient:
            return self._strangers.answer(call)
        raise Refused(-240, foreseen="this call is closed for answers")

    def _broadcast(self, account: Account, args: Json) -> Json:
        needed = ("recipient", "message")
        only(args, "body", needed, needed)
        target = self._target(only(args["recipient"], "recipient", ("target",))["target"])
        articles = self._read(account, args["message"])
        if is_night(self._world.clock.local()):
            raise Refused(-234, foreseen="news go out from 06:00 to 21:59")
        self._count(account)
        broadcast = Broadcast(new_id(), account, articles, target)
        self.sent.append(broadcast)
        self._world.agenda.after(self._world.rules.moderation, lambda: self._arrive(broadcast))
        return {"message_id": broadcast.message_id}

    def _read(self, account: Account, message: object) -> tuple[Article, ...]:
        found = only(message, "message", ("attachment",), ("attachment",))
        attachment = only(found["attachment"], "attachment", ("type", "payload"), ("payload",))
        payload = only(attachment["payload"], "payload", ("template_type", "elements"))
        if (attachment.get("type"), payload.get("template_type")) != ("template", "media"):
            raise wrong("payload.template_type")
        elements = rows(payload.get("elements"), "elements", MOST_ARTICLES)
        return tuple(self._article(account, one) for one in elements)

    def _article(self, account: Account, element: Json) -> Article:
        only(element, "element", ("media_type", "attachment_id"))
        if element.get("media_type") != "article":
            raise wrong("element.media_type")
        article = self._articles.find(account, element.get("attachment_id"))
        if not article.published:
            raise wrong("element.attachment_id")
        return article

    def _target(self, found: object) -> dict[str, frozenset[int]]:
        target = only(found, "target", CODES)
        return {name: self._codes(name, value) for name, value in target.items()}

    def _codes(self, name: str, value: object) -> frozenset[int]:
        """Codes with commas, or a list of numbers, as the switch says."""
        strings = self._world.rules.target_values == "strings"
        if not isinstance(value, (str if strings else list)):
            raise wrong(f"target.{name}")
        parts: list[object] = [*(value.split(",") if isinstance(value, str) else value)]
        if not all(_is_code(one, name) for one in parts):
            raise wrong(f"target.{name}")
        return frozenset(int(str(one)) for one in parts)

    def _count(self, account: Account) -> None:
        purse = self._world.clock.month(), "broadcast"
        if account.used[purse] >= account.broadcasts_a_month:
            told = purse in account.told_empty
            account.told_empty.add(purse)
            raise Refused(-211, foreseen="told this month" if told else "")
        account.used[purse] += 1

    async def _arrive(self, broadcast: Broadcast) -> None:
        cards = tuple(_card(one) for one in broadcast.articles)
        seen = Seen(
            message_id=broadcast.message_id, at=self._world.clock.now(), route="broadcast",
            kind="article", elements=cards,
        )  # fmt: skip
        for person in broadcast.account.followers():
            if broadcast.reaches(person):
                person.shown.append(seen)

    def _react(self, call: Call) -> Json:
        only(call.args, "body", ("recipient", "sender_action"))
        members = ("react_icon", "react_message_id")
        action = only(call.args["sender_action"], "sender_action", members, members)
        if action["react_icon"] not in ICONS:
            raise wrong("react_icon")
        known = str(action["react_message_id"])
        person = self._messages.whose(call.account, known)
        if person is None:
            raise wrong("react_message_id")
        self._reactions[known] = self._reactions.get(known, 0) + 1
        if self._reactions[known] > MOST_REACTIONS:
            raise too_long("react_icon")
        told = {
            "sender": {"id": call.account.oa_id}, "recipient": {"id": person.user_id},
            "message": {"msg_id": known, "react_icon": action["react_icon"]},
        }  # fmt: skip
        self._webhooks.tell_soon(call.account, "oa_reacted_message", told)
        return {"message_id": known, "user_id": person.user_id}


def _is_code(found: object, name: str) -> bool:
    number = int(found) if isinstance(found, str) and found.isdigit() else found
    return isinstance(number, int) and not isinstance(number, bool) and number in CODES[name]


def _card(article: Article) -> Element:
    fields = article.fields
    return Element(
        title=fields["title"],
        subtitle=fields["description"],
        image=fields["cover"].get("photo_url", ""),
        link=f"article:{article.known}",
    )
