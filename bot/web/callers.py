"""Whose connection it is, coarsely: the address that a caller cannot choose freely."""

from __future__ import annotations

from ipaddress import IPv4Address, ip_address, ip_network
from typing import Final

from aiohttp import hdrs, web

from bot.web.keys import HOUSE

ONE_HOME: Final = 64  # bits: a line with IPv6 owns all addresses below such a prefix


def address_of(request: web.Request) -> str:
    """Give the caller's address, an IPv6 one as its network.

    It is the socket's; behind ``TRUSTED_PROXIES`` proxies it is what the outermost of them
    noted in X-Forwarded-For, for whatever stands before that the caller may have made up.
    """
    proxies = request.app[HOUSE].settings.trusted_proxies
    noted = ",".join(request.headers.getall(hdrs.X_FORWARDED_FOR, ())).split(",")
    told = noted[-proxies] if 0 < proxies <= len(noted) else ""
    return _network(told.strip()) or _network(request.remote or "") or ""


def _network(text: str) -> str | None:
    try:
        address = ip_address(text)
    except ValueError:
        return None
    if isinstance(address, IPv4Address) or address.ipv4_mapped:
        return text
    return str(ip_network((int(address), ONE_HOME), strict=False))
