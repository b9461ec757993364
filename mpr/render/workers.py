"""Worker processes, started with `spawn`, because a forked copy of a process that has drawn charts hangs.

They end with this process, however it ends, and leave Ctrl+C to it. Their garbage collector is off, as it would take a
fifth of their time: a task collects garbage itself when it is done.
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
    """Return a pool of up to `count` processes, each started when first needed; `folder` is for temporary files."""
    return ProcessPoolExecutor(count, get_context("spawn"), _prepare_worker, (folder,))


@contextmanager
def run_workers(count: int) -> Iterator[ProcessPoolExecutor]:
    """Run up to `count` processes until all tasks are done; an exception in the body ends them at once.

    Their temporary files are removed with a folder of this process: a process that is ended cannot remove its own.
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
    """End the processes of a pool at once, and all others that this process started."""
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
