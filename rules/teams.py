"""Teams: how many make one up, what one still lacks, its result from its members' and its place.

Source: docs/rules/teams.md; docs/rules/ranking.md, "Teams".
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

from rules.phrases import Phrase, phrase
from rules.ranking import Line, Placed, rank
from rules.rulesets import TieKey
from rules.scoring import Number
from rules.terms import EntryForm
from rules.text import clean_line, is_plain_line

NAME_LENGTH: Final = 20
MOST: Final = 20
"""The largest team an event may ask for."""
PAIR: Final = (2, 2)
ALONE: Final = (1, 1)


def sizes(form: EntryForm, least: int, most: int) -> tuple[int, int]:
    """Return the least and most members of a form of entry; only a team's are free.

    >>> sizes(EntryForm.PAIR, 3, 9), sizes(EntryForm.TEAM, 3, 5)
    ((2, 2), (3, 5))
    """
    fixed = {EntryForm.INDIVIDUAL: ALONE, EntryForm.PAIR: PAIR}
    return fixed.get(form, (least, most))


def size_fault(form: EntryForm, least: int, most: int) -> tuple[str, str] | None:
    """Say which of the two numbers does not fit the form of entry, and why; None when both do."""
    if form is not EntryForm.TEAM:
        fits = (least, most) == sizes(form, least, most)
        return None if fits else ("team_most", "Only a team says how many members it has.")
    if not PAIR[0] <= least <= MOST:
        return "team_least", "A team has between 2 and 20 members."
    if not least <= most <= MOST:
        return "team_most", "The most is at least as many as the least, and 20 at the most."
    return None


def clean_team_name(text: str) -> str:
    """Bring a team's name to one line, or return nothing where it is none.

    >>> clean_team_name("  海   燕 队 "), clean_team_name("a" * 21), clean_team_name(" ")
    ('海 燕 队', '', '')
    """
    name = clean_line(text)
    return name if name and len(name) <= NAME_LENGTH and is_plain_line(name) else ""


def lacking(least: int, members: Sequence[tuple[str, bool]]) -> tuple[Phrase, ...]:
    """Say what a team lacks; of each member the name, and whether the own part is confirmed."""
    open_parts = tuple(
        phrase("%(name)s has not confirmed the own part yet.", name=name)
        for name, confirmed in members
        if not confirmed
    )
    missing = least - len(members)
    if missing <= 0:
        return open_parts
    few = phrase(
        "%(found)s of at least %(least)s members are there.", found=len(members), least=least
    )
    return (few, *open_parts)


def team_total(members: Sequence[Number | None]) -> Fraction | None:
    """Add the members' totals; None while a member has no result, so the team has no place."""
    given = [Fraction(member) for member in members if member is not None]
    if not given or len(given) < len(members):
        return None
    return sum(given, Fraction(0))


def best_of_events(events: Mapping[str, Sequence[Number]], best: int = 3) -> Fraction:
    """Add, over the events, the ``best`` highest results of the team; fewer count as they are."""
    kept = (mark for marks in events.values() for mark in sorted(marks, reverse=True)[:best])
    return sum((Fraction(mark) for mark in kept), Fraction(0))


def rank_teams(
    teams: Mapping[str, Sequence[Number | None]], seconds: Mapping[str, Decimal | int] | None = None
) -> tuple[Placed, ...]:
    """Place the complete teams; on equal totals the shorter total time goes first."""
    times = seconds or {}
    totals = {name: team_total(members) for name, members in teams.items()}
    lines = [
        Line(name, total, (times.get(name),)) for name, total in totals.items() if total is not None
    ]
    return rank(lines, (TieKey("time", highest_first=False),))
