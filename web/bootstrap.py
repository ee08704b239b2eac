"""Makes ``.venv`` ready before anything else can run; needs nothing but the standard library.

Run by make as a script: ``python3 -I web/bootstrap.py requirements.lock``. What is
installed is remembered by the content of the lock file, so nothing is done twice, and a
file lock lets two first starts queue instead of spoiling each other's work.
"""

import contextlib
import fcntl
import hashlib
import importlib.util
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
MINIMUM = (3, 11)
TAIL = 15


def main(names: list[str]) -> int:
    """Install the lock files of ``names`` into ``.venv``; returns the exit code."""
    trouble = machine_trouble()
    if trouble:
        say(trouble)
        return 1
    VENV.mkdir(exist_ok=True)
    with one_at_a_time(VENV / ".lock"):
        return next((code for name in names if (code := install(ROOT / name))), 0)


def machine_trouble() -> str:
    """Say in one sentence what this machine lacks, or nothing."""
    if sys.version_info < MINIMUM:
        found = ".".join(map(str, sys.version_info[:2]))
        return f"This needs Python 3.11 or newer; {sys.executable} is {found}. Nothing was changed."
    if importlib.util.find_spec("ensurepip") is None:
        return (
            "Python's venv module is incomplete here: install it with "
            "`apt-get install python3-venv` and run the same command again."
        )
    return ""


@contextlib.contextmanager
def one_at_a_time(path: Path) -> Iterator[None]:
    """Hold the file lock at ``path``; the kernel lets go of it even when we are killed."""
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another start is installing packages; waiting for it.")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def install(lock: Path) -> int:
    """Install one lock file unless exactly this content is installed already."""
    stamp, wanted = VENV / f".{lock.stem}.stamp", mark(lock)
    if stamp.exists() and stamp.read_text() == wanted:
        return 0
    say(f"Making the Python environment ({lock.name}); this happens once.")
    code = make_venv() or pip(lock)
    if not code:
        stamp.write_text(wanted)
    return code


def mark(lock: Path) -> str:
    """Name what a lock file gives on this Python."""
    content = hashlib.sha256(lock.read_bytes()).hexdigest()
    return f"{content} {sys.version_info[0]}.{sys.version_info[1]}\n"


def make_venv() -> int:
    """Create the environment where it has no working pip."""
    python = VENV / "bin" / "python"
    works = python.exists() and not run([str(python), "-c", "import pip"], quiet=True)
    return 0 if works else run([sys.executable, "-m", "venv", "--clear", str(VENV)])


def run(command: list[str], *, quiet: bool = False) -> int:
    """Run a command and return its exit code."""
    out = subprocess.DEVNULL if quiet else None
    return subprocess.call(command, stdout=out, stderr=out)  # noqa: S603  # our own words only


def pip(lock: Path) -> int:
    """Install with hashes checked, one line of progress a package."""
    total = len(re.findall(r"(?m)^[\w.\[\]-]+==", lock.read_text()))
    command = [str(VENV / "bin" / "python"), "-m", "pip", "install", "--require-hashes"]
    command += ["--no-input", "--disable-pip-version-check", "--progress-bar=off"]
    command += ["-r", str(lock)]
    lines: list[str] = []
    seen = 0
    with subprocess.Popen(  # noqa: S603  # our own words only
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        for line in process.stdout or ():
            lines.append(line)
            found = re.match(r"(?:Collecting|Requirement already satisfied:) (\S+)", line)
            if found:
                seen += 1
                say(f"  {min(seen, total):3}/{total} {found[1]}")
            elif line.startswith("Installing"):
                say("  unpacking; this takes about half a minute")
    if process.returncode:
        say("".join(lines[-TAIL:]).rstrip())
        say("The packages could not be installed; what was done is kept. Run it again.")
    return process.returncode


def say(words: str) -> None:
    """Print at once, also into a pipe."""
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
