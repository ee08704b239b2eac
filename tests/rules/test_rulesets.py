"""Rule sets: read strictly, written back alike, checked by themselves and with a scheme."""

import json
from decimal import Decimal

import pytest

from rules.errors import Invalid
from rules.reading import Reader
from rules.rulesets import (
    DISTRICT_RULES,
    AwardRule,
    Bonus,
    EventRules,
    Scale,
    TieKey,
    check_rules,
    rules_from_json,
    rules_to_json,
    tie_key,
)
from rules.schemes import Module, Scheme


def module(code: str, kind: str, weight: str | None = None) -> Module:
    """Build an empty module."""
    return Module(code, "", kind, Decimal(100), (), None if weight is None else Decimal(weight))


def test_defaults_are_the_districts() -> None:
    assert rules_from_json({}) == DISTRICT_RULES
    assert check_rules(DISTRICT_RULES) == ()


def test_a_rule_set_survives_the_journey_through_json() -> None:
    rules = EventRules(
        version=3,
        aspect_places=2,
        tie_chain=(tie_key("practice"), tie_key("time"), tie_key("+age"), tie_key("-module:C")),
        award=AwardRule(minimum_score=Decimal(60), minimum_field=15),
        bonus=Bonus("practice", Decimal(20)),
    )

    again = rules_from_json(json.loads(json.dumps(rules_to_json(rules))))

    assert again == rules
    assert rules_from_json(rules_to_json(DISTRICT_RULES)) == DISTRICT_RULES
    assert tie_key("time") == TieKey("time", highest_first=False)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ([], "The file must be an object."),
        ({"rond": 2}, "rond is not a key this file may have"),
        ({"award": {"first": 1}}, "award.first is not a key"),
        ({"places": -1}, "places must be a whole number from 0."),
        ({"places": True}, "places must be a whole number from 0."),
        ({"rounding": "down"}, "rounding must be half_up | half_even."),
        ({"parts": "theory"}, "parts must be a list."),
        ({"parts": [["theory"]]}, "parts[0] must be a pair"),
        ({"parts": [["theory", 0.3]]}, "parts[0][1] must be a number written as text"),
        ({"parts": [["theory", "30%"]]}, "parts[0][1] must be a number written as text"),
        ({"parts": [["theory", "30"]]}, "parts: The weights of the parts add up to 30"),
        ({"parts": [["oral", "100"]]}, "parts: The parts are theory and practice"),
        ({"tie_chain": ["luck"]}, "tie_chain: “luck” is not a key"),
        ({"tie_chain": [1]}, "tie_chain[0] must be a text."),
        ({"min_judges": 2}, "min_judges: Too few judges"),
        ({"bonus": {"part": "oral", "maximum": 5}}, "bonus.part: The bonus belongs"),
        ({"bonus": {"part": 1, "maximum": 5}}, "bonus.part must be a text."),
        ({"bonus": {"maximum": 5}}, "bonus.part is missing."),
        ({"award": {"min_one": 1}}, "award.min_one must be true or false."),
        ({"award": {"levels": [["first", "-1"]]}}, "award.levels: An award share may not"),
        ({"award": {"levels": [["first", 101]]}}, "award.levels: The award shares exceed"),
        (
            {"award": {"kind": "fixed", "levels": [["first", "1.5"]]}},
            "award.levels: Fixed award numbers are whole",
        ),
    ],
)
def test_what_is_not_understood_is_refused_with_its_path(value: object, words: str) -> None:
    with pytest.raises(Invalid) as refusal:
        rules_from_json(value)

    assert str(refusal.value).startswith(words) or words in str(refusal.value)


def test_the_path_of_a_larger_file_is_kept() -> None:
    with pytest.raises(Invalid, match=r"^rules\.award\.kind must be"):
        rules_from_json({"award": {"kind": "some"}}, "rules")
    with pytest.raises(Invalid, match=r"^rules\.x is missing"):
        Reader({}, "rules").take("x")


def test_rules_and_scheme_must_fit() -> None:
    rules = EventRules(
        parts=(("theory", Decimal(30)), ("practice", Decimal(70))),
        scale=Scale.WEIGHTS,
        tie_chain=(tie_key("module:A"), tie_key("module:Z"), tie_key("practice")),
    )
    scheme = Scheme((module("A", "practice", "60"), module("B", "oral")))

    found = [str(fault) for fault in check_rules(rules, scheme)]

    assert found == [
        "parts: The part theory has a weight but no module.",
        "parts: The modules of theory weigh 0, the part 30 percent.",
        "parts: The modules of practice weigh 60, the part 70 percent.",
        "tie_chain: The tie chain names module:Z, which the scheme has not.",
        "B: The module B belongs to no part.",
    ]


def test_a_part_without_weight_needs_no_module() -> None:
    rules = EventRules(parts=(("theory", Decimal(0)), ("practice", Decimal(100))))

    assert check_rules(rules, Scheme((module("A", "practice"),))) == ()
