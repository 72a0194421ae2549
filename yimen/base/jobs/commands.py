"""``yimen worker``."""

import argparse
import signal
import threading
from collections.abc import Sequence

from yimen.base.jobs.worker import run_forever, run_one


def main_worker(args: Sequence[str]) -> int:
    """``yimen worker [--once]``: do jobs until told to stop; with ``--once`` only those that wait now."""
    parser = argparse.ArgumentParser(prog="yimen worker", description="处理后台任务，并按时给留痕加封印")
    parser.add_argument("--once", action="store_true", help="做完排队的任务就退出")
    if parser.parse_args(args).once:
        while run_one():
            pass
        return 0
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    run_forever(stop)
    return 0
