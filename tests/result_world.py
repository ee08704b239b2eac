"""An event whose marks are signed, with everybody who carries it to its certificates."""

import datetime as dt
import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from actions.desk import Desk
from actions.draws import commit_draw, join_draw, seal_draw
from actions.panels import assign_chief, assign_judge, sign_pledge, start_marking
from actions.results import Ceremony, decode_event, finalise_results, lock_results, post_results
from actions.scores import MarkEntry, enter_mark, mark_presence, sign_sheet
from adapters.crypto import write_slip
from models.accounts import Account
from models.contests import Event
from models.entries import Entry
from models.organizations import Organization
from models.people import Person
from models.scores import ScoreSheet
from rules.permits import Role, Scope
from rules.rulesets import EventRules
from rules.states import EntryState, EventState
from rules.terms import OrganizationKind
from tests.contest_world import RULES, announced_event, at
from tests.support import NOW, actor_of, give, make_account

Marks = Sequence[tuple[str, str] | None]
NAMES = ("贺定波", "林澈", "钟离秋水", "乐平", "应海梅")
MARKS = (("5", "333"), ("4", "333"), ("4", "222"), ("3", "222"), ("2", "111"))
"""For each entrant what was measured (0 to 5 points) and the three judges' levels."""
OFFICER_SLIP, WITNESS_SLIP = (write_slip(bytes([number]) * 32) for number in (7, 9))
_units = itertools.count(1)
SEEDS = ("stations of this test", "blind codes of this test")


@dataclass
class Stage:
    """One event with its people, each of whom has a desk."""

    desk: Desk
    event: Event
    people: list[Person]
    accounts: dict[str, Account] = field(default_factory=dict)
    sheets: list[ScoreSheet] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    """The blind code of each entrant, in the order of ``people``."""

    def seat(self, who: str, moment: dt.datetime | None = None) -> Desk:
        """Return the desk with this person at it: organizer, chief, officer, supervisor ..."""
        actor = actor_of(self.desk.session, self.accounts[who])
        return at(self.desk.acting_as(actor), moment or self.desk.now)

    @property
    def ceremony(self) -> Ceremony:
        """Both slips, and the supervisor in person."""
        return Ceremony(OFFICER_SLIP, WITNESS_SLIP, self.seat("supervisor").actor)


def listed_event(desk: Desk, count: int = len(MARKS), rules: EventRules = RULES) -> Stage:
    """Play an event up to its published list of ``count`` entrants."""
    event = announced_event(desk, rules=rules, quota=40)
    people = [_person(desk.session, NAMES[n % len(NAMES)], n) for n in range(count)]
    event.state = EventState.LISTED
    for number, person in enumerate(people):
        _entry(desk.session, event, person, number)
    stage = Stage(desk, event, people)
    _staff(stage)
    return stage


def scoring_event(desk: Desk, count: int = len(MARKS), rules: EventRules = RULES) -> Stage:
    """Draw it, seat the panel and open the sheets, still empty."""
    stage = listed_event(desk, count, rules)
    _draw(stage)
    stage.sheets = start_marking(stage.seat("organizer"), stage.event)
    return stage


def marked_event(desk: Desk, marks: Marks = MARKS, rules: EventRules = RULES) -> Stage:
    """Enter the marks and sign the sheets too; None marks an entrant as absent."""
    stage = scoring_event(desk, len(marks), rules)
    _mark(stage, marks)
    return stage


def decoded_event(desk: Desk, marks: Marks = MARKS, rules: EventRules = RULES) -> Stage:
    """Lock and decode it too."""
    stage = marked_event(desk, marks, rules)
    lock_results(stage.seat("chief"), stage.event)
    decode_event(stage.seat("officer"), stage.event, stage.ceremony)
    return stage


def posted_event(desk: Desk, marks: Marks = MARKS, rules: EventRules = RULES) -> Stage:
    """Post it too."""
    stage = decoded_event(desk, marks, rules)
    post_results(stage.seat("organizer"), stage.event)
    return stage


def final_event(desk: Desk, marks: Marks = MARKS, rules: EventRules = RULES) -> Stage:
    """Make it final too, when the appeals are over."""
    stage = posted_event(desk, marks, rules)
    assert stage.event.appeals_close_at is not None
    finalise_results(stage.seat("organizer", stage.event.appeals_close_at), stage.event)
    return stage


def _person(session: Session, name: str, number: int) -> Person:
    unit = Organization(name=f"示例单位{next(_units)}", kind=OrganizationKind.EMPLOYER)
    session.add(unit)
    session.flush()
    person = Person(
        key=f"p{number}-{unit.id}",
        name=name,
        organization_id=unit.id,
        birth_date=dt.date(1990 - number, 5, 1),
        created_at=NOW,
    )
    session.add(person)
    session.flush()
    return person


def _entry(session: Session, event: Event, person: Person, number: int) -> None:
    account = make_account(session, person.name, person_id=person.id)
    session.add(
        Entry(
            event_id=event.id,
            account_id=account.id,
            person_id=person.id,
            state=EntryState.ACCEPTED,
            holds_seat=True,
            pass_no=f"P-{number:03}",
            form_key=f"form-{event.id}-{number}",
            started_at=NOW,
            submitted_at=NOW,
        )
    )
    session.flush()


def _staff(stage: Stage) -> None:
    session, event = stage.desk.session, stage.event
    roles = {
        "organizer": Role.ORGANIZER,
        "officer": Role.ENCRYPTION_OFFICER,
        "supervisor": Role.SUPERVISOR,
    }
    for name in (*roles, "chief", "judge1", "judge2", "judge3"):
        stage.accounts[name] = make_account(session, name)
    for name, role in roles.items():
        give(session, stage.accounts[name], role, Scope.CONTEST, event.contest_id)


def _draw(stage: Stage) -> None:
    event = stage.event
    draw = commit_draw(stage.seat("officer"), event, seeds=SEEDS)
    join_draw(stage.seat("supervisor"), draw, slip=WITNESS_SLIP)
    assign_chief(stage.seat("organizer"), event, stage.accounts["chief"])
    for number in (1, 2, 3):
        judge = f"judge{number}"
        seat = assign_judge(stage.seat("organizer"), event, stage.accounts[judge], number=number)
        sign_pledge(stage.seat(judge), seat)
    seal_draw(stage.seat("officer"), draw, slip=OFFICER_SLIP)
    stage.codes = _codes(stage)


def _codes(stage: Stage) -> list[str]:
    from actions.draws import CODES  # only the world of the test knows both seeds
    from rules.draws import blind_codes, shuffle

    entries = stage.desk.session.query(Entry).filter_by(event_id=stage.event.id).order_by(Entry.id)
    drawn = shuffle([entry.id for entry in entries], SEEDS[1], CODES)
    by_entry = dict(zip(drawn, blind_codes(len(drawn), SEEDS[1]), strict=True))
    return [by_entry[entry.id] for entry in entries]


def _mark(stage: Stage, marks: Marks) -> None:
    for number, (code, given) in enumerate(zip(stage.codes, marks, strict=True)):
        key = f"e{stage.event.id}-{number}"
        if given is None:
            first = stage.seat("judge1")
            mark_presence(first, stage.sheets[0], code, absent=True, client_key=f"{key}-absent")
            continue
        measured, levels = given
        _enter(stage, 0, MarkEntry(code, "A1.1", measured, f"{key}-m"))
        for seat, level in enumerate(levels):
            _enter(stage, seat, MarkEntry(code, "A1.2", level, f"{key}-j{seat}"))
    for seat, sheet in enumerate(stage.sheets):
        key = f"e{stage.event.id}-sign{seat}"
        sign_sheet(stage.seat(f"judge{seat + 1}"), sheet, client_key=key)


def _enter(stage: Stage, seat: int, entry: MarkEntry) -> None:
    enter_mark(stage.seat(f"judge{seat + 1}"), stage.sheets[seat], entry)
