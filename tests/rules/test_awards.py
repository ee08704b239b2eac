"""Awards: published numbers, boundaries and the decisions they wait for."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.awards import grant, quota, quotas
from rules.ranking import Decision, DecisionKind, Line, Placed, rank
from rules.rulesets import AwardKind, AwardRule, Boundary, QuotaRounding, TieKey
from rules.scoring import round_to, trimmed_mean
from tests.rules.vectors import vector

V06 = vector("v06")
SHARES = {"first": Decimal(10), "second": Decimal(20), "third": Decimal(30)}


def field(*scores: str) -> tuple[Placed, ...]:
    """Rank scores given from the best down; codes are a, b, c ..."""
    return rank(Line(chr(97 + at), Decimal(score)) for at, score in enumerate(scores))


def fixed(*counts: int, **more: Any) -> AwardRule:  # noqa: ANN401 (any field of the dataclass)
    """Build a rule of fixed numbers."""
    levels = zip(SHARES, map(Decimal, counts), strict=True)
    return AwardRule(AwardKind.FIXED, tuple(levels), **more)


@pytest.mark.parametrize("row", V06["quota_by_policy"])
@pytest.mark.parametrize("award", list(SHARES))
@pytest.mark.parametrize("policy", list(QuotaRounding))
def test_quotas_of_v06(row: dict[str, Any], award: str, policy: QuotaRounding) -> None:
    assert quota(row["n"], SHARES[award], policy) == row[award][policy.value]


def test_a_chain_that_settles_the_boundary_of_v06() -> None:
    case = V06["boundary"][0]
    lines = [
        Line(f"c{at}", Decimal(score), (10 - at,)) for at, score in enumerate(case["scores_top"])
    ] + [Line(f"d{at:02}", 80 - at) for at in range(25)]

    granted = grant(AwardRule(), rank(lines, (TieKey("practice"),)))

    firsts = [code for code, award in granted.awards.items() if award == "first"]
    assert (firsts, granted.ties) == (["c0", "c1", "c2"], ())
    assert len(firsts) == case["first_quota"]


def test_four_contestants_of_v06_with_and_without_a_sure_first() -> None:
    case = V06["boundary"][1]

    assert dict(quotas(AwardRule(min_one=False), case["n"])) == case["expect"]
    assert dict(quotas(AwardRule(min_one=True), case["n"])) == {"first": 1, "second": 1, "third": 1}


def test_below_the_minimum_field_of_v06_there_are_no_awards() -> None:
    case = V06["boundary"][2]

    granted = grant(AwardRule(minimum_field=30), field(*map(str, range(case["n"], 0, -1))))

    assert (granted.awards, granted.ties) == ({}, ())
    assert str(granted.withheld) == (
        "28 contestants took part; awards need 30. The event counts as a trial."
    )


def test_ties_of_v06_that_fit_exactly() -> None:
    granted = grant(fixed(1, 2, 3), field(*V06["fixed"][0]["scores"]))

    assert list(granted.awards.values()) == ["first"] + ["second"] * 2 + ["third"] * 3
    assert granted.ties == ()


def test_three_on_two_second_prizes_of_v06_wait_for_a_decision() -> None:
    placed = field(*V06["fixed"][1]["scores"])

    granted = grant(fixed(1, 2, 3), placed)

    (tie,) = granted.ties
    assert (tie.award, tie.place, tie.places, tie.codes) == ("second", 2, 2, ("b", "c", "d"))
    assert str(tie.reason).startswith("3 contestants share place 2, but 2 of the second awards")
    assert granted.awards == {"a": "first", "e": "third"}


@pytest.mark.parametrize(
    ("kind", "order", "seconds", "thirds"),
    [
        (DecisionKind.ADD, "bcd", "bcd", "e"),
        (DecisionKind.DRAW, "dbc", "bd", "ce"),
        (DecisionKind.PLAYOFF, "cdb", "cd", "be"),
    ],
)
def test_each_decision_settles_the_boundary(
    kind: DecisionKind, order: str, seconds: str, thirds: str
) -> None:
    placed = field(*V06["fixed"][1]["scores"])

    granted = grant(fixed(1, 2, 3), placed, [Decision(kind, tuple(order))])

    assert granted.ties == ()
    assert sorted(code for code, award in granted.awards.items() if award == "second") == list(
        seconds
    )
    assert sorted(code for code, award in granted.awards.items() if award == "third") == list(
        thirds
    )


def test_a_tie_across_the_very_last_award_can_be_drawn() -> None:
    granted = grant(fixed(1, 0, 0), field("9", "9"), [Decision(DecisionKind.DRAW, ("b", "a"))])

    assert granted.awards == {"b": "first"}


def test_a_decision_on_other_people_settles_nothing() -> None:
    granted = grant(fixed(1, 0, 0), field("9", "9", "8"), [Decision(DecisionKind.ADD, ("a", "c"))])

    assert [tie.codes for tie in granted.ties] == [("a", "b")]


def test_the_medals_of_v01_share_at_the_cost_of_the_last() -> None:
    case = vector("v01")
    lines = [
        Line(str(at), round_to(trimmed_mean([Decimal(mark) for mark in row["judges"]]), 2))
        for at, row in enumerate(case["cases"][:5], start=1)
    ]
    rule = AwardRule(
        AwardKind.FIXED,
        (("gold", Decimal(1)), ("silver", Decimal(1)), ("bronze", Decimal(1))),
        boundary=Boundary.SHARE_LAST,
    )

    granted = grant(rule, rank(lines))

    assert granted.awards == {
        str(medal["contestant"]): medal["medal"] for medal in case["expect_medals"]
    }


def test_sharing_may_cost_the_next_award_instead() -> None:
    granted = grant(fixed(1, 1, 1, boundary=Boundary.CHAIN), field("9", "9", "8", "7"))

    assert granted.awards == {"a": "first", "b": "first", "c": "third"}


def test_sharing_takes_from_the_end_only_as_much_as_it_needs() -> None:
    granted = grant(
        fixed(1, 1, 3, boundary=Boundary.SHARE_LAST), field("9", "9", "8", "7", "6", "5")
    )

    assert list(granted.awards.values()) == ["first", "first", "second", "third", "third"]


def test_sharing_more_than_there_is() -> None:
    granted = grant(fixed(1, 0, 0, boundary=Boundary.SHARE_LAST), field("9", "9", "9"))

    assert set(granted.awards.values()) == {"first"}


def test_no_award_below_the_minimum_score() -> None:
    granted = grant(fixed(1, 2, 3, minimum_score=Decimal(60)), field("70", "59.99"))

    assert granted.awards == {"a": "first"}


def test_an_event_without_awards() -> None:
    granted = grant(AwardRule(AwardKind.NONE), field("70"))

    assert (granted.awards, str(granted.withheld)) == ({}, "This event gives no awards.")
    assert quotas(AwardRule(AwardKind.NONE), 5) == ()


@given(
    st.lists(st.integers(0, 9), max_size=40),
    st.sampled_from(QuotaRounding),
    st.sampled_from(Boundary),
)
def test_awards_never_outnumber_the_people(
    scores: list[int], rounding: QuotaRounding, boundary: Boundary
) -> None:
    rule = AwardRule(rounding=rounding, boundary=boundary)
    placed = rank(Line(f"c{at:02}", score) for at, score in enumerate(scores))

    granted = grant(rule, placed)

    assert sum(count for _, count in granted.quotas) <= len(scores)
    assert set(granted.awards) <= {line.code for line in placed}
    order = [award for award, _ in granted.quotas]
    given = [
        order.index(granted.awards[line.code]) for line in placed if line.code in granted.awards
    ]
    assert given == sorted(given)
