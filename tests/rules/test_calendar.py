"""Working days: public notices end on the right day, make-up days included."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.calendar import CHINA, add_working_days
from rules.errors import Invalid

day = dt.date.fromisoformat


@pytest.mark.parametrize(
    ("first", "count", "last"),
    [
        pytest.param("2023-08-22", 5, "2023-08-28", id="a-real-notice-of-Tangshan"),
        pytest.param("2025-01-24", 3, "2025-01-27", id="make-up-sunday-before-spring-festival"),
        pytest.param("2025-10-09", 3, "2025-10-11", id="make-up-saturday-after-national-day"),
        pytest.param("2026-09-29", 5, "2026-10-10", id="national-day-and-its-make-up-saturday"),
        pytest.param("2026-02-13", 3, "2026-02-24", id="nine-days-of-spring-festival"),
        pytest.param("2026-11-21", 1, "2026-11-23", id="a-first-day-off-does-not-count"),
    ],
)
def test_last_day_of_a_notice(first: str, count: int, last: str) -> None:
    assert CHINA.last_day(day(first), count) == day(last)


def test_the_table_says_which_years_it_knows() -> None:
    assert CHINA.knows(day("2026-12-31"))
    assert not CHINA.knows(day("2027-01-01"))
    assert CHINA.is_working(day("2027-01-04"))


def test_every_make_up_day_is_on_a_weekend() -> None:
    assert all(made_up.weekday() >= 5 for made_up in CHINA.makeup)
    assert not CHINA.makeup & CHINA.holidays


def test_counting_backwards_is_refused() -> None:
    with pytest.raises(Invalid, match="counted forward"):
        add_working_days(day("2026-01-01"), -1)


@given(st.dates(dt.date(2025, 1, 1), dt.date(2026, 12, 31)), st.integers(0, 30))
def test_adding_and_counting_agree(start: dt.date, count: int) -> None:
    end = add_working_days(start, count)

    assert CHINA.between(start + dt.timedelta(days=1), end) == count
