"""What a scanner types, and the hours of an arrival."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.check_ins import Arrival, arrival, looks_scanned, read_code
from rules.errors import Invalid

NINE = dt.datetime(2026, 11, 24, 1, 0, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)


@pytest.mark.parametrize("text", ["JP:14:14007", " jp:14:14007\r", "ＪＰ：１４：１４００７"])
def test_a_code_names_event_and_pass(text: str) -> None:
    assert read_code(text) == (14, "14007")


@pytest.mark.parametrize("text", ["14007", " 14 007 ", "１４００７"])
def test_a_typed_number_names_the_pass_alone(text: str) -> None:
    assert read_code(text) == (None, "14007")


@pytest.mark.parametrize(
    "text", ["", "   ", "JP:14:", "JP::14007", "何亦凡", "https://a.b/c", "1;2"]
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(Invalid, match="not the code"):
        read_code(text)


@given(st.text(max_size=50))
def test_reading_refuses_or_reads_and_never_breaks(text: str) -> None:
    try:
        read = read_code(text)
    except Invalid:
        return
    assert 1 <= len(read.pass_no) <= 20


@pytest.mark.parametrize(
    ("minutes", "wanted"),
    [
        (-31, Arrival.EARLY),
        (-30, Arrival.IN_TIME),
        (0, Arrival.IN_TIME),
        (1, Arrival.LATE),
        (15, Arrival.LATE),
        (16, Arrival.TOO_LATE),
    ],
)
def test_the_minutes_of_an_arrival(minutes: int, wanted: Arrival) -> None:
    found = arrival(
        NINE + minutes * MINUTE, reports_at=NINE - 30 * MINUTE, starts_at=NINE, late_minutes=15
    )

    assert found is wanted


def test_a_reason_is_told_from_a_scan() -> None:
    assert looks_scanned("JP:14:14007")
    assert looks_scanned("１４００７")
    assert not looks_scanned("公交停运 14 路")
