"""Panels: who of them may not mark a contestant, and what else stands against a seat.

Source: docs/rules/panels.md; docs/rules/scoring.md, "Recusal".
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rules.errors import Blocked
from rules.phrases import Phrase, phrase
from rules.terms import JudgeGrade, TieKind

SEASONED = 5
"""Years in the trade that stand for a qualification."""


@dataclass(frozen=True)
class Tie:
    """A tie of a judge to a person; ``person`` is None where only the name is known."""

    kind: TieKind
    person: int | None
    name: str


@dataclass(frozen=True)
class Contestant:
    """Somebody who competes: the person, the name, the unit now."""

    person: int
    name: str
    unit: int | None = None


@dataclass(frozen=True)
class Judge:
    """What a panel asks of a judge; ``key`` is the account.

    ``past`` holds former units with the last day there, ``valid_until`` the last day of each
    qualification (None: without end), ``available`` ranges of days (none: any day), ``busy``
    the days with a seat elsewhere, ``load`` the seats held already, ``grade`` the last
    appraisal, ``barred`` what forbids any seat here.
    """

    key: int
    unit: int | None = None
    past: tuple[tuple[int, dt.date], ...] = ()
    ties: tuple[Tie, ...] = ()
    trades: frozenset[int] = frozenset()
    since: int | None = None
    valid_until: tuple[dt.date | None, ...] = ()
    available: tuple[tuple[dt.date, dt.date], ...] = ()
    busy: frozenset[dt.date] = frozenset()
    load: int = 0
    grade: JudgeGrade | None = None
    barred: tuple[Phrase, ...] = ()


def conflicts(
    judge: Judge, contestants: Sequence[Contestant], day: dt.date, years: int
) -> tuple[Phrase, ...]:
    """Say every hard conflict of a judge with the field of an event, each kind once.

    ``years``: a unit left less than so many years before ``day`` still counts. Names of
    contestants are never part of a sentence.
    """
    units = {one.unit for one in contestants if one.unit is not None}
    found = []
    if judge.unit in units:
        found.append(phrase("This judge works for the same unit as somebody who competes here."))
    left = [last for unit, last in judge.past if unit in units and _counts(last, day, years)]
    if left:
        found.append(
            phrase(
                "This judge worked for the unit of somebody who competes here until %(day)s.",
                day=max(left).isoformat(),
            )
        )
    kinds = {tie.kind for tie in judge.ties if _meets(tie, contestants)}
    return (*found, *(_TIES[kind] for kind in TieKind if kind in kinds))


def obstacles(judge: Judge, day: dt.date) -> tuple[Phrase, ...]:
    """Say what speaks against a seat on a day besides conflicts; the office may overrule it."""
    found = []
    if judge.available and not any(first <= day <= last for first, last in judge.available):
        found.append(phrase("This judge is not available on %(day)s.", day=day.isoformat()))
    if day in judge.busy:
        found.append(phrase("This judge sits in another event on %(day)s.", day=day.isoformat()))
    if judge.valid_until and not any(last is None or last >= day for last in judge.valid_until):
        found.append(
            phrase("No qualification of this judge is valid on %(day)s.", day=day.isoformat())
        )
    return tuple(found)


def is_seasoned(judge: Judge, day: dt.date) -> bool:
    """Whether a judge has a qualification or five years in the trade."""
    years = 0 if judge.since is None else day.year - judge.since
    return bool(judge.valid_until) or years >= SEASONED


_TIES: Mapping[TieKind, Phrase] = {
    TieKind.KIN: phrase("This judge is a relative of somebody who competes here."),
    TieKind.PUPIL: phrase("This judge is master or apprentice of somebody who competes here."),
    TieKind.COACH: phrase("This judge coaches or has coached somebody who competes here."),
    TieKind.OTHER: phrase("This judge has declared a tie to somebody who competes here."),
}


def _counts(last: dt.date, day: dt.date, years: int) -> bool:
    """Whether a unit left on ``last`` still counts on ``day``."""
    month, number = (3, 1) if (last.month, last.day) == (2, 29) else (last.month, last.day)
    return day < dt.date(last.year + years, month, number)


def _meets(tie: Tie, contestants: Sequence[Contestant]) -> bool:
    if tie.person is not None:
        return any(tie.person == one.person for one in contestants)
    return any(tie.name == one.name for one in contestants)


def conflicted(judges: Mapping[str, str | None], employer: str | None) -> tuple[str, ...]:
    """Return the judges (key to employer) who share the contestant's employer; None is nobody's.

    >>> conflicted({"a": "yard", "b": "mill", "c": None}, "yard")
    ('a',)
    """
    if employer is None:
        return ()
    return tuple(judge for judge, own in judges.items() if own == employer)


def check_recusal(judges: Mapping[str, str | None], employer: str | None) -> None:
    """Refuse a panel on which a judge shares the contestant's employer; raises ``Blocked``."""
    found = conflicted(judges, employer)
    if found:
        raise Blocked(
            "%(count)s judges work for the contestant's employer and may not mark this work. "
            "Name a substitute.",
            found,
            count=len(found),
        )
