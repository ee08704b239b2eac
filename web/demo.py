"""``make demo``: prepares the sample world, serves it, carries its outbox, stops cleanly."""

import fcntl
import hashlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Final, NoReturn, TextIO

from web.children import die_with_parent, on_signals, spawn, stop

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
OURS: Final = ("jiangpu.sqlite", "jiangpu.sqlite-wal", "jiangpu.sqlite-shm", "prepared")
OUR_FOLDERS: Final = ("media", "index", "mail", "log")
READY_WITHIN = 60.0
PAUSE = 0.1


class Stopped(Exception):  # somebody stopped us; nothing went wrong
    """Ctrl-C or a polite kill."""


class Demo:
    """One start of the demo: where it listens, what it keeps, which processes it runs."""

    def __init__(self, env: dict[str, str]) -> None:
        self.host = env.get("HOST") or "127.0.0.1"
        self.port = _port(env.get("PORT") or "8000")
        self.var = Path(env.get("VAR_DIR") or ROOT / "var").resolve()
        self.env = {**env, "DEMO": "1", "VAR_DIR": str(self.var), "DATABASE_URL": ""}
        self.children: list[subprocess.Popen[bytes]] = []
        self.locks: list[TextIO] = []

    @property
    def address(self) -> str:
        """Where a browser on this machine finds the site."""
        host = "127.0.0.1" if self.host in ("0.0.0.0", "::") else self.host  # noqa: S104  # compared, not bound
        return f"http://{host}:{self.port}"

    def check_port(self) -> None:
        """Refuse a taken port before anything is done."""
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((self.host, self.port))
            except OSError as trouble:
                refuse(
                    f"Port {self.port} on {self.host} cannot be used ({trouble.strerror}): stop "
                    f"what holds it or choose another, such as `make demo PORT={self.port + 1}`."
                )

    def take(self, name: str, how: int) -> bool:
        """Take a lock in the data folder for as long as this process lives."""
        file = (self.var / name).open("w")
        try:
            fcntl.flock(file, how | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            return False
        self.locks.append(file)
        return True

    def start_over(self) -> None:
        """Throw the demo's data away; nothing else in the folder is touched."""
        if not self.take("serving.lock", fcntl.LOCK_EX):
            refuse("A demo is running on this data: stop it before FRESH=1. Nothing was changed.")
        say("Starting over: the data of the last demo is removed.")
        for name in OURS:
            (self.var / name).unlink(missing_ok=True)
        for name in OUR_FOLDERS:
            shutil.rmtree(self.var / name, ignore_errors=True)
        self.locks.pop().close()

    def prepare(self) -> None:
        """Make catalogues, schema, sample world and index ready, one start at a time."""
        while not self.take("prepare.lock", fcntl.LOCK_EX):
            say("Another start is preparing this data; waiting for it.")
            time.sleep(2)
        from web.catalogues import build  # noqa: PLC0415  # a refused port need not wait for it

        if self.env.get("FRESH", "") not in ("", "0"):
            self.start_over()
        build()
        stamp, wanted = self.var / "prepared", _migrations_mark()
        if not (stamp.exists() and stamp.read_text() == wanted and self.has_data()):
            say("Preparing the sample world; this happens once and takes about a minute.")
            child = spawn([str(BIN / "flask"), "--app", "wsgi", "demo", "prepare"], env=self.env)
            self.children.append(child)
            if child.wait():
                refuse("The sample world could not be prepared; the lines above say why.")
            self.children.remove(child)
            stamp.write_text(wanted)
        self.locks.pop().close()

    def has_data(self) -> bool:
        """Whether database and index of an earlier start are there."""
        return (self.var / "jiangpu.sqlite").exists() and (self.var / "index").is_dir()

    def serve(self) -> None:
        """Start the server, wait until it answers, then start the outbox worker."""
        logs = self.var / "log"
        logs.mkdir(exist_ok=True)
        server = spawn(self.server_command(), env=self.env, log=logs / "server.log")
        self.children.append(server)
        self.wait_until_ready(server)
        self.children.append(
            spawn(
                [str(BIN / "flask"), "--app", "wsgi", "work"],
                env=self.env,
                log=logs / "worker.log",
            )
        )

    def server_command(self) -> list[str]:
        """Say how granian serves the site; static files pass through it for their headers."""
        return [
            *(str(BIN / "granian"), "--interface", "wsgi", "--factory", "wsgi:create_app"),
            *("--host", self.host, "--port", str(self.port)),
            *("--workers", "2", "--blocking-threads", "4", "--backlog", "1024"),
            *("--respawn-failed-workers", "--workers-kill-timeout", "4"),
            *("--working-dir", str(ROOT), "--log-level", "warning"),
        ]

    def wait_until_ready(self, server: subprocess.Popen[bytes]) -> None:
        """Ask /readyz until it answers."""
        end = time.monotonic() + READY_WITHIN
        while not _answers(f"{self.address}/readyz"):
            if server.poll() is not None or time.monotonic() > end:
                refuse(f"The server did not come up; {self.var / 'log' / 'server.log'} says why.")
            time.sleep(PAUSE)

    def watch(self) -> NoReturn:
        """Stay until stopped; a worker that ends by itself ends the demo with a sentence."""
        while True:
            for child in self.children:
                if child.poll() is not None:
                    refuse(f"A process of the demo ended by itself; see {self.var / 'log'}.")
            time.sleep(0.5)


def main() -> int:
    """Run one demo from the environment; returns the exit code."""
    demo = Demo(dict(os.environ))
    if "MAKELEVEL" in os.environ:
        die_with_parent()
    on_signals(_stopped)
    try:
        _run(demo)
    except Stopped:
        say("\nStopping.")
    finally:
        stop(demo.children)
    say("Stopped; the data is kept.")
    return 0


def _run(demo: Demo) -> None:
    demo.check_port()
    demo.var.mkdir(parents=True, exist_ok=True)
    demo.prepare()
    if not demo.take("serving.lock", fcntl.LOCK_SH):
        refuse("Another start is throwing this data away; run the same command again.")
    say("Starting the server.")
    demo.serve()
    say(greeting(demo.address))
    demo.watch()


def greeting(address: str) -> str:
    """Write the address and one login a role."""
    from web.world.logins import PASSWORD, demo_logins  # noqa: PLC0415  # slow, and the server is up

    lines = [f"\nReady: {address}/", "", f"Demo logins, password {PASSWORD} for all of them:"]
    lines += [f"  {name:<13} {title}" for name, title in demo_logins()]
    return "\n".join([*lines, "", "All people are invented sample data. Ctrl-C stops everything."])


def refuse(words: str) -> NoReturn:
    """End with one sentence."""
    raise SystemExit(words)


def say(words: str) -> None:
    """Print at once, also into a pipe."""
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


def _stopped() -> None:
    raise Stopped


def _port(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) < 1 << 16:
        refuse(f"PORT is {text!r}: give a number from 1 to 65535, such as PORT=8001.")
    return int(text)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as reply:  # noqa: S310  # our own server
            return bool(reply.status == 200)  # noqa: PLR2004  # ready
    except (urllib.error.URLError, OSError):
        return False


def _migrations_mark() -> str:
    names = sorted(path.name for path in (ROOT / "migrations" / "versions").glob("*.py"))
    return hashlib.sha256("\n".join(names).encode()).hexdigest() + "\n"


if __name__ == "__main__":
    raise SystemExit(main())
