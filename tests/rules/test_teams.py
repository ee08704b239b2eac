"""Teams: sums of members, best three per event, and incomplete teams."""

from decimal import Decimal

from rules.scoring import round_to
from rules.teams import best_of_events, rank_teams, team_total
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
