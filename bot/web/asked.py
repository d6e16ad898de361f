"""What the chat's routes read out of a request; whatever is wrong is refused in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final
from uuid import uuid4

from aiohttp import web

from bot.channels.webchat import UnreadableChat, read_message, read_session
from bot.messages import CitizenAddress, IncomingMessage
from bot.web.bodies import read_body
from bot.web.keys import HOUSE
from bot.web.refusals import Refusal

LONGEST_WAIT: Final = 30.0
WAIT_SHAPE: Final = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,3})?")
CURSOR_SHAPE: Final = re.compile(r"[0-9]{1,18}")


async def ask_message(request: web.Request) -> IncomingMessage:
    """Read the message in the body."""
    body = await read_body(request)
    with _refusing():
        return read_message(body, received_at=request.app[HOUSE].clock.now(), spare_id=uuid4().hex)


def ask_address(request: web.Request) -> CitizenAddress:
    """Read whose replies are asked for, from ``?session=``."""
    with _refusing():
        return read_session(request.query.get("session"))


def ask_wait(request: web.Request) -> float:
    """Read the seconds of ``?wait=``, from 0 (the default) to 30."""
    text = request.query.get("wait", "0")
    if not WAIT_SHAPE.fullmatch(text) or float(text) > LONGEST_WAIT:
        raise Refusal("bad_wait")
    return float(text)


def ask_cursor(request: web.Request) -> int:
    """Read the number of the last reply seen; what a lost connection saw is the newer word."""
    text = request.headers.get("Last-Event-ID") or request.query.get("after", "0")
    if not CURSOR_SHAPE.fullmatch(text):
        raise Refusal("bad_after")
    return int(text)


@contextmanager
def _refusing() -> Iterator[None]:
    try:
        yield
    except UnreadableChat as error:
        raise Refusal(error.fault) from error
