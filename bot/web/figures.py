"""What the web counts for ``/metrics``; no figure holds a session or a word of anybody."""

from __future__ import annotations

from typing import Final

from aiohttp import hdrs, web
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from bot.web.seats import Seats

SECONDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 30)


class Figures:
    """The web's own counters on the registry of the house."""

    def __init__(self, registry: CollectorRegistry, seats: Seats) -> None:
        """Register the counters; a registry takes them once."""
        self.requests = Counter(
            "bot_web_requests",
            "Requests by route and status",
            ["method", "route", "status"],
            registry=registry,
        )
        self.seconds = Histogram(
            "bot_web_request_seconds",
            "Time to a whole answer, streams left out",
            ["route"],
            buckets=SECONDS,
            registry=registry,
        )
        self.webhooks_refused = Counter(
            "bot_webhooks_refused",
            "Webhook calls refused",
            ["channel", "reason"],
            registry=registry,
        )
        self.refused = Counter(
            "bot_web_refused", "Requests refused, by reason", ["reason"], registry=registry
        )
        waiting = Gauge(
            "bot_web_waiting", "Connections that wait for replies now", registry=registry
        )
        waiting.set_function(lambda: seats.taken)

    def count(self, request: web.Request, response: web.StreamResponse, seconds: float) -> None:
        """Count one answered request."""
        # What a stranger may invent stays out of the labels, else they grow without end.
        method = request.method if request.method in hdrs.METH_ALL else "other"
        resource = request.match_info.route.resource
        route = resource.canonical if resource else "none"
        self.requests.labels(method, route, str(response.status)).inc()
        if isinstance(response, web.Response):
            self.seconds.labels(route).observe(seconds)
