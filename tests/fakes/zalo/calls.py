"""Every call there is: host, method, path, the kind it is counted under, and who answers it."""

from __future__ import annotations

from tests.fakes.zalo.errors import Host
from tests.fakes.zalo.gate import Handler
from tests.fakes.zalo.profile import getoa
from tests.fakes.zalo.rooms import Rooms

Entry = tuple[Host, str, str, str, Handler]


def calls(rooms: Rooms) -> list[Entry]:
    """The two hosts that want an access token."""
    return [*_messages(rooms), *_articles(rooms), *_people(rooms), *_business(rooms)]


def _messages(rooms: Rooms) -> list[Entry]:
    api = Host.API
    return [
        (api, "GET", "/v2.0/oa/getoa", "getoa", getoa),
        (api, "POST", "/v3.0/oa/message/cs", "cs", rooms.messages.cs),
        (api, "POST", "/v3.0/oa/message/template", "template", rooms.template_sends.by_uid),
        (api, "POST", "/v2.0/oa/message", "broadcast", rooms.broadcasts.message),
        (api, "POST", "/v2.0/oa/upload/image", "upload_image", rooms.uploads.image),
        (api, "POST", "/v2.0/oa/upload/gif", "upload_gif", rooms.uploads.gif),
        (api, "POST", "/v2.0/oa/upload/file", "upload_file", rooms.uploads.file),
        (api, "POST", "/v3.0/oa/quota/message", "quota", rooms.quotas.message),
    ]


def _articles(rooms: Rooms) -> list[Entry]:
    api, articles, videos = Host.API, rooms.articles, rooms.videos
    made = "/v2.0/article/upload_video"
    return [
        (api, "POST", "/v2.0/article/create", "article_create", articles.create),
        (api, "POST", "/v2.0/article/verify", "article_verify", articles.verify),
        (api, "POST", "/v2.0/article/update", "article_update", articles.update),
        (api, "POST", "/v2.0/article/remove", "article_remove", articles.remove),
        (api, "GET", "/v2.0/article/getslice", "article_list", articles.getslice),
        (api, "GET", "/v2.0/article/getdetail", "article_detail", articles.getdetail),
        (api, "POST", f"{made}/preparevideo", "upload_video", videos.prepare),
        (api, "GET", f"{made}/verify", "video_verify", videos.verify),
    ]


def _people(rooms: Rooms) -> list[Entry]:
    api, listing = Host.API, rooms.listing
    return [
        (api, "GET", "/v3.0/oa/user/getlist", "user_list", listing.getlist),
        (api, "GET", "/v3.0/oa/user/detail", "user_detail", listing.detail),
        (api, "POST", "/v3.0/oa/user/update", "user_update", listing.update),
        # Its older name.
        (api, "POST", "/v2.0/oa/updatefollowerinfo", "user_update", listing.update),
        (api, "POST", "/v2.0/oa/tag/tagfollower", "tag", listing.tag),
        (api, "POST", "/v2.0/oa/tag/rmfollowerfromtag", "untag", listing.untag),
        (api, "POST", "/v2.0/oa/tag/rmtag", "tag_remove", listing.remove_tag),
        (api, "GET", "/v2.0/oa/tag/gettagsofoa", "tags", listing.tags),
        (api, "GET", "/v2.0/oa/listrecentchat", "recent", listing.recent),
        (api, "GET", "/v2.0/oa/conversation", "conversation", listing.conversation),
    ]


def _business(rooms: Rooms) -> list[Entry]:
    host, sends = Host.BUSINESS, rooms.template_sends
    return [
        (host, "POST", "/message/template", "template_phone", sends.to_phone),
        (host, "POST", "/message/template/hashphone", "template_phone", sends.to_hash),
        (host, "GET", "/message/status", "template_status", sends.status),
        (host, "GET", "/message/quota", "template_quota", sends.quota),
        (host, "GET", "/message/quality", "template_quality", sends.quality),
        (host, "GET", "/template/all", "template_list", rooms.templates.all),
        (host, "GET", "/template/info/v2", "template_info", rooms.templates.info),
    ]
