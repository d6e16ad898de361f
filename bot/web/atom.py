"""The feed of the public news: Atom, RFC 4287."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

from broadcasts.posts import Post
from broadcasts.text import printable

NAMESPACE: Final = "http://www.w3.org/2005/Atom"


def atom(posts: Sequence[Post], *, title: str, author: str, site: str, updated: datetime) -> bytes:
    """Write the feed; ``site`` is the address people open, without a slash at its end."""
    feed = Element("feed", {"xmlns": NAMESPACE, "xml:lang": "vi"})
    _text(feed, "id", f"{site}/tin-tuc")
    _text(feed, "title", title)
    _text(feed, "updated", updated.isoformat())
    SubElement(feed, "link", {"rel": "self", "href": f"{site}/tin-tuc/atom.xml"})
    SubElement(feed, "link", {"rel": "alternate", "href": f"{site}/tin-tuc"})
    _text(SubElement(feed, "author"), "name", author)
    for post in posts:
        _entry(feed, post, site)
    written: bytes = tostring(feed, encoding="utf-8")
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + written


def _entry(feed: Element, post: Post, site: str) -> None:
    entry = SubElement(feed, "entry")
    address = f"{site}/tin-tuc/{post.id}"
    _text(entry, "id", address)
    _text(entry, "title", post.title)
    _text(entry, "published", post.posted_at.isoformat())
    _text(entry, "updated", post.changed_at.isoformat())
    SubElement(entry, "link", {"rel": "alternate", "href": address})
    for file in (*filter(None, [post.picture]), *post.files):
        told = {"rel": "enclosure", "href": f"{address}/tep/{file.id}", "type": file.media}
        SubElement(entry, "link", told | {"length": str(file.size), "title": printable(file.name)})
    _text(entry, "content", post.body)


def _text(parent: Element, name: str, words: str) -> None:
    SubElement(parent, name).text = printable(words)
