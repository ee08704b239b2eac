"""Team results: from the members' results to the team's, and its place.

Source: docs/rules/ranking.md, "Teams".
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from rules.ranking import Line, Placed, rank
from rules.rulesets import TieKey
from rules.scoring import Number


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
