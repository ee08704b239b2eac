"""Teams: sizes, names and what one lacks; sums of members, best three, incomplete teams."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.scoring import round_to
from rules.teams import (
    MOST,
    NAME_LENGTH,
    best_of_events,
    clean_team_name,
    lacking,
    rank_teams,
    size_fault,
    sizes,
    team_total,
)
from rules.terms import EntryForm
from tests.rules.vectors import vector

V08 = vector("v08")


def members(marks: list[str | None]) -> list[Decimal | None]:
    return [None if mark is None else Decimal(mark) for mark in marks]


def test_sum_of_members_of_v08() -> None:
    case = V08["sum_of_members"]
    teams = {name: members(marks) for name, marks in case["teams"].items()}

    for name, expected in case["expect_total"].items():
        total = team_total(teams[name])
        if expected.startswith("INCOMPLETE"):
            assert total is None
        else:
            assert total is not None
            assert round_to(total, 2) == Decimal(expected)
    ranked = {line.code: line.place for line in rank_teams(teams, case["times_s"])}
    assert ranked == dict(case["expect_rank"])


def test_without_times_equal_teams_share() -> None:
    assert [line.place for line in rank_teams({"甲": [1, 2], "乙": [3], "丙": []})] == [1, 1]


def test_best_three_per_event_of_v08() -> None:
    case = V08["best_three_per_event"]
    for team, expected in case["expect"].items():
        events = {
            event: [Decimal(mark) for mark in scores[team]]
            for event, scores in case["event_scores"].items()
        }
        assert round_to(best_of_events(events), 2) == Decimal(expected)


@pytest.mark.parametrize(
    ("form", "least", "most", "wrong"),
    [
        (EntryForm.INDIVIDUAL, 1, 1, ""),
        (EntryForm.PAIR, 2, 2, ""),
        (EntryForm.TEAM, 2, 20, ""),
        (EntryForm.INDIVIDUAL, 2, 2, "team_most"),
        (EntryForm.PAIR, 2, 3, "team_most"),
        (EntryForm.TEAM, 1, 3, "team_least"),
        (EntryForm.TEAM, 21, 21, "team_least"),
        (EntryForm.TEAM, 4, 3, "team_most"),
        (EntryForm.TEAM, 2, 21, "team_most"),
    ],
)
def test_sizes_fit_the_form_of_entry(form: EntryForm, least: int, most: int, wrong: str) -> None:
    fault = size_fault(form, least, most)

    assert (fault[0] if fault else "") == wrong


@given(st.sampled_from(EntryForm), st.integers(-2, 30), st.integers(-2, 30))
def test_what_is_allowed_can_be_filled(form: EntryForm, least: int, most: int) -> None:
    low, high = sizes(form, least, most)
    if size_fault(form, low, high) is None:
        assert 1 <= low <= high <= MOST
        assert (form is EntryForm.INDIVIDUAL) == (high == 1)
    if form is not EntryForm.TEAM:
        assert size_fault(form, low, high) is None


@given(st.lists(st.tuples(st.text(min_size=1), st.booleans()), max_size=6), st.integers(1, 6))
def test_a_team_lacks_nothing_once_the_least_have_confirmed(
    members: list[tuple[str, bool]], least: int
) -> None:
    faults = lacking(least, members)

    assert (not faults) == (len(members) >= least and all(done for _, done in members))
    assert len(faults) == (len(members) < least) + sum(not done for _, done in members)


@given(st.text(max_size=40))
def test_a_team_name_is_one_plain_line_or_none(text: str) -> None:
    name = clean_team_name(text)

    assert name == clean_team_name(name)
    assert len(name) <= NAME_LENGTH
    assert "\n" not in name
