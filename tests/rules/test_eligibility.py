"""Eligibility: every condition answers for itself, in words."""

import datetime as dt
import random
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.eligibility import COMPOSED, Facts, Rule, RuleKind, State, check
from rules.eligibility_json import conditions_from_json, conditions_to_json
from rules.errors import Invalid
from rules.terms import EntryGroup, SkillLevel

DAY = dt.date(2026, 11, 24)
UNKNOWN = Facts(DAY)
KNOWN = Facts(
    DAY,
    birth_date=dt.date(1990, 11, 25),
    level=SkillLevel.THREE,
    years_in_trade=Decimal("4.5"),
    employed_in_district=True,
    resident_in_district=True,
    qualified=True,
    group=EntryGroup.WORKER,
    honours=frozenset({"district-champion"}),
    other_events=0,
)
CASES = [
    ("min_age", "35", "pass"),
    ("min_age", "36", "fail"),
    ("max_age", "35", "pass"),
    ("max_age", "34", "fail"),
    ("min_age_by_year", "36", "pass"),
    ("min_age_by_year", "37", "fail"),
    ("max_age_by_year", "36", "pass"),
    ("max_age_by_year", "35", "fail"),
    ("born_after", "1990-11-25", "pass"),
    ("born_after", "1990-11-26", "fail"),
    ("born_before", "1990-11-25", "pass"),
    ("born_before", "1990-11-24", "fail"),
    ("min_years", "4", "pass"),
    ("min_years", "5", "fail"),
    ("min_level", "three", "pass"),
    ("min_level", "two", "fail"),
    ("max_level", "three", "pass"),
    ("max_level", "four", "fail"),
    ("employment_in_district", "", "pass"),
    ("residence_in_district", "", "pass"),
    ("holds_title", "district-champion", "pass"),
    ("qualified", "", "pass"),
    ("group", "worker", "pass"),
    ("group", "student", "fail"),
    ("not_already_champion", "city-champion", "pass"),
    ("not_already_champion", "district-champion", "fail"),
    ("one_event_per_person", "", "pass"),
]


@pytest.mark.parametrize(("kind", "value", "state"), CASES)
def test_each_kind(kind: str, value: str, state: str) -> None:
    rule = Rule("r", RuleKind(kind), value)

    (known,) = check([rule], KNOWN)
    (unknown,) = check([rule], UNKNOWN)

    assert known.state.value == state
    assert unknown.state is State.NEEDS_PROOF
    assert str(known.reason).endswith(".")
    assert check([rule], replace(UNKNOWN, proven=frozenset({"r"})))[0].state is State.PASS


def test_every_kind_is_tested() -> None:
    assert {kind for kind, _, _ in CASES} == set(RuleKind) - COMPOSED


def test_what_holds_may_still_need_a_document() -> None:
    rule = Rule("years", RuleKind.MIN_YEARS, "4", proof=True)

    assert check([rule], KNOWN)[0].state is State.NEEDS_PROOF
    assert check([rule], replace(KNOWN, proven=frozenset({"years"})))[0].state is State.PASS
    assert check([rule], replace(KNOWN, years_in_trade=Decimal(1)))[0].state is State.FAIL


def test_the_reason_says_what_was_found_and_asked() -> None:
    (verdict,) = check([Rule("age", RuleKind.MAX_AGE, "30", "第三条")], KNOWN)

    assert str(verdict.reason) == "You are 35 on the day of the event; 30 is the most."
    assert verdict.rule.clause == "第三条"


def test_a_title_the_register_does_not_show_waits_for_proof() -> None:
    (verdict,) = check([Rule("t", RuleKind.HOLDS_TITLE, "省技术能手")], KNOWN)

    assert verdict.state is State.NEEDS_PROOF


def test_who_no_feeder_sent_on_may_not_enter() -> None:
    (verdict,) = check([Rule("q", RuleKind.QUALIFIED)], replace(KNOWN, qualified=False))

    assert verdict.state is State.FAIL


LEAVES = st.sampled_from(
    [
        Rule("pass", RuleKind.MIN_AGE, "18"),
        Rule("fail", RuleKind.MIN_AGE, "60"),
        Rule("proof", RuleKind.HOLDS_TITLE, "省技术能手"),
    ]
)
ORDER = [State.FAIL, State.NEEDS_PROOF, State.PASS]


@given(st.lists(LEAVES, min_size=1, max_size=6), st.randoms())
def test_of_alternatives_the_best_counts_and_of_all_the_worst(
    parts: list[Rule], dice: random.Random
) -> None:
    states = [verdict.state for verdict in check(parts, KNOWN)]
    dice.shuffle(parts)
    one = Rule("one", RuleKind.ANY_OF, of=tuple(parts))
    every = Rule("every", RuleKind.ALL_OF, of=tuple(parts))

    best, worst = check([one, every], KNOWN)

    assert best.state is max(states, key=ORDER.index)
    assert worst.state is min(states, key=ORDER.index)
    assert [part.rule for part in best.parts] == parts
    proven = replace(KNOWN, proven=frozenset({"one", "every"}))
    for verdict in check([one, every], proven):
        assert verdict.state is not State.NEEDS_PROOF


def test_a_waiver_is_another_way_to_the_same_demand() -> None:
    years = Rule("years", RuleKind.MIN_YEARS, "10")
    title = Rule("title", RuleKind.HOLDS_TITLE, "district-champion")

    (verdict,) = check([Rule("w", RuleKind.ANY_OF, of=(years, title))], KNOWN)

    assert verdict.state is State.PASS
    assert [part.state for part in verdict.parts] == [State.FAIL, State.PASS]


def test_rules_survive_the_journey_through_json() -> None:
    rules = tuple(
        Rule(f"r{at}", RuleKind(kind), value, "第三条", proof=at % 2 == 0)
        for at, (kind, value, _) in enumerate(CASES)
    )

    assert conditions_from_json(conditions_to_json(rules)) == rules
    nested = (Rule("w", RuleKind.ANY_OF, of=(Rule("b", RuleKind.ALL_OF, of=rules[:2]), rules[2])),)
    assert conditions_from_json(conditions_to_json(nested)) == nested
    assert conditions_from_json([{"code": "a", "kind": "min_age", "value": 16}])[0].value == "16"


LEAF = {"code": "d", "kind": "qualified"}
DEEP = [
    {
        "code": "a",
        "kind": "any_of",
        "of": [
            {
                "code": "b",
                "kind": "all_of",
                "of": [{"code": "c", "kind": "any_of", "of": [{**LEAF, "kind": "all_of"}]}],
            }
        ],
    }
]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({}, r"^eligibility must be a list"),
        ([1], r"^eligibility\[0\] must be an object"),
        ([{"code": "a", "kind": "luck"}], r"^eligibility\[0\]\.kind must be"),
        ([{"code": "a", "kind": "min_age", "value": "-1"}], r"^eligibility\[0\]\.value must be"),
        ([{"code": "a", "kind": "min_level", "value": "master"}], r"value must be apprentice"),
        ([{"code": "a", "kind": "born_after", "value": "1990"}], r"value must be a day such as"),
        ([{"code": "a", "kind": "group", "value": "worker", "x": 1}], r"\.x is not a key"),
        ([{"code": "a", "kind": "one_event_per_person"}] * 2, r"a code of its own"),
        ([{"code": "a", "kind": "any_of"}], r"\.of must be"),
        (
            [{"code": "a", "kind": "qualified", "of": [{"code": "b", "kind": "qualified"}]}],
            "of must",
        ),
        ([{"code": "a", "kind": "holds_title", "value": " "}], "the title as it is written"),
        (DEEP, r"of\[0\]\.of\[0\]\.of must be"),
        (
            [{"code": "a", "kind": "any_of", "of": [{"code": "a", "kind": "qualified"}]}],
            "a code of its own",
        ),
    ],
)
def test_what_is_not_understood_is_refused(value: object, words: str) -> None:
    with pytest.raises(Invalid, match=words):
        conditions_from_json(value)
