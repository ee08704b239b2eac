"""Measure the computation of a result as its field grows.

Run: python -m bench.results
"""

import random
import time

from rules.results import Entrant, compute
from rules.rulesets import EventRules
from rules.schemes import Scheme
from tests.rules.events import PRACTICE, aspect, module

SIZES = (50, 200, 500)
ASPECTS, JUDGES = 40, 7
SLACK = 1.5
"""How much faster than the field the time may grow before it is called too fast."""


def main() -> None:
    """Print the time of each field, and whether the largest grew in proportion."""
    times = [seconds(size) for size in SIZES]
    for size, took in zip(SIZES, times, strict=True):
        print(f"{size} works, {ASPECTS} aspects, {JUDGES} judges: {took * 1000:.0f} ms")
    ratio = (times[-1] / times[0]) / (SIZES[-1] / SIZES[0])
    verdict = "in proportion" if ratio <= SLACK else "FASTER THAN THE FIELD"
    print(f"growth against the field: {ratio:.2f} ({verdict})")


def seconds(size: int) -> float:
    """Time one result of ``size`` works."""
    chance = random.Random(7)  # noqa: S311  # load, not secrecy
    aspects = [aspect(f"X{at}", "trimmed", "2.5") for at in range(ASPECTS)]
    works = [f"w{work:03}" for work in range(size)]
    marks = [
        (work, item.code, f"J{judge}", f"{chance.randrange(251) / 100:.2f}")
        for work in works
        for item in aspects
        for judge in range(JUDGES)
    ]
    scheme = Scheme((module("A", *aspects),))
    started = time.process_time()
    compute(EventRules(parts=PRACTICE), scheme, marks, [Entrant(work) for work in works])
    return time.process_time() - started


if __name__ == "__main__":
    main()
