"""The consulting message (cs): read, admitted, charged, shown to the person, and told of."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from tests.fakes.zalo.errors import Refused
from tests.fakes.zalo.gate import Call
from tests.fakes.zalo.people import Account, Json, Person, Seen, new_id
from tests.fakes.zalo.reading import only, wrong
from tests.fakes.zalo.shapes import Draft, Shapes
from tests.fakes.zalo.uploads import Uploads
from tests.fakes.zalo.webhooks import Webhooks
from tests.fakes.zalo.windows import admit, charge, left, tell_left
from tests.fakes.zalo.world import World

# Whoever was told that a kind is not taken may try again after so long.
REMEMBERED: Final = timedelta(days=1)
# What the member ``type`` of a conversation calls a kind; the others by their own name.
TALK_TYPES: Final = {"image": "photo", "request_user_info": "list"}


class Messages:
    """Sends to one person; what became of it is theirs to see."""

    def __init__(self, world: World, uploads: Uploads, webhooks: Webhooks) -> None:
        self._world = world
        self._uploads = uploads
        self._webhooks = webhooks

    async def cs(self, call: Call) -> Json:
        """POST /v3.0/oa/message/cs."""
        account, needed = call.account, ("recipient", "message")
        only(call.args, "body", needed, needed)
        now = self._world.clock.now()
        draft = self._draft(account, call.args["message"])
        person = admit(self._recipient(account, call.args["recipient"]), self._world.rules, now)
        if draft.quotes and draft.quotes not in {one["message_id"] for one in person.talk}:
            raise wrong("message.quote_message_id")
        quota = charge(account, person, self._world)
        seen = self.show(person, draft, route="cs", quota=quota)
        self._webhooks.sent(person, seen)
        return {
            "message_id": seen.message_id,
            "user_id": person.user_id,
            "sent_time": str(self._world.clock.ms()),
            "quota": self._quota(account, person, quota),
        }

    def show(self, person: Person, draft: Draft, *, route: str, quota: str = "") -> Seen:
        """Put a message before a person."""
        seen = Seen(
            message_id=new_id(), at=self._world.clock.now(), route=route, kind=draft.kind,
            text=draft.text, buttons=draft.buttons, elements=draft.elements, images=draft.images,
            image_links=draft.image_links, files=draft.files, quota=quota,
        )  # fmt: skip
        self.add(person, seen)
        return seen

    def add(self, person: Person, seen: Seen) -> None:
        """Put what is made already before a person, and into the conversation."""
        person.shown.append(seen)
        person.talk.append({
            "src": 0, "time": self._world.clock.ms(), "message_id": seen.message_id,
            "type": TALK_TYPES.get(seen.kind, seen.kind), "message": seen.text,
            "from_id": person.account.oa_id, "to_id": person.user_id,
        })  # fmt: skip

    def _draft(self, account: Account, message: object) -> Draft:
        try:
            return Shapes(self._uploads, self._world.rules, account).read(message)
        except Refused as refused:
            raise self._known_before(account, refused) from None

    def _known_before(self, account: Account, refused: Refused) -> Refused:
        """Nobody can know that a kind is refused until told so; then they know it for a day."""
        doubtful = {"payload.buttons", "payload.template_type"}
        name = next((one for one in doubtful if f" {one} " in refused.says), "")
        if not name:
            return refused
        now, told = self._world.clock.now(), account.told_not.get(name)
        account.told_not[name] = now
        fresh = told is not None and now - told < REMEMBERED
        return Refused(refused.code, refused.says, foreseen=refused.foreseen if fresh else "")

    def _recipient(self, account: Account, found: object) -> Person | None:
        recipient = only(found, "recipient", ("user_id", "message_id"))
        if len(recipient) != 1:
            raise wrong("recipient")
        ((name, value),) = recipient.items()
        if not isinstance(value, str) or not value.isdigit():
            raise wrong(f"recipient.{name}")
        if name == "user_id":
            return self._world.person(account, value)
        return self.whose(account, value)

    def whose(self, account: Account, message_id: str) -> Person | None:
        """Who wrote a message, should somebody have."""
        asked = (
            person
            for person in account.people.values()
            if any(one["message_id"] == message_id and one["src"] == 1 for one in person.talk)
        )
        return next(asked, None)

    def _quota(self, account: Account, person: Person, quota: str) -> Json:
        month = self._world.clock.month()
        told = {"quota_type": quota, "owner_type": "OA", "owner_id": account.oa_id}
        free = self._world.rules.free_replies
        if quota != "reply":
            tell_left(account, month)
            total = {"sub_quota": account.messages_a_month}.get(quota)
            remain = left(account, quota, month)
            told["expired_date"] = account.package_until
            told |= {"remain": str(remain), "total": str(total if total is not None else remain)}
        elif free is not None and self._world.rules.reply_quota_told:
            told |= {"remain": str(free - person.free_used), "total": str(free)}
        return told
