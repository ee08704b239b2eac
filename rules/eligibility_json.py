"""Conditions of entry as JSON: read strictly, written back the same.

Source: docs/rules/eligibility.md.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping

from rules.eligibility import COMPOSED, Rule, RuleKind
from rules.errors import Invalid
from rules.reading import Reader, wrong
from rules.terms import EntryGroup, SkillLevel


def _title(value: str) -> None:
    if not value.strip():
        raise ValueError(value)


def _whole(value: str) -> None:
    if not (value.isascii() and value.isdigit()):
        raise ValueError(value)


_VALUES: Mapping[RuleKind, tuple[Callable[[str], object], str]] = {
    RuleKind.MIN_AGE: (_whole, "a whole number of years"),
    RuleKind.MAX_AGE: (_whole, "a whole number of years"),
    RuleKind.MIN_AGE_BY_YEAR: (_whole, "a whole number of years"),
    RuleKind.MAX_AGE_BY_YEAR: (_whole, "a whole number of years"),
    RuleKind.BORN_AFTER: (dt.date.fromisoformat, "a day such as 1990-05-01"),
    RuleKind.BORN_BEFORE: (dt.date.fromisoformat, "a day such as 1990-05-01"),
    RuleKind.MIN_YEARS: (_whole, "a whole number of years"),
    RuleKind.MIN_LEVEL: (SkillLevel, " | ".join(SkillLevel)),
    RuleKind.MAX_LEVEL: (SkillLevel, " | ".join(SkillLevel)),
    RuleKind.GROUP: (EntryGroup, " | ".join(EntryGroup)),
    RuleKind.HOLDS_TITLE: (_title, "the title as it is written"),
    RuleKind.NOT_ALREADY_CHAMPION: (_title, "the title as it is written"),
}
DEEPEST = 3
"""How far conditions may be nested: a list, its alternatives, their steps."""


def conditions_from_json(value: object, path: str = "eligibility") -> tuple[Rule, ...]:
    """Read a list of conditions; raises ``Invalid`` naming the path of what is wrong."""
    if not isinstance(value, list | tuple):
        raise wrong(path, "a list")
    rules = tuple(_rule(Reader(item, f"{path}[{at}]")) for at, item in enumerate(value))
    codes = [rule.code for rule in _flat(rules)]
    if len(set(codes)) < len(codes):
        raise Invalid("%(path)s: each rule has a code of its own.", path=path)
    return rules


def _flat(rules: Iterable[Rule]) -> Iterator[Rule]:
    for rule in rules:
        yield rule
        yield from _flat(rule.of)


def _rule(reader: Reader, depth: int = 1) -> Rule:
    rule = Rule(
        reader.text("code"),
        reader.choice("kind", RuleKind),
        str(reader.take("value", "")),
        reader.text("clause", ""),
        reader.flag("proof", default=False),
        tuple(_rule(part, depth + 1) for part in reader.objects("of", ())),
    )
    reader.done()
    if bool(rule.of) != (rule.kind in COMPOSED) or depth > DEEPEST:
        raise wrong(reader.at("of"), "the parts of any_of or all_of, two deep at most")
    if rule.kind in _VALUES:
        read, wanted = _VALUES[rule.kind]
        try:
            read(rule.value)
        except ValueError:
            raise wrong(reader.at("value"), wanted) from None
    return rule


def conditions_to_json(rules: Iterable[Rule]) -> list[dict[str, object]]:
    """Return conditions as JSON values."""
    return [_row(rule) for rule in rules]


def _row(rule: Rule) -> dict[str, object]:
    row: dict[str, object] = {
        "code": rule.code,
        "kind": rule.kind.value,
        "value": rule.value,
        "clause": rule.clause,
        "proof": rule.proof,
    }
    return {**row, "of": conditions_to_json(rule.of)} if rule.of else row
