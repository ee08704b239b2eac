"""Outliers: what is unusual is pointed out and left alone."""

from rules.results import Entrant, compute
from rules.schemes import Scheme
from tests.rules.events import PLAIN, aspect, module, one, run


def test_unusual_marks_are_flagged_and_left_alone() -> None:
    rows = {f"w{at}": [f"{90 + at}", "60", "61", "60", "62"] for at in range(3)}

    result = run(PLAIN, one("trimmed"), rows)

    assert all(flag.judge_key == "J0" for flag in result.flags)
    assert len(result.flags) == 4
    assert "Over all works" in str(result.flags[-1].reason)
    assert result.publishable


def test_implausible_values_and_full_marks_are_flagged() -> None:
    result = run(PLAIN, one(measure="deduct 1 plausible 0..20"), {"a": ["21"], "b": ["0"]})

    assert [flag.work_code for flag in result.flags] == ["a", "b"]


def test_the_same_row_twice_is_flagged() -> None:
    scheme = Scheme((module("A", *(aspect(f"X{at}", "judgement", "5") for at in range(5))),))
    marks = [
        (work, f"X{at}", "j", str(at % 3))
        for work in "abc"
        for at in range(5 if work != "c" else 4)
    ]
    marks += [("c", "X4", "j", "3")]

    result = compute(PLAIN, scheme, marks, [Entrant("a"), Entrant("b"), Entrant("c")])

    assert [(flag.work_code, flag.judge_key) for flag in result.flags] == [("b", "j")]
