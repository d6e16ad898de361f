"""The kinds of a consulting message, and what each may hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from tests.fakes.zalo.people import Account, Button, Element, Json
from tests.fakes.zalo.reading import SUBTITLE, TITLE, link, only, rows, text, whole, wrong
from tests.fakes.zalo.rules import Rules
from tests.fakes.zalo.uploads import Uploads

TEXT: Final = 2_000
PAYLOAD: Final = 1_000
BUTTONS: Final = 5
ELEMENTS: Final = 5
SMS: Final = 160


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A message that fits; ``kind`` is the end of its echo's name (oa_send_...)."""

    kind: str
    text: str = ""
    quotes: str = ""
    buttons: tuple[Button, ...] = ()
    elements: tuple[Element, ...] = ()
    images: tuple[bytes, ...] = ()
    image_links: tuple[str, ...] = ()
    files: tuple[tuple[str, bytes], ...] = ()


@dataclass(frozen=True)
class Shapes:
    """Reads the member ``message`` of a call for one OA; raises Refused."""

    uploads: Uploads
    rules: Rules
    account: Account

    def read(self, message: object) -> Draft:
        found = only(message, "message", ("text", "quote_message_id", "attachment"))
        if "attachment" not in found:
            return self._words(found)
        if "quote_message_id" in found:
            raise wrong("message.quote_message_id")
        attachment = only(found["attachment"], "attachment", ("type", "payload"), ("payload",))
        match attachment.get("type"), attachment["payload"]:
            case "file", payload:
                return self._file(found, payload)
            case "template", dict(payload):
                return self._template(found, payload)
            case _:
                raise wrong("attachment.type")

    def _words(self, found: Json) -> Draft:
        quotes = found.get("quote_message_id", "")
        if not isinstance(quotes, str):
            raise wrong("message.quote_message_id")
        return Draft(kind="text", text=self._text(found), quotes=quotes)

    def _text(self, found: Json) -> str:
        return text(found.get("text"), "message.text", TEXT, utf16=self.rules.utf16)

    def _file(self, found: Json, payload: object) -> Draft:
        _wordless(found)
        token = only(payload, "payload", ("token",), ("token",))["token"]
        asset = self.uploads.find(self.account, token, "file")
        return Draft(kind="file", files=((asset.name, asset.content),))

    def _template(self, found: Json, payload: Json) -> Draft:
        by_type: dict[object, Callable[[Json, Json], Draft]] = {
            "media": self._media,
            "request_user_info": self._request,
            "list": self._list,
        }
        if "template_type" not in payload:
            return self._buttons(found, payload)
        read = by_type.get(payload["template_type"])
        if read is None:
            raise wrong("payload.template_type")
        return read(found, payload)

    def _media(self, found: Json, payload: Json) -> Draft:
        only(payload, "payload", ("template_type", "elements"))
        (element,) = rows(payload.get("elements"), "elements", 1)
        members = ("media_type", "url", "attachment_id", "width", "height")
        only(element, "element", members, ("media_type",))
        kind = element["media_type"]
        if kind not in {"image", "gif", "sticker"}:
            raise wrong("element.media_type")
        if kind == "sticker":
            _wordless(found)
            return Draft(kind="sticker", text=text(element.get("attachment_id"), "sticker", 200))
        if kind == "gif":
            whole(element.get("width"), "element.width")
            whole(element.get("height"), "element.height")
        said = self._text(found) if "text" in found else ""
        return self._picture(kind, said, element)

    def _picture(self, kind: str, said: str, element: Json) -> Draft:
        if ("url" in element) == ("attachment_id" in element):
            raise wrong("element.url or element.attachment_id")
        if "url" in element:
            return Draft(kind=kind, text=said, image_links=(link(element["url"], "element.url"),))
        asset = self.uploads.find(self.account, element["attachment_id"], kind)
        return Draft(kind=kind, text=said, images=(asset.content,))

    def _request(self, found: Json, payload: Json) -> Draft:
        _wordless(found)
        only(payload, "payload", ("template_type", "elements"))
        (element,) = rows(payload.get("elements"), "elements", 1)
        members = ("title", "subtitle", "image_url")
        only(element, "element", members, members)
        link(element["image_url"], "element.image_url")
        return Draft(kind="request_user_info", elements=(_element(element, needs_subtitle=True),))

    def _buttons(self, found: Json, payload: Json) -> Draft:
        only(payload, "payload", ("buttons",), ("buttons",))
        if not self.rules.buttons:
            raise wrong("payload.buttons")
        return Draft(kind="text", text=self._text(found), buttons=read_buttons(payload["buttons"]))

    def _list(self, found: Json, payload: Json) -> Draft:
        _wordless(found)
        only(payload, "payload", ("template_type", "elements", "buttons"))
        if not self.rules.lists:
            raise wrong("payload.template_type")
        found_rows = rows(payload.get("elements"), "elements", ELEMENTS)
        members = ("title", "subtitle", "image_url", "default_action")
        elements = tuple(
            _element(only(row, "element", members), needs_subtitle=place == 0)
            for place, row in enumerate(found_rows)
        )
        buttons = read_buttons(payload["buttons"]) if "buttons" in payload else ()
        return Draft(kind="list", elements=elements, buttons=buttons)


def read_buttons(found: object) -> tuple[Button, ...]:
    """The buttons of a message; raises Refused."""
    return tuple(_button(one) for one in rows(found, "buttons", BUTTONS))


def _button(found: Json) -> Button:
    needed = ("title", "type", "payload")
    only(found, "button", (*needed, "image_icon"), needed)
    title = text(found["title"], "button.title", TITLE)
    return Button(title=title, type=str(found["type"]), value=_pressed(found))


def _pressed(button: Json) -> str:
    """What a button does when it is pressed."""
    payload: Any = button["payload"]
    match button["type"]:
        case "oa.query.show" | "oa.query.hide":
            return text(payload, "button.payload", PAYLOAD)
        case "oa.open.url":
            return link(only(payload, "button.payload", ("url",), ("url",))["url"], "payload.url")
        case "oa.open.phone":
            only(payload, "button.payload", ("phone_code",), ("phone_code",))
            return text(payload["phone_code"], "payload.phone_code", 20)
        case "oa.open.sms":
            needed = ("content", "phone_code")
            only(payload, "button.payload", needed, needed)
            text(payload["content"], "payload.content", SMS)
            return text(payload["phone_code"], "payload.phone_code", 20)
        case _:
            raise wrong("button.type")


def _element(found: Json, *, needs_subtitle: bool) -> Element:
    subtitle = found.get("subtitle", "")
    image = found.get("image_url", "")
    return Element(
        title=text(found.get("title"), "element.title", TITLE),
        subtitle=text(subtitle, "element.subtitle", SUBTITLE)
        if needs_subtitle or subtitle
        else "",
        image=link(image, "element.image_url") if image else "",
        link=_pressed({"payload": "", **action})
        if (action := found.get("default_action"))
        else "",
    )


def _wordless(found: Json) -> None:
    if "text" in found:
        raise wrong("message.text")
