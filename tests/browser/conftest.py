"""A whole site in a folder of its own, and a real Chromium to look at it with."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NEEDED = (
    "The browser journeys need Chromium: install the package `chromium` (or run "
    "`.venv/bin/playwright install chromium`) and run the tests again."
)
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
WAIT = 60


class Site:
    """One running site: server and worker over one folder, with a clock that may run ahead."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.processes: list[subprocess.Popen[bytes]] = []

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def environment(self, ahead: int = 0) -> dict[str, str]:
        """What every process of the site is told."""
        told = {"VAR_DIR": str(self.folder), "DEMO": "1", "CLOCK_AHEAD": str(ahead)}
        return {**os.environ, **told, "PYTHONWARNINGS": "ignore"}

    def flask(self, *words: str) -> str:
        """Run one command of the site and return what it said."""
        command = [sys.executable, "-m", "flask", "--app", "wsgi", *words]
        done = subprocess.run(
            command, cwd=ROOT, env=self.environment(), capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def start(self, *, ahead: int = 0) -> None:
        """Start server and worker and wait until the site is ready."""
        server = [sys.executable, "-m", "granian", "--interface", "wsgi", "--factory"]
        server += ["--host", "127.0.0.1", "--port", str(self.port), "--workers", "1"]
        worker = [sys.executable, "-m", "flask", "--app", "wsgi", "work"]
        with (self.folder / "log").open("ab") as log:
            for command in ([*server, "wsgi:create_app"], worker):
                self.processes.append(
                    subprocess.Popen(
                        command, cwd=ROOT, env=self.environment(ahead), stdout=log, stderr=log
                    )
                )
        self._wait()

    def stop(self) -> None:
        """End both."""
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            process.wait(timeout=20)
        self.processes = []

    def _wait(self) -> None:
        until = time.monotonic() + WAIT
        while time.monotonic() < until:
            try:
                with urllib.request.urlopen(f"{self.url}/readyz", timeout=2):
                    return
            except OSError:
                time.sleep(0.2)
        pytest.fail((self.folder / "log").read_text(errors="replace")[-4000:])


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The sample world, running."""
    made = Site(tmp_path_factory.mktemp("site"))
    made.flask("db", "upgrade")
    made.flask("seed")
    made.flask("search", "rebuild")
    made.start()
    yield made
    made.stop()


def chromium() -> str:
    """Find a Chromium, or install one where we may; else say what is missing."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found:
        return found
    if os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "check": False}
        subprocess.run(["apt-get", "update", "-qq"], **quiet)
        subprocess.run(["apt-get", "install", "-y", "-qq", "chromium"], **quiet)
    else:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    return next((path for name in NAMES if (path := shutil.which(name))), "")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all journeys."""
    path = chromium()
    with sync_playwright() as play:
        options = {"args": FLAGS}
        if path:
            options["executable_path"] = path
        try:
            opened = play.chromium.launch(**options)
        except Exception as trouble:  # whatever hinders it, the sentence says what helps
            pytest.fail(f"{NEEDED}\n{trouble}")
        yield opened
        opened.close()
