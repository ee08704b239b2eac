"""Runs every test: on SQLite, on PostgreSQL, in a browser; the last line counts them."""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COUNT = re.compile(r"(\d+) (passed|failed|error|skipped)")
FLOORS = (("rules", 100), ("models", 98), ("actions", 98))
"""Coverage that may only rise; the aim is 100 for these three."""
RUNS: tuple[tuple[str, dict[str, str], list[str]], ...] = (
    (
        "on SQLite",
        {},
        ["tests", "rules", "--ignore=tests/browser", "-n", "2", "--cov", "--cov-report="],
    ),
    (
        "on PostgreSQL",
        {"TEST_DATABASE": "postgresql"},
        ["tests/actions", "tests/admin", "tests/showcase", "tests/models", "tests/web", "-n", "2"],
    ),
    ("in Chromium", {}, ["tests/browser"]),
)


def main() -> int:
    """Run all, print the count alone on the last line, return 1 when anything failed."""
    passed = failed = 0
    for words, extra, arguments in RUNS:
        sys.stdout.write(f"\n== {words}\n")
        sys.stdout.flush()
        good, bad = run(extra, arguments)
        passed, failed = passed + good, failed + bad
    failed += below_floor()
    sys.stdout.write(f"\n{passed} passed, {failed} failed\n")
    return 1 if failed else 0


def run(extra: dict[str, str], arguments: list[str]) -> tuple[int, int]:
    """Run pytest once and count; a skipped test and a run without a count are failures too."""
    command = [sys.executable, "-m", "pytest", "-q", *arguments]
    tail = ""
    with subprocess.Popen(  # noqa: S603  # our own words only
        command, cwd=ROOT, env={**os.environ, **extra}, stdout=subprocess.PIPE, text=True
    ) as process:
        for line in process.stdout or ():
            sys.stdout.write(line)
            sys.stdout.flush()
            tail = line if COUNT.search(line) else tail
    counts = {word: int(number) for number, word in COUNT.findall(tail)}
    bad = sum(counts.get(word, 0) for word in ("failed", "error", "skipped"))
    if process.returncode and not bad:
        bad = 1
    return counts.get("passed", 0), bad


def below_floor() -> int:
    """Count the packages whose coverage fell below their floor."""
    fallen = 0
    for package, floor in FLOORS:
        command = [sys.executable, "-m", "coverage", "report", f"--include={package}/*"]
        command += [f"--fail-under={floor}", "--skip-covered", "--format=total"]
        done = subprocess.run(  # noqa: S603  # our own words only
            command, cwd=ROOT, capture_output=True, text=True, check=False
        )
        sys.stdout.write(f"coverage of {package}: {done.stdout.strip()} % (floor {floor})\n")
        fallen += bool(done.returncode)
    return fallen


if __name__ == "__main__":
    raise SystemExit(main())
