"""Child processes that never outlive their parent: stopped together, even after a kill -9."""

import contextlib
import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import FrameType

PR_SET_PDEATHSIG = 1
GRACE = 6.0
"""Seconds a child gets to end by itself."""
KERNEL = ctypes.CDLL(None, use_errno=True)


def die_with_parent() -> None:
    """Ask the kernel to end this process when its parent ends, however that happens."""
    KERNEL.prctl(PR_SET_PDEATHSIG, int(signal.SIGTERM))


def spawn(
    command: Sequence[str], *, env: Mapping[str, str], log: Path | None = None
) -> subprocess.Popen[bytes]:
    """Start a child in a group of its own, so that Ctrl-C reaches it through us alone."""
    with contextlib.ExitStack() as stack:
        out = stack.enter_context(log.open("ab")) if log else None
        return subprocess.Popen(  # noqa: S603  # our own words only
            command,
            env=dict(env),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT if out else None,
            start_new_session=True,
            preexec_fn=die_with_parent,  # noqa: PLW1509  # the parent has no threads
        )


def stop(children: Sequence[subprocess.Popen[bytes]]) -> None:
    """End every child and whatever it started: politely first, then for certain."""
    for child in children:
        _signal_group(child, signal.SIGTERM)
    end = time.monotonic() + GRACE
    for child in children:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(max(0.1, end - time.monotonic()))
    for child in children:
        _signal_group(child, signal.SIGKILL)
        child.wait()


def _signal_group(child: subprocess.Popen[bytes], number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, number)


def on_signals(act: Callable[[], None]) -> None:
    """Call ``act`` once on Ctrl-C, on a polite kill and on a closed terminal."""

    def handle(_number: int, _frame: FrameType | None) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        act()

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, handle)
