"""Measures: the texts of published schemes give the published points."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.errors import Invalid
from rules.measures import parse_measure, parse_value
from tests.rules.vectors import vector

CASES = vector("v10")["cases"]


@pytest.mark.parametrize(
    ("text", "maximum", "value", "case"),
    [
        ("deduct 2", "10", "3", CASES[0]),
        ("deduct 2", "10", "7", CASES[1]),
        ("gain 1.5 cap 12 penalty 1 cap_first", "12", "9;0", CASES[2]),
        ("gain 1.5 cap 12 penalty 1 cap_first", "12", "9;2", CASES[3]),
        ("gain 1.5 cap 12 penalty 1 cap_first", "12", "1;4", CASES[4]),
        ("gain 2 cap 25 penalty 2 cap_first", "25", "13;1", CASES[5]),
        ("gain 4", "8", "2", CASES[6]),
    ],
)
def test_measures_of_v10(text: str, maximum: str, value: str, case: dict[str, str]) -> None:
    number, false_reports = parse_value(value)

    points = parse_measure(text, Decimal(maximum)).mark(number, false_reports)

    assert points == Fraction(case["expect"])


def test_penalty_before_cap_of_v10() -> None:
    measure = parse_measure("gain 1.5 cap 12 penalty 1 penalty_first", Decimal(12))

    assert CASES[3]["alt"].startswith("11.50")
    assert measure.mark(Decimal(9), 2) == Fraction("11.5")


def test_a_value_between_steps_of_v10_is_refused() -> None:
    assert CASES[7]["expect"].startswith("INVALID")
    with pytest.raises(Invalid, match="not one of the steps 0 / 2 / 4"):
        parse_measure("steps 0/2/4", Decimal(4)).mark(Decimal(3))


@pytest.mark.parametrize(
    ("text", "maximum", "value", "points"),
    [
        ("pass_fail", "0.5", "1", "0.5"),
        ("pass_fail", "0.5", "0", "0"),
        ("direct", "30", "17.5", "17.5"),
        ("direct step 0.25", "1", "0.75", "0.75"),
        ("steps 0/2/4", "4", "2", "2"),
        ("band 0..2.0 full", "3", "2.0", "3"),
        ("band 10..14", "3", "14.1", "0"),
        ("tolerance 0.5=4 1.0=2", "4", "-0.5", "4"),
        ("tolerance 0.5=4 1.0=2 target 25", "4", "26", "2"),
        ("tolerance 0.5=4 1.0=2", "4", "1.01", "0"),
        ("gain 2 penalty 1", "6", "2;1", "3"),
    ],
)
def test_points(text: str, maximum: str, value: str, points: str) -> None:
    measure = parse_measure(text, Decimal(maximum))

    assert measure.mark(*parse_value(value)) == Fraction(points)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("pass_fail", "1 for passed: 10 points. 0 for failed."),
        ("direct", "Points from 0 to 10."),
        ("direct step 0.5", "Points from 0 to 10 in steps of 0.5."),
        ("deduct 2", "10 points less 2 for each fault, never below 0."),
        ("gain 2", "2 points for each hit, at most 10."),
        (
            "gain 2 cap 8 penalty 1",
            "2 points for each hit, at most 8; then 1 off for each false report, never below 0.",
        ),
        (
            "gain 2 cap 8 penalty 1 penalty_first",
            "2 points for each hit less 1 for each false report; then at most 8, never below 0.",
        ),
        ("steps 0/5/10", "One of 0 / 5 / 10 points."),
        ("band 1..3", "10 points from 1 to 3, otherwise 0."),
        ("tolerance 0.1=10 0.2=5", "By distance from 0: ±0.1 → 10, ±0.2 → 5; beyond that 0."),
    ],
)
def test_each_measure_explains_itself(text: str, sentence: str) -> None:
    assert str(parse_measure(text, Decimal(10)).describe()) == sentence


@pytest.mark.parametrize(
    "text",
    [
        "",
        "guess",
        "deduct",
        "deduct 0",
        "deduct 2 more",
        "direct step",
        "gain 2 cap 11",
        "gain 2 cap_first penalty_first",
        "steps 0/20",
        "steps 0/x",
        "band 3..1",
        "band 3",
        "tolerance",
        "tolerance 1=2 0.5=4",
        "tolerance 1=12",
        "pass_fail plausible 0-20",
    ],
)
def test_a_text_that_is_not_wholly_understood_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        parse_measure(text, Decimal(10))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("pass_fail", "0.5"),
        ("direct", "10.5"),
        ("direct", "-1"),
        ("direct step 0.5", "0.25"),
        ("deduct 2", "-1"),
        ("deduct 2", "1;1"),
        ("gain 2", "1.5"),
        ("gain 2", "1;1"),
        ("gain 2 penalty 1", "1;-1"),
        ("gain 2 penalty 1", "1;0.5"),
    ],
)
def test_a_value_that_cannot_be_is_refused(text: str, value: str) -> None:
    with pytest.raises(Invalid):
        parse_measure(text, Decimal(10)).mark(*parse_value(value))


def test_an_unlikely_value_is_flagged_not_refused() -> None:
    measure = parse_measure("deduct 2 plausible 0..20", Decimal(10))

    assert measure.is_plausible(Decimal(20))
    assert not measure.is_plausible(Decimal(21))
    assert measure.mark(Decimal(21)) == 0
    assert parse_measure("deduct 2", Decimal(10)).is_plausible(Decimal(10**6))


@given(st.integers(0, 40), st.integers(0, 40))
def test_points_stay_between_zero_and_the_maximum(hits: int, false_reports: int) -> None:
    for order in ("cap_first", "penalty_first"):
        measure = parse_measure(f"gain 1.5 cap 12 penalty 1 {order}", Decimal(15))
        assert 0 <= measure.mark(Decimal(hits), false_reports) <= 15


@given(st.integers(0, 30))
def test_more_faults_never_earn_more(faults: int) -> None:
    measure = parse_measure("deduct 1.5", Decimal(10))

    assert measure.mark(Decimal(faults)) >= measure.mark(Decimal(faults + 1))
