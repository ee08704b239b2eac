"""Results under load: a whole province's field on one screen."""

import random
import time

from rules.results import Entrant, compute
from rules.rulesets import EventRules
from rules.schemes import Scheme
from tests.rules.events import PRACTICE, aspect, module


def test_five_hundred_works_are_computed_at_once() -> None:
    chance = random.Random(7)  # noqa: S311 (load, not secrecy)
    aspects = [aspect(f"X{at}", "trimmed", "2.5") for at in range(40)]
    marks = [
        (f"w{work:03}", item.code, f"J{judge}", f"{chance.randrange(251) / 100:.2f}")
        for work in range(500)
        for item in aspects
        for judge in range(7)
    ]
    entrants = [Entrant(f"w{work:03}") for work in range(500)]
    before = time.process_time()

    result = compute(EventRules(parts=PRACTICE), Scheme((module("A", *aspects),)), marks, entrants)

    assert time.process_time() - before < 6
    assert result.complete
