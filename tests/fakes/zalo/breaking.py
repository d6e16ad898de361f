"""What is left of an answer when a line or a server breaks."""

from __future__ import annotations

from aiohttp import web

from tests.fakes.zalo.weather import Break


def cut(request: web.Request) -> web.Response:
    if request.transport:
        request.transport.abort()
    return web.Response(status=500)


def broken(request: web.Request, answered: web.StreamResponse, how: Break) -> web.Response:
    match how:
        case Break.SERVER_ERROR_AFTER:
            return web.Response(status=502, text="Bad Gateway")
        case Break.NOT_JSON:
            return web.Response(text="<html><body>Bảo trì</body></html>", content_type="text/html")
        case Break.MALFORMED if isinstance(answered, web.Response):
            whole = bytes(answered.body) if isinstance(answered.body, bytes) else b"{}"
            return web.Response(body=whole[: len(whole) // 2], content_type="application/json")
        case _:
            return cut(request)
