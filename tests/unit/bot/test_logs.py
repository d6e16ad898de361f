"""The log of a server: JSON lines without secrets, whoever writes them."""

from __future__ import annotations

import json
import re
import subprocess
import sys

PROGRAM = """
import logging
import structlog
from bot.logs import start_logging

start_logging("INFO")
structlog.get_logger().info("ready", address="http://127.0.0.1")
logging.getLogger("sqlalchemy.pool").warning("lost %s", "postgresql://bot:geheim@host/kho")
logging.getLogger("httpx").warning("lost %s", "https://bot:gei@heim@host/ and http://geheim@host")
token = "123456:" + "geheim" * 6
logging.getLogger("httpx").warning("lost %s", f"http://host/file/bot{token}/photos/1.jpg")
server = logging.getLogger("aiohttp.server")
try:
    raise ValueError("a fault of ours")
except ValueError:
    server.exception("Error handling request")
"""


def test_libraries_write_json_too_and_no_secret() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM], check=True, capture_output=True, text=True
    )
    assert not {"geheim", "gei@heim"} & set(re.findall(r"gei@?heim", ran.stdout + ran.stderr))
    lines = [json.loads(line) for line in (ran.stdout + ran.stderr).splitlines()]
    assert [line["event"] for line in lines] == [
        "ready",
        "lost postgresql://[secret]@host/kho",
        "lost https://[secret]@host/ and http://[secret]@host",
        "lost http://host/file/bot[secret]/photos/1.jpg",
        "Error handling request",
    ]
    assert "a fault of ours" in lines[-1]["exception"]
    assert all({"level", "timestamp"} <= line.keys() for line in lines)
