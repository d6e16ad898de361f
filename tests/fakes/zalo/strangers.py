"""A stranger on the chat of an OA's website, who is in no list of people; and answers to them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from tests.fakes.zalo.events import Event
from tests.fakes.zalo.gate import Call
from tests.fakes.zalo.people import Account, Json, new_id
from tests.fakes.zalo.reading import only, text, wrong
from tests.fakes.zalo.shapes import TEXT
from tests.fakes.zalo.webhooks import Webhooks

WHO: Final = ("anonymous_id", "conversation_id")


@dataclass
class Stranger:
    """Somebody known by a conversation alone; ``answers`` is what they read."""

    account: Account
    webhooks: Webhooks
    anonymous_id: str = field(default_factory=new_id)
    conversation_id: str = field(default_factory=new_id)
    answers: list[str] = field(default_factory=list)

    async def says(self, words: str) -> Event:
        return await self._sends("text", {"text": words})

    async def sends(self, kind: str, **payload: str) -> Event:
        """Send an image, a file or a sticker."""
        return await self._sends(kind, {"attachments": [{"type": kind, "payload": payload}]})

    async def _sends(self, kind: str, message: Json) -> Event:
        told = {
            "sender": {"id": self.anonymous_id},
            "recipient": {"id": self.account.oa_id},
            "conversation_id": self.conversation_id,
            "message": {"msg_id": new_id(), **message},
        }
        return await self.webhooks.tell(self.account, f"anonymous_send_{kind}", told)


class Strangers:
    """Answers by the older message call, which this chat still has."""

    def __init__(self, webhooks: Webhooks) -> None:
        self._webhooks = webhooks
        self._known: dict[str, Stranger] = {}

    def meet(self, account: Account) -> Stranger:
        """Somebody opens the chat of a website."""
        stranger = Stranger(account, self._webhooks)
        self._known[stranger.anonymous_id] = stranger
        return stranger

    def answer(self, call: Call) -> Json:
        """Answer in words; raises Refused."""
        recipient = only(call.args["recipient"], "recipient", WHO, WHO)
        message = only(call.args.get("message"), "message", ("text",), ("text",))
        words = text(message["text"], "message.text", TEXT)
        stranger = self._known.get(str(recipient["anonymous_id"]))
        if stranger is None or stranger.account is not call.account:
            raise wrong("recipient.anonymous_id")
        if recipient["conversation_id"] != stranger.conversation_id:
            raise wrong("recipient.conversation_id")
        stranger.answers.append(words)
        known = new_id()
        told = {
            "sender": {"id": call.account.oa_id},
            "recipient": {"id": stranger.anonymous_id},
            "conversation_id": stranger.conversation_id,
            "message": {"msg_id": known, "text": words},
        }
        self._webhooks.tell_soon(call.account, "oa_send_anonymous_text", told)
        return {"message_id": known}
