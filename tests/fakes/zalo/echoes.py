"""Events about our own messages: that they were sent, and that they arrived."""

from __future__ import annotations

from typing import Final

from tests.fakes.zalo.people import Json, Person, Seen

# Echoes are named after what was sent; what is not listed has none.
ECHOES: Final = {
    kind: f"oa_send_{kind}" for kind in ("text", "image", "gif", "list", "file", "sticker")
}


def echo(person: Person, seen: Seen, admin: str = "") -> Json:
    """The payload of oa_send_...; ``admin`` is who wrote it in OA Manager."""
    by = {"admin_id": admin} if admin else {}
    words = {"text": seen.text} if seen.text else {}
    return {
        "sender": {"id": person.account.oa_id, **by},
        "recipient": {"id": person.user_id},
        "user_id_by_app": person.by_app,
        "message": {"msg_id": seen.message_id, **words},
    }


def received(person: Person, seen: Seen) -> Json:
    """The payload of user_received_message."""
    return {
        "sender": {"id": person.account.oa_id},
        "recipient": {"id": person.user_id},
        "user_id_by_app": person.by_app,
        "message": {"msg_id": seen.message_id},
    }
