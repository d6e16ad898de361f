"""Logs as JSON lines: an ``event`` for machines, its circumstances beside it, never a secret."""

from __future__ import annotations

import logging
import re
from collections.abc import MutableMapping
from typing import Any, Final

import structlog

# A Telegram token inside a URL, or anything that calls itself a secret.
_SECRETS: Final = re.compile(r"\b\d{6,12}:[A-Za-z0-9_-]{30,}\b|(?<=://)[^/\s:@]+:[^/\s@]+(?=@)")


def start_logging(level: str) -> None:
    """Send the logs of the program and its libraries to standard error."""
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            redact,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        logger_factory=structlog.PrintLoggerFactory(),
    )


def redact(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Hide tokens and passwords wherever they stand in a log line."""
    for key, value in event.items():
        if isinstance(value, str):
            event[key] = _SECRETS.sub("[secret]", value)
    return event
