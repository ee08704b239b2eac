"""A view is its address: read, written back, refused where it makes no sense; ages in bands."""

import datetime as dt

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rules.errors import Invalid
from rules.identity import age_on
from rules.list_terms import AgeBand, EntryColumn
from rules.states import EntryState
from rules.terms import EntryGroup, SkillLevel
from rules.views import (
    FILTERS,
    NEWEST,
    NOT_SAID,
    SORTABLE,
    USUAL,
    View,
    band_of,
    born_within,
    read_view,
)

DAYS = st.dates(dt.date(1930, 1, 1), dt.date(2020, 12, 31))
TODAYS = st.dates(dt.date(2021, 1, 1), dt.date(2040, 12, 31))
VALUES = {
    "event": st.integers(1, 999_999).map(str),
    "state": st.sampled_from([state.value for state in EntryState if state != "draft"]),
    "town": st.sampled_from(["baiquan", NOT_SAID]),
    "unit": st.text("船厂示例 a1&=,?#", min_size=1, max_size=20).filter(str.strip),
    "occupation": st.sampled_from(["7", NOT_SAID]),
    "band": st.sampled_from([*AgeBand, NOT_SAID]),
    "level": st.sampled_from([*SkillLevel, NOT_SAID]),
    "group": st.sampled_from(list(EntryGroup)),
    "q": st.text("贺定波26HG-", min_size=1, max_size=20),
}


def addresses() -> st.SearchStrategy[dict[str, list[str]]]:
    filters = st.fixed_dictionaries(
        {}, optional={name: values.map(lambda one: [one]) for name, values in VALUES.items()}
    )
    columns = st.lists(st.sampled_from([column.value for column in EntryColumn]), unique=True)
    sorts = st.sampled_from([sign + key.value for key in SORTABLE for sign in ("", "-")])
    return st.builds(
        lambda one, two, three: {**one, "columns": two, "sort": [three]}, filters, columns, sorts
    )


@given(addresses())
def test_what_is_read_is_written_back(given_: dict[str, list[str]]) -> None:
    view = read_view(given_)

    assert view.faults == ()
    assert read_view({name: [value] for name, value in view.query.items()}) == view
    assert set(VALUES) == set(FILTERS)


def test_an_empty_address_is_the_usual_view() -> None:
    assert read_view({}) == View()
    assert View().query == {}
    assert read_view({"q": ["  "], "columns": [""]}).columns == USUAL


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("event", "7; DROP"),
        ("event", "9" * 12),
        ("event", "٧"),
        ("state", "draft"),
        ("state", "nowhere"),
        ("band", "old"),
        ("level", "six"),
        ("group", "-"),
        ("unit", "x" * 81),
        ("unit", "a\u202eb"),
        ("q", "x\x00"),
        ("occupation", "plumber"),
        ("columns", "name,code_l1"),
        ("sort", "id_number"),
        ("sort", "--name"),
    ],
)
def test_what_makes_no_sense_is_named_and_refused(name: str, value: str) -> None:
    view = read_view({name: [value], "town": ["baiquan"]})

    assert view.faults == (name,)
    assert view.filters == (("town", "baiquan"),)
    assert view.sort == NEWEST
    with pytest.raises(Invalid, match=name):
        view.checked()


def test_columns_keep_their_usual_order() -> None:
    columns = read_view({"columns": ["state,name", "event"]}).columns

    assert columns == (EntryColumn.NAME, EntryColumn.EVENT, EntryColumn.STATE)


def test_the_trail_learns_the_filters_and_not_the_name_searched() -> None:
    told = read_view({"q": ["贺定波"], "state": ["accepted"]}).told

    assert "state=accepted" in told
    assert "q=*" in told
    assert "贺" not in told


@given(DAYS, TODAYS)
@example(dt.date(2001, 3, 1), dt.date(2024, 2, 29))
def test_everybody_is_in_exactly_one_band(born: dt.date, today: dt.date) -> None:
    within = []
    for band in AgeBand:
        after, until = born_within(band, today)
        if (after is None or born > after) and (until is None or born <= until):
            within.append(band)

    assert within == [band_of(born, today)]


@pytest.mark.parametrize(
    ("born", "today", "band"),
    [
        (dt.date(2000, 2, 29), dt.date(2025, 2, 28), AgeBand.UNDER_25),
        (dt.date(2000, 2, 29), dt.date(2025, 3, 1), AgeBand.FROM_25),
        (dt.date(1989, 2, 28), dt.date(2024, 2, 29), AgeBand.FROM_35),
        (dt.date(1966, 5, 2), dt.date(2021, 5, 1), AgeBand.FROM_45),
        (dt.date(1966, 5, 1), dt.date(2021, 5, 1), AgeBand.FROM_55),
    ],
)
def test_bands_turn_on_birthdays(born: dt.date, today: dt.date, band: AgeBand) -> None:
    assert band_of(born, today) is band
    assert age_on(born, today) < 120
