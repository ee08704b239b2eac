"""Medals: the WorldSkills ties and the scale with median 700."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.errors import Blocked
from rules.medals import (
    Chained,
    FieldRule,
    average_points,
    medal_points,
    medals,
    median,
    scale_700,
)
from tests.rules.vectors import vector

V07 = vector("v07")
HELD = [case for case in V07["cases"] if isinstance(case["expect"], list)]


@pytest.mark.parametrize("case", HELD, ids=lambda case: case["id"])
def test_medals_of_v07(case: dict[str, Any]) -> None:
    assert medals(case["points"], FieldRule(case.get("field_rule", "none"))) == case["expect"]


def test_three_contestants_of_v07_hold_no_event() -> None:
    case = V07["cases"][-1]
    with pytest.raises(Blocked, match="the event is not held"):
        medals(case["points"], FieldRule(case["field_rule"]))


def test_medal_points_of_v07() -> None:
    report = V07["member_report"]

    assert medal_points(report["medals"]) == report["expect_medal_points"]


@pytest.mark.parametrize(
    ("points", "chained", "expected"),
    [
        ([770, 768, 766, 760], Chained.NEXT, ["gold", "gold", "gold", "medallion"]),
        ([770, 769, 768, 766, 690], Chained.FIRST, ["gold", "gold", "gold", "bronze", None]),
        ([770, 765, 764, 762, 690], Chained.FIRST, ["gold", "silver", "silver", "bronze", None]),
        ([], Chained.NEXT, []),
    ],
)
def test_ties_beyond_the_published_cases(
    points: list[int], chained: Chained, expected: list[str | None]
) -> None:
    assert medals(points, chained=chained) == expected


def test_four_contestants_at_moscow_get_one_gold() -> None:
    assert medals([742, 731, 690, 680], FieldRule.MOSCOW_2018) == ["gold", "medallion", None, None]
    assert medals([742, 731, 700, 690, 680, 670], FieldRule.MOSCOW_2018)[2] == "bronze"


def test_the_median_of_the_field_is_700() -> None:
    marks = [Decimal(mark) for mark in ("55", "60.5", "62", "70", "81")]

    assert scale_700(marks) == [680, 696, 700, 723, 755]
    assert median([1, 2]) * 2 == 3
    assert scale_700([0, 1, 2, 1000]) == [670, 690, 710, 1000]


@pytest.mark.parametrize("marks", [[], [5, 5, 5, 9]])
def test_a_field_without_spread_has_no_scale(marks: list[int]) -> None:
    with pytest.raises(Blocked, match="no spread"):
        scale_700(marks)


@given(st.lists(st.integers(0, 100), min_size=3, max_size=30, unique=True))
def test_the_scale_keeps_the_order(marks: list[int]) -> None:
    points = scale_700(sorted(marks))

    assert points == sorted(points)
    assert all(0 <= value <= 1000 for value in points)


def test_average_points_are_published_to_two_places() -> None:
    assert average_points([527, 528, 528]) == Decimal("527.67")
