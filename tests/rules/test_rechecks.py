"""Rechecks: how many are looked at again, and when all are."""

from typing import Any

import pytest

from rules.rechecks import Outcome, Top, outcome, plan
from tests.rules.vectors import vector

V09 = vector("v09")


@pytest.mark.parametrize("case", V09["cases"])
def test_sizes_of_v09(case: dict[str, Any]) -> None:
    ranked = [f"c{at:02}" for at in range(case["n"])]

    chosen = plan(ranked, "a seed revealed later", Top(case["policy"]))

    assert (len(chosen.top), len(chosen.sample)) == (
        case["expect"]["all"],
        case["expect"]["sample"],
    )
    assert not set(chosen.top) & set(chosen.sample)


@pytest.mark.parametrize("case", V09["trigger"])
def test_triggers_of_v09(case: dict[str, Any]) -> None:
    expected = Outcome.PASS if case["expect"].startswith("pass") else Outcome.FULL_RECHECK

    assert outcome(case["rechecked"], case["errors"]) is expected


def test_the_seed_draws_the_sample_not_the_staff() -> None:
    ranked = [f"c{at:02}" for at in range(60)]

    assert plan(ranked, "seed one of the day") == plan(ranked, "seed one of the day")
    assert plan(ranked, "seed one of the day") != plan(ranked, "seed two of the day")
