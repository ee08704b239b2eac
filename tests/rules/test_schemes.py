"""Schemes: what does not add up is named with its place, what was found and expected."""

from decimal import Decimal
from typing import Any

import pytest

from rules.schemes import (
    Aspect,
    Criterion,
    Fault,
    Module,
    Scheme,
    SubCriterion,
    check_scheme,
)
from tests.rules.vectors import vector

WORDS = ("poor", "fair", "good", "excellent")


def aspect(code: str = "A1.1", maximum: str = "1", **more: Any) -> Aspect:  # noqa: ANN401 (any field of the dataclass)
    """Build an aspect that holds unless told otherwise."""
    return Aspect(
        code,
        "Weld width",
        **{"kind": "measurement", "measure": "direct", **more},
        maximum=Decimal(maximum),
    )


def module(
    *aspects: Aspect,
    code: str = "A",
    kind: str = "practice",
    maximum: str = "1",
    weight: str | None = "100",
) -> Module:
    """Build a module with one criterion of one sub-criterion."""
    criterion = Criterion(f"{code}c", "", (SubCriterion(f"{code}1", "", aspects),))
    share = None if weight is None else Decimal(weight)
    return Module(code, "Welding", kind, Decimal(maximum), (criterion,), share)


def faults(*modules: Module, **more: Any) -> list[Fault]:  # noqa: ANN401 (any field)
    """Check a scheme of ``modules``."""
    return list(check_scheme(Scheme(modules, **more)))


def es2025(declared: str) -> Scheme:
    """The published module A of v02a."""
    subs = tuple(
        SubCriterion(
            f"A{number}",
            "",
            tuple(
                Aspect(
                    item["aspect"],
                    "",
                    "judgement" if item["type"] == "J" else "measurement",
                    Decimal(item["max"]),
                    measure="" if item["type"] == "J" else "direct",
                    section=str(item["wsos"]),
                    levels=WORDS,
                )
                for item in items
            ),
        )
        for number, items in enumerate(vector("v02a")["scheme"], start=1)
    )
    return Scheme(
        (Module("A", "", "practice", Decimal(declared), (Criterion("A", "", subs),), Decimal(100)),)
    )


def test_the_published_module_of_v02a_does_not_add_up() -> None:
    expected = vector("v02a")["expect_scheme_validation"]

    (fault,) = check_scheme(es2025(expected["declared"]))

    assert (fault.place, fault.found, fault.expected) == ("A", expected["aspect_sum"], "17")
    assert str(fault) == "A: The maximum is declared as 17, but its parts add up to 16.75."
    assert not fault.warning


def test_the_corrected_module_of_v02a_holds() -> None:
    assert check_scheme(es2025("16.75")) == ()


def test_the_worker_group_of_v10_is_caught_for_three_modules() -> None:
    group = vector("v10")["scheme_check"]["worker_group"]
    modules = [
        module(
            aspect(f"{code}1.1", str(group["item_tables"][code])),
            code=code,
            maximum=str(declared),
            weight="25",
        )
        for code, declared in group["declared_measurement"].items()
    ]

    found = [fault.place for fault in faults(*modules)]

    assert found == ["A", "B", "C"]


@pytest.mark.parametrize(
    ("modules", "place", "words"),
    [
        ([module(aspect(kind="guess"))], "A > Ac > A1 > A1.1", "“guess” is not a kind"),
        ([module(aspect(), kind="oral")], "A", "“oral” is not a kind"),
        ([module(aspect(maximum="0"), maximum="0")], "A", "must be above 0"),
        ([module(aspect(maximum="-1"), maximum="-1")], "A", "maximum -1 must be above 0"),
        ([module(aspect(measure="steps 0/2"))], "A > Ac > A1 > A1.1", "2 lies outside 0 to"),
        ([module(aspect(kind="theory", measure="deduct 1"))], "A > Ac > A1 > A1.1", "directly"),
        (
            [module(aspect(kind="trimmed", measure="direct x"))],
            "A > Ac > A1 > A1.1",
            "mean nothing",
        ),
        ([module(aspect(measure=""))], "A > Ac > A1 > A1.1", "is not a measure"),
        ([module(aspect(), weight="90")], "", "add up to 90, not to 100"),
        ([module(aspect(), weight="-1")], "A", "weight of 0 or more percent"),
        ([module(aspect(), aspect("A1.2"), aspect("A1.2"), maximum="3")], "A1.2", "stands 2 times"),
    ],
)
def test_faults(modules: list[Module], place: str, words: str) -> None:
    found = faults(*modules)

    assert any(fault.place == place and words in str(fault.reason) for fault in found), found


def test_theory_beyond_its_cap() -> None:
    theory = module(aspect("T1.1", kind="theory"), code="T", kind="theory", weight="40")
    practice = module(aspect(), weight="60")

    (fault,) = faults(theory, practice)

    assert (fault.found, fault.expected) == ("40", "<= 30")
    assert check_scheme(Scheme((theory, practice)), Decimal(40)) == ()


def test_one_weight_missing_among_weights() -> None:
    other = module(aspect("B1.1"), code="B", weight=None)

    assert [fault.place for fault in faults(module(aspect()), other)] == ["B"]


def test_points_without_weights_are_a_scheme() -> None:
    assert faults(module(aspect(), weight=None)) == []


def test_warnings_do_not_block() -> None:
    silent = aspect(kind="judgement", measure="", levels=("poor", "", "good"))
    vague = aspect("A1.2", measure="gain 1 penalty 1")

    found = faults(module(silent, vague, maximum="2"))

    assert [(fault.warning, fault.expected) for fault in found] == [
        (True, "4"),
        (True, "cap_first"),
    ]


def test_every_level_is_added_up() -> None:
    sub = SubCriterion("A1", "", (aspect(),), Decimal(2))
    criterion = Criterion("C1", "", (sub, sub), Decimal(4))
    wrong = Module("A", "", "practice", Decimal(2), (criterion, criterion), Decimal(100))

    found = faults(wrong, maximum=Decimal(3), sections=(("1", Decimal(1)),))

    assert {fault.place for fault in found} == {"A1.1", "A", "A > C1", "A > C1 > A1", "", "1"}
