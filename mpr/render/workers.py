"""Processes that work for this one, started anew (`spawn`), because a copy of one that has drawn charts hangs.

They end with this process, however it ends, and leave Ctrl+C to it. They do not look for garbage by themselves, which
would cost them a fifth of their time: what works in one of them does so when it is done.
"""

import gc
import os
import signal
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import active_children, get_context, parent_process
from tempfile import TemporaryDirectory
from threading import Thread


def make_pool(count: int, folder: str | None = None) -> ProcessPoolExecutor:
    """Return a pool of so many processes, each started when it is first needed; `folder` is for what they put aside."""
    return ProcessPoolExecutor(count, get_context("spawn"), _prepare_worker, (folder,))


@contextmanager
def run_workers(count: int) -> Iterator[ProcessPoolExecutor]:
    """Let so many processes work, until all is done; where anything goes wrong here, they are ended at once.

    Nothing of theirs stays on the disk: where they are ended, they cannot take away themselves what they put aside.
    """
    with TemporaryDirectory(prefix="mpr-", ignore_cleanup_errors=True) as folder:
        pool, done = make_pool(count, folder), False
        try:
            yield pool
            done = True
        finally:
            if done:
                pool.shutdown()
            else:
                stop_workers(pool)


def stop_workers(pool: ProcessPoolExecutor) -> None:
    """End processes, whatever they are at, and all others that this one started."""
    pool.shutdown(wait=False, cancel_futures=True)
    for process in active_children():
        process.terminate()


def _prepare_worker(folder: str | None) -> None:
    tempfile.tempdir = folder
    gc.disable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()

    def exit_with_parent() -> None:
        if parent:
            parent.join()
        os.kill(os.getpid(), signal.SIGTERM)

    Thread(target=exit_with_parent, daemon=True).start()
