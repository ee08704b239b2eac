"""Loads the pool of judges: everybody who judges in the sample world, some with particulars."""

import datetime as dt
from typing import Any

from actions.appraisals import appraise_judge
from actions.judges import JudgeText, TieText, add_judge, declare_tie
from actions.panels import seats_of
from rules.terms import JudgeGrade, TieKind
from web.world import files
from web.world.cast import World

ORGANIZER = "organizer"


def load(world: World) -> None:
    """Load the pool, kept by the organizer."""
    book = files.document("judges.yaml")
    known = {row["person"]: row for row in book["judges"]}
    rows = [row for row in files.table("people_extra.tsv") if row["role"] == "judge"]
    for serial, row in enumerate(rows, start=1):
        _judge(world, book, known.get(row["key"], {}), (row["key"], serial))


def appraise(world: World) -> None:
    """Load how judges of past events did; their panels have been played by now."""
    office = world.seat(ORGANIZER)
    for row in files.document("judges.yaml")["appraisals"]:
        event = world.event(row["event"])
        account = world.account(row["person"])
        seat = next(one for one in seats_of(office, event) if one.account_id == account.id)
        grade = JudgeGrade(row["grade"])
        appraise_judge(office, event, seat, grade, note=row.get("note", ""))


def _judge(world: World, book: dict[str, Any], row: dict[str, Any], who: tuple[str, int]) -> None:
    key, serial = who
    person = world.people[key]
    world.account(key)
    last = files.day(row.get("valid_until", book["valid_until"]))
    office = world.seat(ORGANIZER)
    judge = add_judge(
        office,
        person,
        JudgeText(
            trades=(person.occupation,) if person.occupation else (),
            since=person.in_trade_since,
            qualifications=((book["certificate"], f"示例 CP-{serial:04d}", last),),
            days=tuple((_day(first), _day(end)) for first, end in row.get("days", ())),
            former=tuple(
                (world.organizations[name], _day(end)) for name, end in row.get("former", ())
            ),
        ),
    )
    for kind, name, unit in row.get("ties", ()):
        declare_tie(office, judge, TieText(TieKind(kind), name, unit))


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)
