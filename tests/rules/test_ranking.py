"""Places: published tables, the tie chain and what it leaves open."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.errors import Invalid
from rules.ranking import Decision, DecisionKind, Line, TieTrace, places, rank, tied_groups
from rules.rulesets import LastResort, TieKey, tie_key
from rules.scoring import round_to, weighted_total
from tests.rules.vectors import vector

V05 = vector("v05")["case_ning_hai"]
V16 = vector("v16")
TWINS = (Line("a", 90), Line("b", 90), Line("c", 80))


def test_joint_ranks_of_v16_in_any_order() -> None:
    expected = dict(zip((name for name, _ in V16["rows"]), V16["expect_rank"], strict=True))
    rows = [(name, Decimal(points)) for name, points in V16["rows"]]

    assert places(rows) == places(rows[::-1]) == expected
    assert places([*rows, ("Macau", Decimal(500))])["Macau"] == 16


def test_practice_with_bonus_settles_the_tie_of_v05() -> None:
    lines = []
    for entry in V05["entries"]:
        practice = Decimal(entry["practice"]) + Decimal(entry["bonus"])
        total = round_to(weighted_total([(Decimal(entry["theory"]), 20), (practice, 80)]), 2)
        assert total == Decimal(entry["expect_total"])
        lines.append(Line(entry["who"], total, (practice,)))

    placed = rank(lines, (TieKey("practice"),))

    assert [line.code for line in placed] == V05["expect_order"]
    assert [line.place for line in placed] == [1, 2, 3, 4]
    assert placed[1].traces == (TieTrace("practice", Decimal(96), beat=("B", "C"), lost_to=("D",)),)


def test_a_chain_of_keys_leaves_what_it_cannot_settle() -> None:
    lines = [
        Line("a", 90, (80, 300)),
        Line("b", 90, (80, 200)),
        Line("c", 90, (85, 900)),
        Line("d", 90, (80, 300)),
        Line("e", 95, (None, None)),
    ]

    placed = rank(lines, (tie_key("practice"), tie_key("time")))

    assert [(line.code, line.place) for line in placed] == [
        ("e", 1),
        ("c", 2),
        ("b", 3),
        ("a", 4),
        ("d", 4),
    ]
    assert [trace.key for trace in placed[3].traces] == ["practice", "time", "shared"]
    assert placed[3].traces[-1] == TieTrace("shared", None, level_with=("d",))
    assert placed[3].tied_with == ("d",)
    assert [len(group) for group in tied_groups(placed)] == [1, 1, 1, 2]


def test_a_key_one_of_them_lacks_says_nothing() -> None:
    lines = [Line("a", 90, (None, 5)), Line("b", 90, (1, 9)), Line("c", 80, (1, 1))]

    placed = rank(lines, (TieKey("time"), TieKey("module:C")))

    assert [(line.code, line.place) for line in placed] == [("b", 1), ("a", 2), ("c", 3)]


def test_a_play_off_counts_only_where_the_rules_provide_for_one() -> None:
    ruling = Decision(DecisionKind.PLAYOFF, ("b", "a"))

    shared = rank(TWINS, decisions=[ruling])
    settled = rank(TWINS, last_resort=LastResort.EXTRA, decisions=[ruling])

    assert [line.place for line in shared] == [1, 1, 3]
    assert [(line.code, line.place) for line in settled] == [("b", 1), ("a", 2), ("c", 3)]
    assert settled[0].traces[0].key == "playoff"


def test_a_decision_on_other_people_settles_nothing() -> None:
    rulings = [Decision(DecisionKind.DRAW, ("a", "c")), Decision(DecisionKind.ADD, ("a", "b"))]

    placed = rank(TWINS, last_resort=LastResort.DRAW, decisions=rulings)

    assert [line.place for line in placed] == [1, 1, 3]


def test_nobody_is_ranked_twice() -> None:
    with pytest.raises(Invalid, match="stands twice"):
        rank([Line("a", 1), Line("a", 2)])


totals = st.lists(st.integers(0, 12), max_size=20)


@given(totals)
def test_a_place_is_one_more_than_the_number_ahead(values: list[int]) -> None:
    lines = {f"c{number:02}": value for number, value in enumerate(values)}

    found = places(lines.items())

    for code, value in lines.items():
        assert found[code] == 1 + sum(1 for other in lines.values() if other > value)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=15), st.randoms())
def test_the_order_of_entry_is_nothing(values: list[tuple[int, int]], random: object) -> None:
    lines = [Line(f"c{at:02}", Fraction(total), (key,)) for at, (total, key) in enumerate(values)]
    shuffled = list(lines)
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    assert rank(shuffled, (TieKey("practice"),)) == rank(lines, (TieKey("practice"),))
