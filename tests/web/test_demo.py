"""The demo: a taken port, data that is kept or thrown away, children that never stay behind."""

import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from web import bootstrap
from web.children import GRACE, spawn, stop
from web.demo import ROOT, Demo, greeting
from web.world.logins import PASSWORD

SLEEPER = [sys.executable, "-c", "import time; time.sleep(60)"]
STUBBORN = [
    sys.executable,
    "-c",
    (
        "import signal, subprocess, sys, time;"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN);"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']);"
        "print(child.pid, flush=True); time.sleep(60)"
    ),
]


def demo(tmp_path: Path, **env: str) -> Demo:
    return Demo({"VAR_DIR": str(tmp_path), **env})


def gone(pid: int) -> bool:
    for _ in range(50):
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
        except FileNotFoundError:
            return True
        if state == "Z":
            return True
        time.sleep(0.1)
    return False


def test_a_taken_port_gets_one_sentence_that_names_port(tmp_path: Path) -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]

        with pytest.raises(SystemExit, match=f"make demo PORT={port + 1}"):
            demo(tmp_path, PORT=str(port)).check_port()
    demo(tmp_path, PORT=str(port)).check_port()


@pytest.mark.parametrize("text", ["http", "0", "65536", "-1"])
def test_what_is_no_port_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(SystemExit, match="from 1 to 65535"):
        demo(tmp_path, PORT=text)


def test_the_demo_keeps_to_its_own_database(tmp_path: Path) -> None:
    started = demo(tmp_path, DATABASE_URL="postgresql://elsewhere", HOST="0.0.0.0")  # noqa: S104  # compared, not bound

    assert started.env["DATABASE_URL"] == ""
    assert started.address == "http://127.0.0.1:8000"


def test_starting_over_removes_our_data_alone(tmp_path: Path) -> None:
    (tmp_path / "media").mkdir()
    for name in ("jiangpu.sqlite", "prepared", "secret", "media/a.webp", "somebody-elses.txt"):
        (tmp_path / name).write_text("x")

    demo(tmp_path).start_over()

    left = {path.name for path in tmp_path.iterdir()} - {"serving.lock"}
    assert left == {"secret", "somebody-elses.txt"}


def test_nothing_is_thrown_away_under_a_running_demo(tmp_path: Path) -> None:
    (tmp_path / "jiangpu.sqlite").write_text("x")
    running = demo(tmp_path)
    assert running.take("serving.lock", fcntl.LOCK_SH)

    with pytest.raises(SystemExit, match="stop it before FRESH=1"):
        demo(tmp_path).start_over()
    assert (tmp_path / "jiangpu.sqlite").exists()
    running.locks.pop().close()


def test_the_greeting_has_a_login_a_role() -> None:
    words = greeting("http://127.0.0.1:8000")

    assert "http://127.0.0.1:8000/" in words
    assert PASSWORD in words
    for name in ("organizer", "reviewer", "encryption", "supervisor", "chief", "judge1"):
        assert f"  {name} " in words


def test_children_and_theirs_end_even_when_they_would_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.children.GRACE", 0.5)
    log = tmp_path / "log"
    children = [
        spawn(SLEEPER, env=os.environ, log=log),
        spawn(STUBBORN, env=os.environ, log=log),
    ]
    while not log.read_text().strip():
        time.sleep(0.05)
    grandchild = int(log.read_text())

    stop(children)

    assert [child.poll() for child in children] == [-signal.SIGTERM, -signal.SIGKILL]
    assert gone(grandchild)
    assert GRACE > 1


def test_a_killed_parent_takes_its_children_along(tmp_path: Path) -> None:
    parent = subprocess.Popen(  # noqa: S603  # our own words only
        [
            sys.executable,
            "-c",
            (
                "import os, sys, time\nfrom web.children import spawn\n"
                f"print(spawn({SLEEPER!r}, env=os.environ).pid, flush=True); time.sleep(60)"
            ),
        ],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert parent.stdout is not None
    child = int(parent.stdout.readline())

    parent.kill()
    parent.wait()
    parent.stdout.close()

    assert gone(child)


def test_an_installed_lock_file_is_not_installed_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ran: list[str] = []
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(bootstrap, "make_venv", lambda: ran.append("venv") or 0)
    monkeypatch.setattr(bootstrap, "pip", lambda lock: ran.append(lock.name) or 0)
    lock = tmp_path / "requirements.lock"
    lock.write_text("flask==3.1.3\n")

    assert bootstrap.main(["requirements.lock"]) == 0
    assert bootstrap.main(["requirements.lock"]) == 0
    lock.write_text("flask==3.1.4\n")
    assert bootstrap.main(["requirements.lock"]) == 0

    assert ran == ["venv", "requirements.lock"] * 2
    assert "happens once" in capsys.readouterr().out


def test_a_failed_installation_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(bootstrap, "make_venv", lambda: 0)
    monkeypatch.setattr(bootstrap, "pip", lambda _lock: 1)
    (tmp_path / "requirements.lock").write_text("flask==3.1.3\n")

    assert bootstrap.main(["requirements.lock"]) == 1
    assert list((tmp_path / ".venv").glob("*.stamp")) == []


def test_an_old_python_and_a_missing_venv_are_told_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert bootstrap.machine_trouble() == ""
    monkeypatch.setattr(bootstrap, "MINIMUM", (99, 0))
    assert "Python 3.11 or newer" in bootstrap.machine_trouble()
    monkeypatch.setattr(bootstrap, "MINIMUM", (3, 11))
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    assert "python3-venv" in bootstrap.machine_trouble()
