"""Scores: published and constructed panels come out to the last digit."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.errors import Invalid
from rules.scoring import (
    MissingMark,
    Rounding,
    SpreadTooWide,
    TooFewJudges,
    check_panel,
    judgement_mark,
    parse_number,
    round_to,
    spread,
    trimmed_mean,
    weighted_total,
)
from tests.rules.vectors import vector

V01 = vector("v01")
V03 = vector("v03")
V05 = vector("v05")
ERRORS = {"too_few_judges": TooFewJudges, "missing_mark": MissingMark}
marks = st.decimals(min_value=0, max_value=100, places=2)


def panel(judges: list[str | None]) -> list[Decimal | None]:
    return [None if mark is None else Decimal(mark) for mark in judges]


@pytest.mark.parametrize(
    "case", [*V01["cases"], *(case for case in V01["edge_constructed"] if "expect" in case)]
)
def test_trimmed_mean_of_v01(case: dict[str, object]) -> None:
    mean = trimmed_mean(panel(case["judges"]))  # type: ignore[arg-type]

    assert round_to(mean, 2) == Decimal(str(case["expect"]))


@pytest.mark.parametrize(
    "case", [case for case in V01["edge_constructed"] if "expect_error" in case]
)
def test_incomplete_panels_of_v01_are_refused(case: dict[str, object]) -> None:
    with pytest.raises(ERRORS[str(case["expect_error"])]):
        trimmed_mean(panel(case["judges"]))  # type: ignore[arg-type]


@pytest.mark.parametrize("case", V03["cases"])
def test_judgement_of_v03(case: dict[str, object]) -> None:
    levels: list[int] = case["judges"]  # type: ignore[assignment]

    check_panel(levels)

    assert spread(levels) == case["spread"]
    mark = judgement_mark(levels, Decimal(str(case["max"])), places=2)
    assert mark == Fraction(str(case["expect"]))


def test_blocked_panels_of_v03() -> None:
    wide, wider, short, odd = V03["blocked"]
    for case, error in ((wide, SpreadTooWide), (wider, SpreadTooWide), (short, TooFewJudges)):
        with pytest.raises(error):
            check_panel(case["judges"])
    with pytest.raises(Invalid, match=r"2\.5 is not a level"):
        check_panel([Decimal(str(level)) for level in odd["judges"]])

    check_panel(wide["after_adjust"])
    settled = judgement_mark(wide["after_adjust"], Decimal(wide["max"]), places=2)
    assert settled == Fraction(wide["expect_after"])


def test_a_mean_of_nothing_is_no_mark() -> None:
    with pytest.raises(TooFewJudges):
        judgement_mark([], 5)
    with pytest.raises(TooFewJudges):
        trimmed_mean([1, 2, 3], drop_high=-1)
    assert spread([]) == 0


@pytest.mark.parametrize("case", V05["rounding_cases"])
def test_weighted_rounding_of_v05(case: dict[str, object]) -> None:
    weights: list[int] = case["w"]  # type: ignore[assignment]
    total = weighted_total(
        zip((Decimal(str(case["theory"])), Decimal(str(case["practice"]))), weights, strict=True)
    )

    assert round_to(total, 2) == Decimal(str(case["expect_half_up"]))
    assert round_to(total, 2, Rounding.HALF_EVEN) == Decimal(str(case["expect_half_even"]))


@pytest.mark.parametrize(
    "text", ["", "1e3", "NaN", "-", "1,5", "12345678901", "1.1234567", "１/２"]
)
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        parse_number(text)


def test_full_width_digits_are_digits() -> None:
    assert parse_number(" ８８．５ ") == Decimal("88.5")


@pytest.mark.parametrize(
    ("value", "half_up", "half_even"),
    [
        ("5/2", "3", "2"),
        ("7/2", "4", "4"),
        ("-5/2", "-3", "-2"),
        ("-1/4", "0", "0"),
        ("0", "0", "0"),
    ],
)
def test_halves_go_as_the_mode_says(value: str, half_up: str, half_even: str) -> None:
    assert str(round_to(Fraction(value), 0)) == half_up
    assert str(round_to(Fraction(value), 0, Rounding.HALF_EVEN)) == half_even


@given(st.lists(marks, min_size=5, max_size=9), st.randoms())
def test_the_order_of_judges_is_nothing(panel_marks: list[Decimal], random: object) -> None:
    shuffled = list(panel_marks)
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    assert trimmed_mean(shuffled) == trimmed_mean(panel_marks)


@given(st.lists(marks, min_size=3, max_size=9), st.data())
def test_a_higher_mark_never_lowers_the_mean(
    panel_marks: list[Decimal], data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(panel_marks) - 1))
    better = [*panel_marks]
    better[at] += 1

    assert trimmed_mean(better) >= trimmed_mean(panel_marks)
    assert min(panel_marks) <= trimmed_mean(panel_marks) <= max(panel_marks)


@given(st.fractions(), st.integers(0, 6))
def test_rounding_moves_by_half_a_step_at_most(value: Fraction, places: int) -> None:
    for mode in Rounding:
        off = abs(Fraction(round_to(value, places, mode)) - value)
        assert off * 2 * 10**places <= 1
