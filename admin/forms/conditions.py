"""The conditions of entry as rows of a form; rows that share a letter are alternatives."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any, Final

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectChoice, SelectField, StringField
from wtforms import Form as PlainForm

from admin.forms.ruleset_words import words
from rules.eligibility import COMPOSED, Rule, RuleKind
from rules.eligibility_json import conditions_from_json
from rules.errors import Invalid
from rules.terms import EntryGroup, SkillLevel
from rules.text import clean_line

VALUE, CLAUSE = 40, 120
WAYS: Final = tuple(f"{letter}{number}" for letter in "ABC" for number in (1, 2, 3))
"""A1 and A2 are two ways to meet the same demand; two rows marked A1 belong together."""
EXAMPLES: Final[Mapping[RuleKind, str]] = {
    RuleKind.MIN_AGE: "18",
    RuleKind.MAX_AGE: "55",
    RuleKind.MIN_AGE_BY_YEAR: "18",
    RuleKind.MAX_AGE_BY_YEAR: "55",
    RuleKind.BORN_AFTER: "1990-05-01",
    RuleKind.BORN_BEFORE: "1990-05-01",
    RuleKind.MIN_YEARS: "2",
    RuleKind.MIN_LEVEL: " / ".join(SkillLevel),
    RuleKind.MAX_LEVEL: " / ".join(SkillLevel),
    RuleKind.GROUP: " / ".join(EntryGroup),
    RuleKind.HOLDS_TITLE: "舟山市技术能手",
    RuleKind.NOT_ALREADY_CHAMPION: "舟山市技术能手",
}
"""What the value of a condition looks like."""


class ConditionForm(PlainForm):
    """One condition of entry; what does not hold is said by ``gathered``, by number."""

    kind = SelectField(_l("Condition"), default="", validate_choice=False)
    way = SelectField(_l("Alternative"), default="", validate_choice=False)
    value = StringField(_l("Value"), render_kw={"maxlength": VALUE})
    clause = StringField(_l("As the notice says it"), render_kw={"maxlength": CLAUSE})
    proof = BooleanField(_l("needs a document"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        none = SelectChoice("", _l("no condition"))
        plain = [one for one in RuleKind if one not in COMPOSED]
        self.kind.choices = [none, *(SelectChoice(one.value, words(one)) for one in plain)]
        self.way.choices = [SelectChoice("", _l("must hold")), *map(SelectChoice, WAYS, WAYS)]


def gathered(rows: Sequence[Mapping[str, Any]]) -> tuple[Rule, ...]:
    """Return the conditions of the rows; raises ``Invalid`` naming the row that is wrong."""
    numbered = [(_way(row), _condition(number, row)) for number, row in enumerate(rows, 1)]
    letters = sorted({way[0] for way, _ in numbered if way})
    must = [rule for way, rule in numbered if not way]
    return (*must, *(_choice(letter, numbered) for letter in letters))


def _choice(letter: str, numbered: Sequence[tuple[str, Rule]]) -> Rule:
    mine = sorted(
        ((way, rule) for way, rule in numbered if way[:1] == letter), key=lambda pair: pair[0]
    )
    ways = [_together(way, [rule for _, rule in group]) for way, group in groupby(mine, _first)]
    if len(ways) == 1:
        raise Invalid(
            "Alternative %(letter)s has one way only: mark another row %(letter)s2, or leave the "
            "mark out.",
            None,
            letter=letter,
        )
    return Rule(letter, RuleKind.ANY_OF, of=tuple(ways))


def _first(pair: tuple[str, Rule]) -> str:
    return pair[0]


def _together(way: str, rules: Sequence[Rule]) -> Rule:
    return rules[0] if len(rules) == 1 else Rule(way, RuleKind.ALL_OF, of=tuple(rules))


def _way(row: Mapping[str, Any]) -> str:
    return row["way"] if row.get("way") in WAYS else ""


def spread(conditions: Sequence[Rule]) -> list[dict[str, Any]]:
    """Return conditions as the rows they were typed in."""
    rows: list[dict[str, Any]] = []
    for rule in conditions:
        if rule.kind not in COMPOSED:
            rows.append(_row(rule, ""))
        for number, way in enumerate(rule.of, 1):
            parts = way.of or (way,)
            rows += [_row(part, f"{rule.code}{number}") for part in parts]
    return rows


def _row(rule: Rule, way: str) -> dict[str, Any]:
    return {
        "kind": rule.kind,
        "way": way,
        "value": rule.value,
        "clause": rule.clause,
        "proof": rule.proof,
    }


def _condition(number: int, row: Mapping[str, Any]) -> Rule:
    if row["kind"] not in {kind.value for kind in RuleKind if kind not in COMPOSED}:
        raise Invalid("Condition %(number)s is none of the list.", None, number=number)
    kind = RuleKind(row["kind"])
    wanted = {
        "code": f"E{number}",
        "kind": kind.value,
        "value": clean_line(row["value"] or "").lower(),
        "clause": clean_line(row["clause"] or ""),
        "proof": row["proof"],
    }
    if kind in (RuleKind.NOT_ALREADY_CHAMPION, RuleKind.HOLDS_TITLE):
        wanted["value"] = clean_line(row["value"] or "")
    if len(wanted["value"]) > VALUE or len(wanted["clause"]) > CLAUSE:
        raise Invalid("Condition %(number)s is too long; shorten its words.", None, number=number)
    try:
        (rule,) = conditions_from_json([wanted])
    except Invalid:
        raise Invalid(
            "The value of condition %(number)s does not fit it; write it like %(example)s.",
            None,
            number=number,
            example=EXAMPLES[kind],
        ) from None
    return rule
