"""The pool of judges: kept by the office; ties are told by the office or by the judge."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select

from actions.desk import Desk
from models.judges import FormerUnit, Judge, JudgeDays, JudgeTie, JudgeTrade, Qualification
from models.occupations import Occupation
from models.organizations import Organization
from models.people import Person
from rules.errors import Invalid, NotPermitted, wrong_field
from rules.permits import Permit
from rules.terms import TieKind


@dataclass(frozen=True)
class JudgeText:
    """What the office knows of a judge.

    ``qualifications`` are (name, number, last day or None), ``days`` (first, last),
    ``former`` (unit, last day there).
    """

    trades: tuple[Occupation, ...] = ()
    since: int | None = None
    qualifications: tuple[tuple[str, str, dt.date | None], ...] = ()
    days: tuple[tuple[dt.date, dt.date], ...] = ()
    former: tuple[tuple[Organization, dt.date], ...] = ()
    is_active: bool = True


@dataclass(frozen=True)
class TieText:
    """A tie as it is told: what it is, to whom, and where that person works."""

    kind: TieKind
    name: str
    unit: str = ""


def add_judge(desk: Desk, person: Person, text: JudgeText) -> Judge:
    """Take a person into the pool; raises ``Invalid`` where the person is in it already."""
    desk.require(Permit.PANEL_ASSIGN)
    if judge_of(desk, person.id) is not None:
        raise Invalid("This person is in the pool of judges already.")
    check_text(desk, text)
    judge = Judge(person=person, changed_at=desk.now)
    desk.session.add(judge)
    _write(judge, text)
    desk.session.flush()
    desk.record("add_judge", f"judge:{judge.id}")
    return judge


def edit_judge(desk: Desk, judge: Judge, text: JudgeText) -> None:
    """Change what the pool says of a judge."""
    desk.require(Permit.PANEL_ASSIGN)
    check_text(desk, text)
    for rows in (judge.trades, judge.qualifications, judge.days, judge.former):
        rows.clear()
    desk.session.flush()
    _write(judge, text)
    judge.changed_at = desk.now
    desk.session.flush()
    desk.record("edit_judge", f"judge:{judge.id}")


def declare_tie(desk: Desk, judge: Judge, text: TieText) -> JudgeTie:
    """Put a tie on record; it counts at once for every panel.

    The office may do it for anybody, a judge for oneself.
    """
    own = desk.actor.person_id is not None and desk.actor.person_id == judge.person_id
    if not own:
        desk.require(Permit.PANEL_ASSIGN)
    name = text.name.strip()
    if not name:
        sentence = "Write the name of the person."
        raise Invalid(sentence, {"name": [sentence]})
    desk.session.refresh(judge, with_for_update=True)
    known = (tie for tie in judge.ties if (tie.kind, tie.person_name) == (text.kind, name))
    tie = next(known, None)
    if tie is None:
        tie = JudgeTie(
            judge=judge,
            kind=text.kind,
            person_name=name,
            unit_name=text.unit.strip(),
            declared_by=desk.actor.account_id,
            declared_at=desk.now,
        )
        desk.session.add(tie)
        desk.session.flush()
        desk.record("declare_tie", f"judge:{judge.id}", kind=text.kind.value, own=own)
    return tie


def link_tie(desk: Desk, tie: JudgeTie, person: Person | None) -> None:
    """Say who of the register is meant by a tie; None meets everybody of that name again."""
    desk.require(Permit.PANEL_ASSIGN)
    if person is not None and person.name != tie.person_name:
        raise Invalid("The tie names somebody else. Nothing was changed.")
    tie.person_id = None if person is None else person.id
    desk.record("link_tie", f"judge:{tie.judge_id}", tie=tie.id)


def drop_tie(desk: Desk, tie: JudgeTie, *, reason: str) -> None:
    """Take a tie off the record, with a reason."""
    desk.require(Permit.PANEL_ASSIGN)
    if not reason.strip():
        sentence = "Say why the tie no longer holds."
        raise Invalid(sentence, {"reason": [sentence]})
    tie.judge.ties.remove(tie)
    desk.record("drop_tie", f"judge:{tie.judge_id}", reason=reason.strip())


def judge_of(desk: Desk, person_id: int | None) -> Judge | None:
    """Read the pool's row of a person."""
    return desk.session.scalars(select(Judge).filter_by(person_id=person_id)).first()


def own_row(desk: Desk) -> Judge:
    """Return the actor's own row of the pool; raises ``NotPermitted`` for others."""
    judge = judge_of(desk, desk.actor.person_id) if desk.actor.person_id else None
    if judge is None:
        raise NotPermitted("You are not in the pool of judges. The contest office adds you.")
    return judge


def check_text(desk: Desk, text: JudgeText) -> None:
    """Raise ``Invalid`` with the field that is wrong."""
    if text.since is not None and not 1900 <= text.since <= desk.now.year:  # noqa: PLR2004  # a year
        raise wrong_field("since", "Write the year with four digits, not later than this year.")
    if any(first > last for first, last in text.days):
        raise wrong_field("days", "A range of days ends before it begins.")
    units = [unit.id for unit, _ in text.former]
    if len(set(units)) < len(units):
        raise wrong_field("former", "A unit stands twice; keep the last day there.")


def _write(judge: Judge, text: JudgeText) -> None:
    judge.since, judge.is_active = text.since, text.is_active
    judge.trades.extend(JudgeTrade(occupation=trade) for trade in dict.fromkeys(text.trades))
    judge.qualifications.extend(
        Qualification(name=name, number=number, valid_until=last)
        for name, number, last in text.qualifications
    )
    judge.days.extend(JudgeDays(starts_on=first, ends_on=last) for first, last in text.days)
    judge.former.extend(FormerUnit(organization=unit, left_on=last) for unit, last in text.former)
