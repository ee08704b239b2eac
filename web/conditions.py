"""What a condition of entry says, in the words of the notice or in our own."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from flask import Flask
from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _l

from rules.eligibility import COMPOSED, Rule, RuleKind
from rules.phrases import Phrase
from rules.terms import EntryGroup, SkillLevel
from web.errors import say
from web.labels import label

KINDS: Final[Mapping[str, LazyString]] = {
    RuleKind.MIN_AGE: _l("Age at least"),
    RuleKind.MAX_AGE: _l("Age at most"),
    RuleKind.BORN_AFTER: _l("Born on this day or later"),
    RuleKind.BORN_BEFORE: _l("Born on this day or earlier"),
    RuleKind.MIN_YEARS: _l("Years in the trade at least"),
    RuleKind.MIN_LEVEL: _l("Skill level at least"),
    RuleKind.MAX_LEVEL: _l("Skill level at most"),
    RuleKind.EMPLOYMENT_IN_DISTRICT: _l("Works in the district"),
    RuleKind.GROUP: _l("Belongs to the group"),
    RuleKind.NOT_ALREADY_CHAMPION: _l("Does not hold this title yet"),
    RuleKind.ONE_EVENT_PER_PERSON: _l("One event of this contest only"),
    RuleKind.MIN_AGE_BY_YEAR: _l("Age by year of birth at least"),
    RuleKind.MAX_AGE_BY_YEAR: _l("Age by year of birth at most"),
    RuleKind.RESIDENCE_IN_DISTRICT: _l("Lives in the district"),
    RuleKind.HOLDS_TITLE: _l("Holds this title"),
    RuleKind.QUALIFIED: _l("Sent on by a feeder contest"),
    RuleKind.ANY_OF: _l("One of these ways"),
    RuleKind.ALL_OF: _l("All of these together"),
}
LEVELS: Final = frozenset({RuleKind.MIN_LEVEL, RuleKind.MAX_LEVEL})


def condition(rule: Rule) -> str:
    """Say one condition; alternatives are joined by or, what goes together by and.

    The clause of the notice goes before our own words.
    """
    if rule.clause:
        return rule.clause
    if rule.kind in COMPOSED:
        return _joint(rule.kind).join(map(condition, rule.of))
    return f"{KINDS[rule.kind]} {_value(rule)}".strip()


def _joint(kind: RuleKind) -> str:
    return str(gettext(" or ") if kind is RuleKind.ANY_OF else gettext(" and "))


def _value(rule: Rule) -> str:
    if rule.kind in LEVELS:
        return label(SkillLevel(rule.value))
    return label(EntryGroup(rule.value)) if rule.kind is RuleKind.GROUP else rule.value


@dataclass(frozen=True)
class ShownVerdict:
    """How one condition stands, in the reader's language, with its parts below it."""

    state: str
    words: str
    reason: str
    parts: tuple["ShownVerdict", ...]


def shown(row: Mapping[str, Any]) -> ShownVerdict:
    """Say a verdict as it is kept with an entry (``actions.conditions.verdict_row``)."""
    parts = tuple(shown(part) for part in row.get("parts", ()))
    reason = say(Phrase(row["message"], tuple(row["params"].items())))
    return ShownVerdict(row["state"], _words(row), reason, parts)


def _words(row: Mapping[str, Any]) -> str:
    if row["clause"] or "kind" not in row:
        return str(row["clause"])
    kind = RuleKind(row["kind"])
    if kind in COMPOSED:
        return _joint(kind).join(map(_words, row["parts"]))
    return condition(Rule(row["code"], kind, row["value"]))


def register(app: Flask) -> None:
    """Attach the filter."""
    app.add_template_filter(condition)
