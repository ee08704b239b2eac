"""Eligibility: an event's entry conditions as data, each answered in words.

Source: docs/rules/eligibility.md.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from rules.identity import age_on
from rules.phrases import Phrase, phrase
from rules.terms import EntryGroup, SkillLevel


class RuleKind(StrEnum):
    """What one condition looks at."""

    MIN_AGE = "min_age"
    MAX_AGE = "max_age"
    MIN_AGE_BY_YEAR = "min_age_by_year"
    MAX_AGE_BY_YEAR = "max_age_by_year"
    BORN_AFTER = "born_after"
    BORN_BEFORE = "born_before"
    MIN_YEARS = "min_years"
    MIN_LEVEL = "min_level"
    MAX_LEVEL = "max_level"
    EMPLOYMENT_IN_DISTRICT = "employment_in_district"
    RESIDENCE_IN_DISTRICT = "residence_in_district"
    GROUP = "group"
    HOLDS_TITLE = "holds_title"
    QUALIFIED = "qualified"
    NOT_ALREADY_CHAMPION = "not_already_champion"
    ONE_EVENT_PER_PERSON = "one_event_per_person"
    ANY_OF = "any_of"
    ALL_OF = "all_of"


COMPOSED = frozenset({RuleKind.ANY_OF, RuleKind.ALL_OF})
"""Conditions made of others: alternatives, waivers, and ways of several steps."""


class State(StrEnum):
    """How a condition stands; ``needs_proof`` waits for a document or a person."""

    PASS = "pass"  # noqa: S105 (a verdict, no password)
    FAIL = "fail"
    NEEDS_PROOF = "needs_proof"


@dataclass(frozen=True)
class Rule:
    """One condition; ``clause`` quotes the notice, ``proof`` asks for a document even so.

    ``of`` are the parts of ``any_of`` and ``all_of``. A waiver is an alternative:
    two years in the trade, or the title that waives them.
    """

    code: str
    kind: RuleKind
    value: str = ""
    clause: str = ""
    proof: bool = False
    of: tuple["Rule", ...] = ()


@dataclass(frozen=True)
class Facts:
    """What is known of an applicant; None is not known, ``proven`` names rule codes with proof.

    ``honours`` are titles already held; ``qualified`` is whether a feeder
    contest sent the applicant on; ``other_events`` counts other events of the
    same contest.
    """

    event_day: dt.date
    birth_date: dt.date | None = None
    level: SkillLevel | None = None
    years_in_trade: Decimal | None = None
    employed_in_district: bool | None = None
    resident_in_district: bool | None = None
    group: EntryGroup | None = None
    honours: frozenset[str] | None = None
    qualified: bool | None = None
    other_events: int | None = None
    proven: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Verdict:
    """How one condition stands, and why."""

    rule: Rule
    state: State
    reason: Phrase
    parts: tuple["Verdict", ...] = ()


_Answer = tuple[bool | None, Phrase]


def check(rules: Iterable[Rule], facts: Facts) -> list[Verdict]:
    """Answer every condition in the order of the notice."""
    return [_verdict(rule, facts) for rule in rules]


def _verdict(rule: Rule, facts: Facts) -> Verdict:
    if rule.kind in COMPOSED:
        return _composed(rule, facts)
    holds, reason = _CHECKS[rule.kind](rule.value, facts)
    proven = rule.code in facts.proven
    if holds is None and not proven:
        return Verdict(rule, State.NEEDS_PROOF, reason)
    if holds is False:
        return Verdict(rule, State.FAIL, reason)
    if rule.proof and not proven:
        return Verdict(rule, State.NEEDS_PROOF, phrase("This holds as you say; attach the proof."))
    return Verdict(rule, State.PASS, _MET)


def _composed(rule: Rule, facts: Facts) -> Verdict:
    parts = tuple(_verdict(part, facts) for part in rule.of)
    pick = max if rule.kind is RuleKind.ANY_OF else min
    state = pick((part.state for part in parts), key=_WORST_FIRST.index)
    if state is State.NEEDS_PROOF and rule.code in facts.proven:
        state = State.PASS
    return Verdict(rule, state, _COMPOSED_REASONS[rule.kind][state], parts)


_WORST_FIRST = (State.FAIL, State.NEEDS_PROOF, State.PASS)
_MET = phrase("This condition is met.")
_COMPOSED_REASONS: Mapping[RuleKind, Mapping[State, Phrase]] = {
    RuleKind.ANY_OF: {
        State.PASS: _MET,
        State.FAIL: phrase("One of these ways must be met, and none of them is."),
        State.NEEDS_PROOF: phrase("One of these ways must be met; at least one waits for proof."),
    },
    RuleKind.ALL_OF: {
        State.PASS: _MET,
        State.FAIL: phrase("All of these must be met together, and one of them is not."),
        State.NEEDS_PROOF: phrase("All of these must be met together; one waits for proof."),
    },
}


def _age(facts: Facts) -> int | None:
    return None if facts.birth_date is None else age_on(facts.birth_date, facts.event_day)


def _min_age(value: str, facts: Facts) -> _Answer:
    age = _age(facts)
    reason = phrase(
        "You are %(age)s on the day of the event; %(limit)s is the least.",
        age=_known(age),
        limit=value,
    )
    return (None if age is None else age >= int(value)), reason


def _max_age(value: str, facts: Facts) -> _Answer:
    age = _age(facts)
    reason = phrase(
        "You are %(age)s on the day of the event; %(limit)s is the most.",
        age=_known(age),
        limit=value,
    )
    return (None if age is None else age <= int(value)), reason


def _year_age(facts: Facts) -> int | None:
    return None if facts.birth_date is None else facts.event_day.year - facts.birth_date.year


def _min_year_age(value: str, facts: Facts) -> _Answer:
    age = _year_age(facts)
    reason = phrase(
        "Counted by years of birth you are %(age)s; %(limit)s is the least.",
        age=_known(age),
        limit=value,
    )
    return (None if age is None else age >= int(value)), reason


def _max_year_age(value: str, facts: Facts) -> _Answer:
    age = _year_age(facts)
    reason = phrase(
        "Counted by years of birth you are %(age)s; %(limit)s is the most.",
        age=_known(age),
        limit=value,
    )
    return (None if age is None else age <= int(value)), reason


def _born_after(value: str, facts: Facts) -> _Answer:
    reason = phrase("You must be born on %(day)s or later.", day=value)
    return _compare(facts.birth_date, lambda born: born >= dt.date.fromisoformat(value)), reason


def _born_before(value: str, facts: Facts) -> _Answer:
    reason = phrase("You must be born on %(day)s or earlier.", day=value)
    return _compare(facts.birth_date, lambda born: born <= dt.date.fromisoformat(value)), reason


def _compare(born: dt.date | None, holds: Callable[[dt.date], bool]) -> bool | None:
    return None if born is None else holds(born)


def _min_years(value: str, facts: Facts) -> _Answer:
    years = facts.years_in_trade
    reason = phrase(
        "%(years)s years in the trade are recorded; %(limit)s are needed.",
        years=_known(years),
        limit=value,
    )
    return (None if years is None else years >= Decimal(value)), reason


def _min_level(value: str, facts: Facts) -> _Answer:
    reason = phrase("A skill level of %(level)s or higher is needed.", level=SkillLevel(value))
    level = facts.level
    return (None if level is None else level.order >= SkillLevel(value).order), reason


def _max_level(value: str, facts: Facts) -> _Answer:
    reason = phrase("A skill level of %(level)s or lower is needed.", level=SkillLevel(value))
    level = facts.level
    return (None if level is None else level.order <= SkillLevel(value).order), reason


def _employed(_value: str, facts: Facts) -> _Answer:
    return facts.employed_in_district, phrase("You must work for an employer of the district.")


def _resident(_value: str, facts: Facts) -> _Answer:
    return facts.resident_in_district, phrase("You must live in the district.")


def _holds(value: str, facts: Facts) -> _Answer:
    reason = phrase("The register does not show the title %(title)s for you.", title=value)
    held = facts.honours is not None and value in facts.honours
    return (True if held else None), reason


def _qualified(_value: str, facts: Facts) -> _Answer:
    reason = phrase("Only who was sent on by a feeder contest may enter, and you are not listed.")
    return facts.qualified, reason


def _group(value: str, facts: Facts) -> _Answer:
    reason = phrase("This event is for another group: %(group)s.", group=EntryGroup(value))
    return (None if facts.group is None else facts.group == EntryGroup(value)), reason


def _not_champion(value: str, facts: Facts) -> _Answer:
    reason = phrase("Whoever holds the title %(title)s may not enter again.", title=value)
    return (None if facts.honours is None else value not in facts.honours), reason


def _one_event(_value: str, facts: Facts) -> _Answer:
    reason = phrase("One person enters one event of this contest.")
    return (None if facts.other_events is None else facts.other_events == 0), reason


def _known(value: object) -> object:
    return "?" if value is None else value


_CHECKS: Mapping[RuleKind, Callable[[str, Facts], _Answer]] = {
    RuleKind.MIN_AGE: _min_age,
    RuleKind.MAX_AGE: _max_age,
    RuleKind.MIN_AGE_BY_YEAR: _min_year_age,
    RuleKind.MAX_AGE_BY_YEAR: _max_year_age,
    RuleKind.BORN_AFTER: _born_after,
    RuleKind.BORN_BEFORE: _born_before,
    RuleKind.MIN_YEARS: _min_years,
    RuleKind.MIN_LEVEL: _min_level,
    RuleKind.MAX_LEVEL: _max_level,
    RuleKind.EMPLOYMENT_IN_DISTRICT: _employed,
    RuleKind.RESIDENCE_IN_DISTRICT: _resident,
    RuleKind.GROUP: _group,
    RuleKind.HOLDS_TITLE: _holds,
    RuleKind.QUALIFIED: _qualified,
    RuleKind.NOT_ALREADY_CHAMPION: _not_champion,
    RuleKind.ONE_EVENT_PER_PERSON: _one_event,
}
