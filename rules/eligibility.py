"""Eligibility: an event's entry conditions as data, each answered in words.

Source: docs/rules/eligibility.md.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from rules.errors import Invalid
from rules.identity import age_on
from rules.phrases import Phrase, phrase
from rules.reading import Reader, wrong
from rules.terms import EntryGroup, SkillLevel


class RuleKind(StrEnum):
    """What one condition looks at."""

    MIN_AGE = "min_age"
    MAX_AGE = "max_age"
    BORN_AFTER = "born_after"
    BORN_BEFORE = "born_before"
    MIN_YEARS = "min_years"
    MIN_LEVEL = "min_level"
    MAX_LEVEL = "max_level"
    EMPLOYMENT_IN_DISTRICT = "employment_in_district"
    GROUP = "group"
    NOT_ALREADY_CHAMPION = "not_already_champion"
    ONE_EVENT_PER_PERSON = "one_event_per_person"


class State(StrEnum):
    """How a condition stands; ``needs_proof`` waits for a document or a person."""

    PASS = "pass"  # noqa: S105 (a verdict, no password)
    FAIL = "fail"
    NEEDS_PROOF = "needs_proof"


@dataclass(frozen=True)
class Rule:
    """One condition; ``clause`` quotes the notice, ``proof`` asks for a document even so."""

    code: str
    kind: RuleKind
    value: str = ""
    clause: str = ""
    proof: bool = False


@dataclass(frozen=True)
class Facts:
    """What is known of an applicant; None is not known, ``proven`` names rule codes with proof.

    ``honours`` are codes of titles already held; ``other_events`` counts
    other events of the same contest.
    """

    event_day: dt.date
    birth_date: dt.date | None = None
    level: SkillLevel | None = None
    years_in_trade: Decimal | None = None
    employed_in_district: bool | None = None
    group: EntryGroup | None = None
    honours: frozenset[str] | None = None
    other_events: int | None = None
    proven: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Verdict:
    """How one condition stands, and why."""

    rule: Rule
    state: State
    reason: Phrase


_Answer = tuple[bool | None, Phrase]


def check(rules: Iterable[Rule], facts: Facts) -> list[Verdict]:
    """Answer every condition in the order of the notice."""
    return [_verdict(rule, facts) for rule in rules]


def _verdict(rule: Rule, facts: Facts) -> Verdict:
    holds, reason = _CHECKS[rule.kind](rule.value, facts)
    proven = rule.code in facts.proven
    if holds is None and not proven:
        return Verdict(rule, State.NEEDS_PROOF, reason)
    if holds is False:
        return Verdict(rule, State.FAIL, reason)
    if rule.proof and not proven:
        return Verdict(rule, State.NEEDS_PROOF, phrase("This holds as you say; attach the proof."))
    return Verdict(rule, State.PASS, phrase("This condition is met."))


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
    reason = phrase("A skill level of %(level)s or higher is needed.", level=value)
    level = facts.level
    return (None if level is None else level.order >= SkillLevel(value).order), reason


def _max_level(value: str, facts: Facts) -> _Answer:
    reason = phrase("A skill level of %(level)s or lower is needed.", level=value)
    level = facts.level
    return (None if level is None else level.order <= SkillLevel(value).order), reason


def _employed(_value: str, facts: Facts) -> _Answer:
    return facts.employed_in_district, phrase("You must work for an employer of the district.")


def _group(value: str, facts: Facts) -> _Answer:
    reason = phrase("This event is for another group: %(group)s.", group=value)
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
    RuleKind.BORN_AFTER: _born_after,
    RuleKind.BORN_BEFORE: _born_before,
    RuleKind.MIN_YEARS: _min_years,
    RuleKind.MIN_LEVEL: _min_level,
    RuleKind.MAX_LEVEL: _max_level,
    RuleKind.EMPLOYMENT_IN_DISTRICT: _employed,
    RuleKind.GROUP: _group,
    RuleKind.NOT_ALREADY_CHAMPION: _not_champion,
    RuleKind.ONE_EVENT_PER_PERSON: _one_event,
}


def _whole(value: str) -> None:
    if not (value.isascii() and value.isdigit()):
        raise ValueError(value)


_VALUES: Mapping[RuleKind, tuple[Callable[[str], object], str]] = {
    RuleKind.MIN_AGE: (_whole, "a whole number of years"),
    RuleKind.MAX_AGE: (_whole, "a whole number of years"),
    RuleKind.BORN_AFTER: (dt.date.fromisoformat, "a day such as 1990-05-01"),
    RuleKind.BORN_BEFORE: (dt.date.fromisoformat, "a day such as 1990-05-01"),
    RuleKind.MIN_YEARS: (_whole, "a whole number of years"),
    RuleKind.MIN_LEVEL: (SkillLevel, " | ".join(SkillLevel)),
    RuleKind.MAX_LEVEL: (SkillLevel, " | ".join(SkillLevel)),
    RuleKind.GROUP: (EntryGroup, " | ".join(EntryGroup)),
}


def rules_from_json(value: object, path: str = "eligibility") -> tuple[Rule, ...]:
    """Read a list of conditions; raises ``Invalid`` naming the path of what is wrong."""
    if not isinstance(value, list | tuple):
        raise wrong(path, "a list")
    rules = tuple(_rule(Reader(item, f"{path}[{at}]")) for at, item in enumerate(value))
    codes = [rule.code for rule in rules]
    if len(set(codes)) < len(codes):
        raise Invalid("%(path)s: each rule has a code of its own.", path=path)
    return rules


def _rule(reader: Reader) -> Rule:
    rule = Rule(
        reader.text("code"),
        reader.choice("kind", RuleKind),
        str(reader.take("value", "")),
        reader.text("clause", ""),
        reader.flag("proof", default=False),
    )
    reader.done()
    if rule.kind in _VALUES:
        read, wanted = _VALUES[rule.kind]
        try:
            read(rule.value)
        except ValueError:
            raise wrong(reader.at("value"), wanted) from None
    return rule


def rules_to_json(rules: Iterable[Rule]) -> list[dict[str, object]]:
    """Return conditions as JSON values."""
    return [
        {
            "code": rule.code,
            "kind": rule.kind.value,
            "value": rule.value,
            "clause": rule.clause,
            "proof": rule.proof,
        }
        for rule in rules
    ]
