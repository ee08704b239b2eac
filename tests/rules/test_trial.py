"""Trials: the documented example runs, and a wrong file is answered with a path."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rules.errors import Blocked, Invalid
from rules.scheme_json import scheme_from_json, scheme_to_json
from rules.trial import run_trial
from tests.rules.test_schemes import es2025
from tests.rules.vectors import vector

DOCS = Path(__file__).parents[2] / "docs" / "rules"
EXAMPLE = (DOCS / "trial-example.json").read_text(encoding="utf-8")


def changed(change: Callable[[dict[str, Any]], object]) -> str:
    """Return the example with one thing changed."""
    value = json.loads(EXAMPLE)
    change(value)
    return json.dumps(value)


def first_aspect(value: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = value["scheme"]["modules"][0]["criteria"][0]["subs"][0]["aspects"][0]
    return found


def test_the_documented_example_runs() -> None:
    found = run_trial(EXAMPLE)

    assert found["ranks"] == [
        {
            "place": place,
            "work_code": code,
            "status": "absent" if place is None else "finished",
            "total": total,
            "award": award,
            "settled_by": settled,
        }
        for place, code, total, award, settled in (
            (1, "W3MB", "88.48", "first", []),
            (2, "W5TZ", "85.86", "second", ["shared"]),
            (2, "W7K2", "85.86", None, ["shared"]),
            (4, "WQ8D", "54.46", None, []),
            (None, "W9XA", None, None, []),
        )
    ]
    assert json.loads(json.dumps(found))["fingerprint"] == found["fingerprint"]
    prose = (DOCS / "trial.md").read_text(encoding="utf-8")
    assert "trial-example.json" in prose
    assert str(found["fingerprint"]) in prose


def test_without_the_decision_the_boundary_waits() -> None:
    found: dict[str, Any] = run_trial(changed(lambda value: value.pop("decisions")))

    assert not found["result"]["publishable"]
    assert found["result"]["ties"][0]["codes"] == ["W5TZ", "W7K2"]


def test_a_scheme_that_does_not_add_up_is_told_beside_the_result() -> None:
    def spoil(value: dict[str, Any]) -> None:
        value["scheme"]["modules"][1]["criteria"][0]["maximum"] = "41"
        value["rules"].update(aspect_places=None, bonus=None)
        value["entrants"][0]["birth_date"] = None

    found: dict[str, Any] = run_trial(changed(spoil))

    assert [fault["place"] for fault in found["scheme_faults"]] == ["P > P1"]


def test_a_scheme_survives_the_journey_through_json() -> None:
    scheme = es2025("17")

    assert scheme_from_json(json.loads(json.dumps(scheme_to_json(scheme)))) == scheme


def test_module_a_of_v02a_as_a_trial_file() -> None:
    case = vector("v02a")
    marks = []
    for competitor in case["competitors"]:
        levels = iter(competitor["judgement_levels"])
        for items, given in zip(case["scheme"], competitor["marks"], strict=True):
            for item, mark in zip(items, given, strict=True):
                value = next(levels) if item["type"] == "J" else mark
                marks.append([competitor["code"], item["aspect"], "panel", value])
    rules = {"parts": [["practice", "100"]], "judges_per_aspect": 1, "award": {"kind": "none"}}
    file = {
        "format": 1,
        "rules": rules | {"tie_chain": []},
        "scheme": scheme_to_json(es2025("17")),
        "entrants": [{"work_code": one["code"]} for one in case["competitors"]],
        "marks": marks,
    }

    found: dict[str, Any] = run_trial(json.dumps(file))

    assert [line["work_code"] for line in found["ranks"]] == case["expect_rank"]
    totals = {line["work_code"]: line["total"] for line in found["ranks"]}
    assert totals == {one["code"]: one["expect_total"] for one in case["competitors"]}
    assert [fault["found"] for fault in found["scheme_faults"]] == ["16.75"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda value: value.update(format=2), r"^format must be 1\."),
        (lambda value: value.update(extra=1), r"^extra is not a key"),
        (lambda value: value.pop("scheme"), r"^scheme is missing"),
        (lambda value: value["rules"].update(places="2"), r"^rules\.places must be"),
        (
            lambda value: first_aspect(value).update(maximum="ten"),
            r"^scheme\.modules\[0\]\.criteria\[0\]\.subs\[0\]\.aspects\[0\]\.maximum must be",
        ),
        (
            lambda value: first_aspect(value).update(levels=[1]),
            r"aspects\[0\]\.levels\[0\] must be a text",
        ),
        (lambda value: value["entrants"].append(1), r"^entrants\[5\] must be an object"),
        (
            lambda value: value["entrants"][0].update(birth_date="1 May"),
            r"^entrants\[0\]\.birth_date must be a day",
        ),
        (lambda value: value["entrants"][0].update(bonus="half"), r"^entrants\[0\]\.bonus must be"),
        (lambda value: value["marks"].append(["W7K2"]), r"^marks\[\d+\] must be four texts"),
        (lambda value: value["marks"].append("W7K2"), r"^marks\[\d+\] must be four texts"),
        (lambda value: value["marks"][0].__setitem__(3, 88), r"^marks\[0\] must be four texts"),
        (
            lambda value: value["decisions"][0].update(order=[1]),
            r"^decisions\[0\]\.order\[0\] must be a text",
        ),
        (lambda value: value["decisions"][0].update(kind="vote"), r"^decisions\[0\]\.kind must be"),
    ],
)
def test_a_wrong_file_is_answered_with_the_path(
    change: Callable[[dict[str, Any]], object], words: str
) -> None:
    with pytest.raises(Invalid, match=words):
        run_trial(changed(change))


def test_a_decimal_typed_bare_is_exact_too() -> None:
    text = EXAMPLE.replace('"time_seconds": "5400"', '"time_seconds": 5400.5', 1)

    assert run_trial(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", r"Line 1, column 2 is not JSON"),
        ('{"format": 1, "format": 1}', r"The key format stands twice"),
        ("[]", r"The file must be an object"),
    ],
)
def test_what_is_no_file_at_all(text: str, words: str) -> None:
    with pytest.raises(Invalid, match=words):
        run_trial(text)


def test_rules_that_do_not_fit_the_scheme() -> None:
    def spoil(value: dict[str, Any]) -> None:
        value["rules"]["tie_chain"] = ["module:Z"]

    with pytest.raises(Blocked):
        run_trial(changed(spoil))
