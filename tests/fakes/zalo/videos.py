"""Videos of articles: taken, converted for a while, then known by an id.

Asked for too early a video is told to be converting; what is no video is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from pathlib import PurePath
from typing import Final

from tests.fakes.zalo.gate import Call
from tests.fakes.zalo.people import Account, Json, new_id
from tests.fakes.zalo.reading import too_long, wrong
from tests.fakes.zalo.rules import MB
from tests.fakes.zalo.uploads import file_of
from tests.fakes.zalo.world import World

LARGEST: Final = 50 * MB
ENDINGS: Final = (".avi", ".mp4")
WHOLE: Final = 100


class State(IntEnum):
    """What may be told of a video."""

    UNKNOWN = 0
    READY = 1
    LOCKED = 2
    CONVERTING = 3
    FAILED = 4
    DELETED = 5


@dataclass
class Video:
    """A video of an OA; it is ready from a moment on, unless its ``state`` says otherwise."""

    account: Account
    begun: datetime
    takes: timedelta
    known: str
    state: State = State.READY

    def percent(self, now: datetime) -> int:
        past = (now - self.begun) / self.takes if self.takes else 1
        return min(int(WHOLE * past), WHOLE)


class Videos:
    """The two calls about videos."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.by_token: dict[str, Video] = {}

    async def prepare(self, call: Call) -> Json:
        """POST /v2.0/article/upload_video/preparevideo."""
        name, content = await file_of(call.request)
        if PurePath(name).suffix.lower() not in ENDINGS or not content:
            raise wrong("file")
        if len(content) > LARGEST:
            raise too_long("file")
        token, now = new_id(), self._world.clock.now()
        self.by_token[token] = Video(call.account, now, self._world.rules.video_takes, new_id())
        return {"token": token}

    async def verify(self, call: Call) -> Json:
        """GET /v2.0/article/upload_video/verify, its token as a plain parameter or in ``data``."""
        token = call.request.query.get("token") or call.args.get("token")
        video = self.by_token.get(str(token))
        if video is None or video.account is not call.account:
            raise wrong("token")
        percent = video.percent(self._world.clock.now())
        state = video.state if percent == WHOLE else State.CONVERTING
        known = video.known if state is State.READY else ""
        return {"status": int(state), "convert_percent": percent, "video_id": known}

    def fit(self, account: Account, article: Json) -> None:
        """Refuse an article whose videos are not there, or not ready; raises Refused."""
        for name, member in _named(article):
            if member not in self._ready(account):
                raise wrong(name)

    def _ready(self, account: Account) -> set[str]:
        now = self._world.clock.now()
        return {
            one.known
            for one in self.by_token.values()
            if one.account is account and one.state is State.READY and one.percent(now) == WHOLE
        }


def _named(article: Json) -> list[tuple[str, str]]:
    """The ids of videos in an article, each with where it stands."""
    cover = article["cover"]
    named = [("cover.video_id", cover["video_id"])] if cover["cover_type"] == "video" else []
    for place, one in enumerate(article["body"]):
        if one["type"] == "video" and "video_id" in one:
            named.append((f"body[{place}].video_id", str(one["video_id"])))
    return named
