"""Results: published marks give the published order; what is open blocks, and says why."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.errors import Blocked, Invalid
from rules.ledger import canonical_json
from rules.ranking import DecisionKind
from rules.result_json import _write
from rules.results import (
    Decision,
    Entrant,
    Mark,
    Status,
    compute,
    fingerprint,
    line_to_json,
    result_to_json,
)
from rules.rulesets import (
    AwardKind,
    AwardRule,
    Bonus,
    EventRules,
    LastResort,
    RankOn,
    Scale,
    TieKey,
    tie_key,
)
from rules.schemes import Scheme
from rules.scoring import round_to
from tests.rules.events import PLAIN, PRACTICE, aspect, module, one, run
from tests.rules.test_schemes import es2025
from tests.rules.vectors import vector

V02A = vector("v02a")
V05 = vector("v05")["case_ning_hai"]


def es2025_marks() -> list[Mark]:
    """The published marks of v02a; a judgement aspect has its settled level."""
    marks = []
    for competitor in V02A["competitors"]:
        levels = iter(competitor["judgement_levels"])
        for items, given_marks in zip(V02A["scheme"], competitor["marks"], strict=True):
            for item, mark in zip(items, given_marks, strict=True):
                value = next(levels) if item["type"] == "J" else mark
                marks.append(Mark(competitor["code"], item["aspect"], "panel", value))
    return marks


def test_module_a_of_v02a() -> None:
    entrants = [Entrant(competitor["code"]) for competitor in V02A["competitors"]]

    result = compute(PLAIN, es2025("16.75"), es2025_marks(), entrants)

    assert [line.work_code for line in result.lines] == V02A["expect_rank"]
    assert result.publishable
    for competitor in V02A["competitors"]:
        line = result.line(competitor["code"])
        assert line.total == Decimal(competitor["expect_total"])
        points = iter([mark.points or Fraction(0) for mark in line.aspects])
        for items, published, sub in zip(
            V02A["scheme"], competitor["marks"], competitor["expect_sub"], strict=True
        ):
            exact = [next(points) for _ in items]
            assert exact == [Fraction(mark) for mark in published]
            assert round_to(sum(exact, Fraction(0)), 2) == Decimal(sub)


def test_bonus_weights_and_chain_of_v05() -> None:
    scheme = Scheme(
        (
            module("T", aspect("T1", "theory"), kind="theory"),
            module("P", aspect("P1"), kind="practice"),
        )
    )
    rules = EventRules(
        parts=(("theory", Decimal(20)), ("practice", Decimal(80))),
        tie_chain=(TieKey("practice"),),
        bonus=Bonus("practice", Decimal(20)),
        award=AwardRule(AwardKind.FIXED, (("first", Decimal(1)), ("second", Decimal(2)))),
    )
    marks = [
        mark
        for entry in V05["entries"]
        for mark in (
            Mark(entry["who"], "T1", "a", entry["theory"]),
            Mark(entry["who"], "P1", "a", entry["practice"]),
        )
    ]
    entrants = [Entrant(entry["who"], bonus=Decimal(entry["bonus"])) for entry in V05["entries"]]

    result = compute(rules, scheme, marks, entrants)

    assert [line.work_code for line in result.lines] == V05["expect_order"]
    assert {str(line.total) for line in result.lines} == {"94.40"}
    assert [line.award for line in result.lines] == ["first", "second", "second", None]
    assert result.lines[0].traces[0].beat == ("A", "B", "C")
    with pytest.raises(Invalid, match="a bonus lies between 0 and 20"):
        compute(rules, scheme, marks, [replace(entrants[0], bonus=Decimal(21)), *entrants[1:]])


def test_modules_are_scaled_to_their_weights() -> None:
    scheme = Scheme(
        (
            module("A", aspect("A1", maximum="50"), weight=40),
            module("B", aspect("B1", maximum="30"), weight=60),
        )
    )
    rules = replace(PLAIN, scale=Scale.WEIGHTS)

    result = compute(
        rules, scheme, [("w", "A1", "j", "25"), ("w", "B1", "j", "10")], [Entrant("w")]
    )

    assert result.line("w").total == Decimal("40.00")
    assert [part.points for part in result.line("w").parts] == [Fraction(40)]


def test_a_penalty_comes_off_the_total_and_stops_at_zero() -> None:
    marks = [("a", "X", "j", "50"), ("b", "X", "j", "3")]
    entrants = [Entrant("a", penalty=Decimal(5)), Entrant("b", penalty=Decimal(5))]

    result = compute(PLAIN, one(), marks, entrants)

    assert [str(line.total) for line in result.lines] == ["45.00", "0.00"]
    with pytest.raises(Invalid, match="penalty is not negative"):
        compute(PLAIN, one(), marks, [Entrant("a", penalty=Decimal(-5)), Entrant("b")])


def test_a_cancelled_module_counts_nothing_and_waits_for_nobody() -> None:
    scheme = Scheme((module("A", aspect("X", maximum="3")), module("B", aspect("Y", maximum="3"))))
    marks = [("w", "X", "j", "2")]

    result = compute(PLAIN, scheme, marks, [Entrant("w", cancelled=("B",))])

    assert (result.line("w").total, result.missing) == (Decimal("2.00"), ())
    assert [total.cancelled for total in result.line("w").modules] == [False, True]
    with pytest.raises(Invalid, match="cancelled module Z"):
        compute(PLAIN, scheme, marks, [Entrant("w", cancelled=("Z",))])


def test_a_scheme_that_cannot_be_computed_is_refused() -> None:
    twins = Scheme((module("A", aspect("X"), aspect("X")),))
    for scheme in (twins, one(maximum="0")):
        with pytest.raises(Invalid, match="check it first"):
            compute(PLAIN, scheme, [], [])
    with pytest.raises(Invalid, match="aspect X: “guess” is not a measure"):
        compute(PLAIN, one(measure="guess"), [], [])


def test_dropped_marks_are_named() -> None:
    result = run(PLAIN, one("trimmed"), {"w": ["72", "76", "81", "81", "85", "87", "90"]})

    (mark,) = result.line("w").aspects
    assert (mark.dropped_low, mark.dropped_high, mark.points) == (("J0",), ("J6",), Fraction(82))


@pytest.mark.parametrize(
    ("kind", "values", "found", "wanted"),
    [
        ("trimmed", ["88", "90", "91", "92"], 4, 5),
        ("trimmed", ["88", " ", "90", "91", "92", "93"], 5, 6),
        ("judgement", ["2", "3"], 2, 3),
        ("measurement", [], 0, 1),
        ("measurement", [""], 0, 1),
        ("judgement", ["1", "", "3", "1"], 3, 4),
    ],
)
def test_a_missing_mark_is_no_zero(kind: str, values: list[str], found: int, wanted: int) -> None:
    result = run(replace(PLAIN, judges_per_aspect=3), one(kind), {"w": values})

    (gap,) = result.missing
    assert (gap.work_code, gap.aspect_code, gap.found, gap.wanted) == ("w", "X", found, wanted)
    assert not result.complete
    assert (result.line("w").total, result.line("w").place) == (None, None)
    assert [str(reason) for reason in result.reasons] == ["1 aspects still wait for marks."]


def test_a_dispute_blocks_and_gives_nobody_an_award() -> None:
    rules = EventRules(parts=PRACTICE)

    result = run(rules, one("judgement", maximum="5"), {"a": ["1", "3", "2"], "b": ["2", "2", "3"]})

    (dispute,) = result.disputes
    assert "differ by 2 levels" in str(dispute.reason)
    assert [str(reason) for reason in result.reasons] == ["1 aspects are in dispute."]
    assert [(line.work_code, line.place, line.award) for line in result.lines] == [
        ("b", 1, None),
        ("a", None, None),
    ]


def test_a_measurement_has_one_value() -> None:
    agreed = run(PLAIN, one(), {"w": ["12", "12.0", "12"]})
    torn = run(PLAIN, one(), {"w": ["12", "13"]})

    assert agreed.line("w").total == Decimal("12.00")
    assert "(12, 13)" in str(torn.disputes[0].reason)


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("judgement", ["4", "2", "3"]),
        ("judgement", ["2.5"]),
        ("trimmed", ["101", "50", "50", "50", "50"]),
        ("trimmed", ["101"]),
        ("theory", ["-1"]),
        ("measurement", ["x"]),
    ],
)
def test_a_value_that_cannot_be_is_refused_with_its_place(kind: str, values: list[str]) -> None:
    with pytest.raises(Invalid, match=r"^Work w, aspect X: "):
        run(EventRules(parts=PRACTICE), one(kind), {"w": values})


def test_marks_of_unknown_or_twice_given_things_are_refused() -> None:
    mark = ("w", "X", "j", "1")
    for marks, words in (
        ([("v", "X", "j", "1")], "one is unknown"),
        ([("w", "Y", "j", "1")], "one is unknown"),
        ([mark, mark], "twice"),
    ):
        with pytest.raises(Invalid, match=words):
            compute(PLAIN, one(), marks, [Entrant("w")])
    with pytest.raises(Invalid, match="entered twice"):
        compute(PLAIN, one(), [], [Entrant("w"), Entrant("w")])


def test_rules_that_do_not_fit_the_scheme_compute_nothing() -> None:
    with pytest.raises(Blocked) as refusal:
        compute(EventRules(), one(), [], [])
    assert refusal.value.reasons == ("parts: The part theory has a weight but no module.",)


def test_only_those_who_finished_are_ranked_and_counted() -> None:
    rules = EventRules(parts=PRACTICE, award=AwardRule(minimum_field=3))
    entrants = [
        Entrant("a"),
        Entrant("b", Status.ABSENT),
        Entrant("c", Status.DISQUALIFIED),
        Entrant("d"),
    ]

    result = compute(rules, one(), [("a", "X", "j", "5"), ("d", "X", "j", "9")], entrants)

    assert [(line.work_code, line.place) for line in result.lines] == [
        ("d", 1),
        ("a", 2),
        ("b", None),
        ("c", None),
    ]
    assert str(result.withheld).startswith("2 contestants took part; awards need 3.")
    assert result.publishable
    with pytest.raises(KeyError):
        result.line("z")


def test_every_key_of_the_chain_can_settle() -> None:
    scheme = Scheme((module("A", aspect("X", maximum="3")), module("B", aspect("Y", maximum="3"))))
    marks = [
        (work, code, "j", value)
        for work, row in {"a": "21", "b": "12", "c": "12", "d": "12", "e": "12"}.items()
        for code, value in zip("XY", row, strict=True)
    ]
    entrants = [
        Entrant("a"),
        Entrant("b", time_seconds=9, birth_date=dt.date(2000, 1, 1)),
        Entrant("c", time_seconds=9, birth_date=dt.date(2001, 1, 1)),
        Entrant("d", time_seconds=8),
        Entrant("e", time_seconds=7),
    ]
    keys = ("total_exact", "module:A", "time", "age")
    rules = replace(PLAIN, tie_chain=tuple(map(tie_key, keys)))

    result = compute(rules, scheme, marks, entrants)

    assert [line.work_code for line in result.lines] == list("aedcb")
    assert [trace.key for trace in result.line("b").traces] == ["module:A", "time", "age"]
    assert result.line("b").traces[-1].value is None


def test_without_a_birth_date_age_says_nothing() -> None:
    rules = replace(PLAIN, tie_chain=(tie_key("age"),))

    result = run(rules, one(), {"a": ["1"], "b": ["1"]})

    assert [line.place for line in result.lines] == [1, 1]


def test_exact_totals_may_rank_where_rounded_ones_are_equal() -> None:
    rows = {"a": ["1", "1", "2"], "b": ["1", "1", "1"]}
    scheme = one("judgement", maximum="0.01")

    rounded = run(EventRules(parts=PRACTICE, tie_chain=()), scheme, rows)
    exact = run(EventRules(parts=PRACTICE, tie_chain=(), rank_on=RankOn.EXACT), scheme, rows)

    assert [line.place for line in rounded.lines] == [1, 1]
    assert [line.place for line in exact.lines] == [1, 2]
    rows = {"a": ["1", "1", "2"], "b": ["1", "2", "1"]}
    assert [line.place for line in run(EventRules(parts=PRACTICE), scheme, rows).lines] == [1, 1]


def test_aspects_may_be_rounded_one_by_one() -> None:
    result = run(
        EventRules(parts=PRACTICE, aspect_places=2),
        one("judgement", maximum="2.5"),
        {"w": ["2", "3", "3"]},
    )

    assert result.line("w").exact == Fraction("2.22")


def test_a_boundary_tie_waits_for_a_decision_and_takes_it() -> None:
    rules = replace(PLAIN, award=AwardRule(AwardKind.FIXED, (("first", Decimal(1)),)))
    rows = {"a": ["9"], "b": ["9"], "c": ["8"]}

    open_tie = run(rules, one(), rows)
    settled = run(rules, one(), rows, decisions=[Decision(DecisionKind.DRAW, ("b", "a"))])
    late = run(rules, one(), rows, decisions=[Decision(DecisionKind.DRAW, ("b", "c"))])

    assert not open_tie.publishable
    assert open_tie.complete
    assert "share place 1" in str(open_tie.reasons[0])
    assert settled.publishable
    assert settled.line("b").award == "first"
    assert "no longer tied" in str(late.flags[0].reason)


def test_rules_that_ask_for_a_draw_wait_for_it() -> None:
    rules = replace(PLAIN, last_resort=LastResort.DRAW)
    rows = {"a": ["9"], "b": ["9"], "c": ["8"]}

    waiting = run(rules, one(), rows)
    drawn = run(rules, one(), rows, decisions=[Decision(DecisionKind.DRAW, ("b", "a"))])

    assert "Place 1 is shared by a, b" in str(waiting.reasons[0])
    assert [line.place for line in drawn.lines] == [1, 2, 3]
    assert drawn.publishable
    assert drawn.flags == ()


def test_the_whole_result_is_json_and_has_a_print() -> None:
    rules = EventRules(parts=PRACTICE)
    rows = {"a": ["3", "2", "3"], "b": ["3", "2", "3"]}

    result = run(rules, one("judgement", maximum="0.7"), rows)
    written = result_to_json(result)

    assert canonical_json(written)
    assert written["complete"] is True
    assert written["lines"] == [line_to_json(line) for line in result.lines]
    assert '"exact":"28/45"' in canonical_json(written)
    assert fingerprint(result) == fingerprint(run(rules, one("judgement", maximum="0.7"), rows))
    assert fingerprint(result) != fingerprint(run(rules, one("judgement", maximum="0.8"), rows))
    with pytest.raises(TypeError):
        _write(1.5)


@given(
    st.lists(st.lists(st.integers(0, 100), min_size=5, max_size=5), min_size=1, max_size=8),
    st.randoms(),
)
def test_the_order_in_which_marks_arrive_is_nothing(rows: list[list[int]], chance: Any) -> None:  # noqa: ANN401
    scheme, rules = one("trimmed"), EventRules(parts=PRACTICE)
    marks = [
        (f"w{work}", "X", f"J{judge}", str(mark))
        for work, row in enumerate(rows)
        for judge, mark in enumerate(row)
    ]
    entrants = [Entrant(f"w{work}") for work in range(len(rows))]
    mixed = list(marks)
    chance.shuffle(mixed)

    result = compute(rules, scheme, marks, entrants)

    assert [line.total for line in compute(rules, scheme, mixed, entrants).lines] == [
        line.total for line in result.lines
    ]
    assert fingerprint(compute(rules, scheme, mixed, entrants)) == fingerprint(result)
    assert len(result.lines) == len(entrants)
    assert sum(1 for line in result.lines if line.award) <= len(entrants)


def test_a_step_binds_theory_too() -> None:
    assert run(PLAIN, one("theory"), {"w": ["80.3"]}).line("w").total == Decimal("80.30")
    with pytest.raises(Invalid, match="not a multiple of"):
        run(PLAIN, one("theory", "direct step 0.5"), {"w": ["80.3"]})
