"""What the program counts, for Prometheus; one registry a process, passed in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Self

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

LEADS: Final = "1 in the process that leads; a sum of 0 over all processes: nobody does"


@dataclass(frozen=True, slots=True)
class Metrics:
    """The figures of intake, delivery and upkeep; the web has its own."""

    accepted: Counter
    repeated: Counter
    arrived: Counter
    sorted: Counter
    set_aside: Counter
    waiting: Gauge
    oldest_waiting: Gauge
    turns: Counter
    answer_seconds: Histogram
    sent: Counter
    send_errors: Counter
    channel_works: Gauge
    ticks: Counter
    leads: Gauge
    zalo_alarms: Gauge

    @classmethod
    def on(cls, registry: CollectorRegistry) -> Self:
        """Register the figures on ``registry``."""
        return cls(
            accepted=_counter(registry, "bot_messages_accepted", "Messages stored", "channel"),
            repeated=_counter(
                registry, "bot_messages_repeated", "Messages that were stored before", "channel"
            ),
            arrived=_counter(registry, "bot_arrivals", "Webhook calls kept to be sorted", "which"),
            sorted=_counter(
                registry, "bot_arrivals_sorted", "Webhook calls by what became of them", "ending"
            ),
            set_aside=Counter(
                "bot_messages_set_aside", "Messages this release does not know", registry=registry
            ),
            waiting=_gauge(registry, "bot_messages_waiting", "Messages without an answer yet"),
            oldest_waiting=_gauge(
                registry, "bot_oldest_message_waiting_seconds", "Age of the oldest of them"
            ),
            turns=_counter(registry, "bot_turns", "Turns by outcome", "channel", "outcome"),
            answer_seconds=Histogram(
                "bot_answer_seconds",
                "Time to work out one answer",
                buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5),
                registry=registry,
            ),
            sent=_counter(registry, "bot_replies_sent", "Replies sent", "channel"),
            send_errors=_counter(
                registry, "bot_send_errors", "Replies not sent, by reason", "channel", "code"
            ),
            channel_works=Gauge(
                "bot_channel_works",
                "1 while nothing is known to fail between us and the provider",
                ["channel"],
                registry=registry,
            ),
            ticks=_counter(registry, "bot_ticks", "Work done by the clock", "tick", "ending"),
            leads=_gauge(registry, "bot_leads", LEADS),
            zalo_alarms=_gauge(
                registry, "bot_zalo_accounts_alarming", "Accounts of Zalo that need a person"
            ),
        )

    def show_channel(self, name: str, works: Callable[[], bool]) -> None:
        """Show from now on whether the channel ``name`` ``works``."""
        self.channel_works.labels(name).set_function(works)


def _counter(registry: CollectorRegistry, name: str, meaning: str, *labels: str) -> Counter:
    return Counter(name, meaning, labels, registry=registry)


def _gauge(registry: CollectorRegistry, name: str, meaning: str) -> Gauge:
    return Gauge(name, meaning, registry=registry)
