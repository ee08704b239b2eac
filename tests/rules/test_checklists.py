"""The checklist: days follow the calendar, the template agrees with itself, notes are needed."""

import datetime as dt
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from rules.checklists import (
    BY_CODE,
    ORDER,
    REACHED,
    TEMPLATE,
    Anchor,
    Days,
    check_due,
    check_note,
    check_title,
    days_of,
    is_late,
    reached,
)
from rules.errors import Invalid
from rules.states import EventState

DATES = st.dates(dt.date(2020, 1, 1), dt.date(2030, 12, 31))
FOLDER = Path(__file__).parents[2] / "translations" / "zh_Hans"


def test_codes_are_unique_and_what_is_reached_is_watched() -> None:
    assert len(BY_CODE) == len(TEMPLATE)
    assert all(BY_CODE[code].watched for code in REACHED)
    assert any(not item.watched for item in TEMPLATE)


def test_every_item_has_its_chinese() -> None:
    known = {}
    for path in FOLDER.glob("*.po"):
        with path.open("rb") as file:
            known |= {message.id: message.string for message in read_po(file)}

    assert [item.title for item in TEMPLATE if not known.get(item.title)] == []


@given(st.lists(st.tuples(DATES, DATES, DATES), min_size=1, max_size=5), st.integers(-400, 400))
def test_due_dates_move_with_the_calendar(
    windows: list[tuple[dt.date, dt.date, dt.date]], shift: int
) -> None:
    step = dt.timedelta(days=shift)
    days = days_of(windows)
    moved = days_of([(a + step, b + step, c + step) for a, b, c in windows])

    for item in TEMPLATE:
        due, later = item.due(days), item.due(moved)
        assert due is not None
        assert later == due + step


@given(DATES, DATES, DATES)
def test_the_order_of_the_days_is_the_order_of_the_work(
    one: dt.date, two: dt.date, three: dt.date
) -> None:
    opens, closes, held = sorted((one, two, three))
    days = days_of([(opens, closes, held)])
    due = {item.code: item.due(days) for item in TEMPLATE}

    for before, after in (
        ("papers", "listed"), ("listed", "committed"), ("committed", "marks"), ("marks", "posted"),
        ("posted", "final"), ("final", "publicity"), ("publicity", "awarded"),
        ("money", "archived"),
    ):  # fmt: skip
        first, then = due[before], due[after]
        assert first is not None
        assert then is not None
        assert first <= then


def test_without_events_nothing_is_due() -> None:
    assert [item.due(Days()) for item in TEMPLATE] == [None] * len(TEMPLATE)
    assert not is_late(None, dt.date(2026, 1, 1))


def test_several_events_count_from_the_first_and_to_the_last() -> None:
    early = (dt.date(2026, 1, 1), dt.date(2026, 2, 1), dt.date(2026, 3, 1))
    late = (dt.date(2026, 1, 5), dt.date(2026, 2, 5), dt.date(2026, 3, 9))
    days = days_of([late, early])

    assert days == Days(early[0], late[1], early[2], late[2])
    assert [days.at(anchor) for anchor in Anchor] == [early[0], late[1], early[2], late[2]]


def test_the_day_itself_is_in_time() -> None:
    day = dt.date(2026, 11, 24)

    assert not is_late(day, day)
    assert is_late(day, day + dt.timedelta(days=1))


@given(st.lists(st.sampled_from(ORDER), max_size=6), st.sampled_from(ORDER[:-1]))
def test_what_is_reached_is_reached_by_every_living_event(
    states: list[EventState], wanted: EventState
) -> None:
    live = [state for state in states if state is not EventState.CANCELLED]

    expected = live != [] and min(map(ORDER.index, live)) >= ORDER.index(wanted)
    assert reached(states, wanted) is expected


@pytest.mark.parametrize("title", ["", "  ", "长" * 61, "一行\u202e反过来"])
def test_a_title_is_one_plain_line(title: str) -> None:
    with pytest.raises(Invalid):
        check_title(title)


@pytest.mark.parametrize(("note", "needed"), [("长" * 301, False), ("", True), ("\u2028", True)])
def test_a_note_is_refused(note: str, needed: bool) -> None:  # noqa: FBT001  # a parameter of the table
    with pytest.raises(Invalid):
        check_note(note, needed=needed)


def test_notes_titles_and_days_are_kept_clean() -> None:
    assert check_note("  已 办 ", needed=True) == "已 办"
    assert check_note("", needed=False) == ""
    assert check_title(" 午餐 ") == "午餐"
    assert check_due(dt.date(2026, 1, 1)) == dt.date(2026, 1, 1)


@pytest.mark.parametrize("day", [None, dt.date(1999, 12, 31), dt.date(2101, 1, 1)])
def test_a_day_no_contest_can_have(day: dt.date | None) -> None:
    with pytest.raises(Invalid):
        check_due(day)
