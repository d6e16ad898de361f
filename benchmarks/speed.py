"""Speed and size of answering: index build, answers over the whole catalogue, start, memory.

python -m benchmarks.speed
"""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

import psutil

from benchmarks.baselines import Bm25
from benchmarks.questions import Question, development, golden
from benchmarks.search_quality import answer, snapshot_with_catalogue
from bot.conversation.opening import open_desk
from bot.conversation.pipeline import Conversation
from knowledge.lexicon import Lexicon
from knowledge.library import KnowledgeBase

PORT = 8095


def _share(times: list[float], share: float) -> float:
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


def _line(name: str, times: list[float]) -> None:
    p50, p99 = _share(times, 0.5), _share(times, 0.99)
    print(f"{name:28} p50 {p50:7.2f} ms   p99 {p99:7.2f} ms   n {len(times)}")


def answers() -> None:
    snapshot = snapshot_with_catalogue()
    started = time.perf_counter()
    KnowledgeBase.build(snapshot, Lexicon.load())
    print(
        f"index build {time.perf_counter() - started:.2f} s, {len(snapshot.procedures)} procedures"
    )
    conversation = Conversation(open_desk(snapshot))
    bm25 = Bm25([(one.code, one.official_name) for one in snapshot.procedures])
    questions = [*golden(), *development()]
    for question in questions[:20]:
        answer(conversation, question)
    # As the program does that serves: the collector need not look at what stays.
    gc.freeze()
    _line("whole answer", [_timed(conversation, question) for question in questions])
    times = []
    for question in questions:
        started = time.perf_counter()
        bm25(question.text)
        times.append((time.perf_counter() - started) * 1000)
    _line("baseline: BM25 over names", times)


def _timed(conversation: Conversation, question: Question) -> float:
    alone = Question(
        id=question.id, text=question.text, history=(), codes=(), outcome="", style=""
    )
    started = time.perf_counter()
    answer(conversation, alone)
    return (time.perf_counter() - started) * 1000


def start() -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name in ("first start", "second start"):
            seconds, memory = _start(folder)
            print(f"{name}: ready after {seconds:.2f} s, {memory / 2**20:.0f} MiB resident")


def _start(folder: str) -> tuple[float, int]:
    environment = {"PATH": os.defpath, "DATA_DIR": folder, "PORT": str(PORT)}
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "serve"], env=environment, stderr=subprocess.DEVNULL
    )
    try:
        while True:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{PORT}/readyz", timeout=1).read()
                break
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.02)
        return time.perf_counter() - started, psutil.Process(process.pid).memory_info().rss
    finally:
        process.terminate()
        process.wait(20)


if __name__ == "__main__":
    answers()
    start()
