"""Runs the application; who sends what cannot be read as HTTP is answered in words too."""

from __future__ import annotations

from aiohttp import hdrs, web
from aiohttp.http_exceptions import HttpProcessingError

from bot.web.answers import refuse_in_json
from bot.web.headers import seal
from bot.web.refusals import Refusal


class Runner(web.AppRunner):
    """An ``AppRunner`` whose connections answer malformed requests as every route would."""

    async def _make_server(self) -> web.Server:
        return _Server(self.app, await super()._make_server())


class _Server(web.Server):
    def __init__(self, app: web.Application, plain: web.Server) -> None:
        options = plain._kwargs  # noqa: SLF001 - aiohttp lets nobody else choose the protocol
        super().__init__(plain.request_handler, request_factory=plain.request_factory, **options)
        self._app = app

    def __call__(self) -> web.RequestHandler:
        connection = _Connection(self, loop=self._loop, **self._kwargs)
        connection.app = self._app
        return connection


class _Connection(web.RequestHandler):
    __slots__ = ("app",)
    app: web.Application

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        """Answer what no route could; of what is no HTTP nothing is repeated or logged.

        Anybody can send it, and it may hold a session.
        """
        if not isinstance(exc, HttpProcessingError):
            return super().handle_error(request, status, exc, message)
        response = refuse_in_json(self.app, Refusal("malformed"))
        response.force_close()
        seal(response)
        # Without one of ours the server's version would be put there.
        response.headers[hdrs.SERVER] = "web"
        return response
