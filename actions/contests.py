"""Contests: drafted, approved by a second person, announced, cancelled or archived."""

import datetime as dt
from dataclasses import asdict, dataclass

from sqlalchemy import select

from actions.desk import Desk
from actions.events import faults_of
from actions.messages import LIVE
from actions.reminders import remind_of_closing, remind_of_day
from adapters.slugs import slug_of
from models.contests import Contest, Event
from models.entries import Entry
from rules.errors import Blocked, Invalid, NotPermitted
from rules.lifecycle import CONTEST_STEPS, EVENT_STEPS, step, verbs
from rules.permits import Permit
from rules.phrases import Phrase, phrase
from rules.states import ContestState, EventState
from rules.terms import ContestClass, ContestLevel

YEARS = range(2000, 2101)
STILL_OPEN = ("place", "supporters", "summary")
"""What may be corrected once the contest is announced; the rest stands in the notice."""


@dataclass(frozen=True)
class ContestText:
    """What an organizer says of a contest."""

    name: str
    year: int
    level: ContestLevel
    contest_class: ContestClass
    approval_no: str = ""
    organiser: str = ""
    host: str = ""
    supporters: str = ""
    place: str = ""
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    summary: str = ""


def create_contest(desk: Desk, text: ContestText, *, slug: str = "") -> Contest:
    """Draft a contest; without a slug one is made from its name and year.

    Raises ``Invalid`` with the field that is wrong.
    """
    desk.require(Permit.CONTEST_EDIT)
    _check(text)
    contest = Contest(
        slug=_free_slug(desk, slug or _slug(text)),
        created_by=desk.actor.account_id,
        created_at=desk.now,
        **asdict(text),
    )
    desk.session.add(contest)
    desk.session.flush()
    desk.record("create_contest", f"contest:{contest.id}", name=text.name)
    return contest


def edit_contest(desk: Desk, contest: Contest, text: ContestText) -> None:
    """Change a draft; of an announced contest only place, supporters and summary.

    Raises ``Blocked`` when more than that would change.
    """
    desk.require(Permit.CONTEST_EDIT, contest.where)
    _check(text)
    changed = {
        name: value for name, value in asdict(text).items() if getattr(contest, name) != value
    }
    if contest.state is ContestState.APPROVED:
        raise Blocked("The contest is approved as it stands. Send it back to the draft first.")
    if contest.state is not ContestState.DRAFT and not changed.keys() <= set(STILL_OPEN):
        raise Blocked(
            "The contest is public: only its place, supporters and summary can still be changed. "
            "Nothing was changed."
        )
    for name, value in changed.items():
        setattr(contest, name, value)
    desk.record("edit_contest", f"contest:{contest.id}", fields=sorted(changed))
    _index(desk, contest)


def approval_reasons(desk: Desk, contest: Contest) -> tuple[Phrase, ...]:
    """List what still stands against approving the contest; empty when nothing does."""
    reasons = []
    if not contest.approval_no.strip():
        reasons.append(phrase("The number of the approval document is missing."))
    live = [event for event in contest.events if event.state is not EventState.CANCELLED]
    if not live:
        reasons.append(phrase("The contest has no event yet."))
    for event in live:
        reasons += faults_of(desk.session, event)
    return tuple(reasons)


def approve_contest(desk: Desk, contest: Contest) -> None:
    """Approve a draft as the second person; rules and schemes must be clean.

    Raises ``NotPermitted`` for whoever drafted it and ``Blocked`` with all
    reasons while something is missing.
    """
    desk.require(Permit.CONTEST_APPROVE, contest.where)
    if desk.actor.account_id is None or desk.actor.account_id == contest.created_by:
        raise NotPermitted("A contest is approved by a second person, not by whoever drafted it.")
    step(CONTEST_STEPS, contest.state, "approve")
    reasons = approval_reasons(desk, contest)
    if reasons:
        raise Blocked("The contest cannot be approved yet. It stays a draft.", reasons)
    contest.move("approve")
    contest.approved_by, contest.approved_at = desk.actor.account_id, desk.now
    desk.record("approve_contest", f"contest:{contest.id}", approval_no=contest.approval_no)


def reopen_contest(desk: Desk, contest: Contest) -> None:
    """Send an approved contest back to the draft; it has to be approved again."""
    desk.require(Permit.CONTEST_EDIT, contest.where)
    contest.move("reopen")
    contest.approved_by = contest.approved_at = None
    desk.record("reopen_contest", f"contest:{contest.id}")


def announce_contest(desk: Desk, contest: Contest) -> None:
    """Make the contest public, freeze its rules, and set the timers of its entry windows.

    Raises ``Blocked`` if an entry window has already passed.
    """
    desk.require(Permit.CONTEST_EDIT, contest.where)
    step(CONTEST_STEPS, contest.state, "announce")
    live = [event for event in contest.events if event.state is EventState.DRAFT]
    late = tuple(
        phrase("Entries for “%(event)s” would already be closed.", event=event.name)
        for event in live
        if event.entries_close_at <= desk.now
    )
    if late:
        raise Blocked("The contest cannot be announced. It stays approved.", late)
    contest.move("announce")
    contest.announced_at = desk.now
    for event in live:
        event.rules_frozen_at = desk.now
        desk.send("open_entries", after=event.entries_open_at - desk.now, event_id=event.id)
        desk.send("close_entries", after=event.entries_close_at - desk.now, event_id=event.id)
        remind_of_closing(desk, event)
        remind_of_day(desk, event)
    desk.record("announce_contest", f"contest:{contest.id}")
    _index(desk, contest)


def cancel_contest(desk: Desk, contest: Contest, *, ground: str) -> None:
    """Cancel a contest with all its events, on a ground that is kept.

    Raises ``Blocked`` once an event is being marked.
    """
    desk.require(Permit.CONTEST_EDIT, contest.where)
    if not ground.strip():
        sentence = "A contest is cancelled on a ground that is written down."
        raise Invalid(sentence, {"ground": [sentence]})
    step(CONTEST_STEPS, contest.state, "cancel")
    live = [event for event in contest.events if event.state is not EventState.CANCELLED]
    if any("cancel" not in verbs(EVENT_STEPS, event.state) for event in live):
        raise Blocked("An event of this contest is already being marked. Nothing was changed.")
    contest.move("cancel")
    for event in live:
        event.move("cancel")
    desk.record("cancel_contest", f"contest:{contest.id}", ground=ground.strip())
    _tell_entrants(desk, contest, live, ground.strip())
    _index(desk, contest)


def _tell_entrants(desk: Desk, contest: Contest, events: list[Event], reason: str) -> None:
    """Tell each account with a live entry once, however many entries it has."""
    accounts = desk.session.scalars(
        select(Entry.account_id)
        .where(Entry.event_id.in_([event.id for event in events]), Entry.state.in_(LIVE))
        .distinct()
        .order_by(Entry.account_id)
    ).all()
    for account_id in accounts:
        desk.tell(
            account_id,
            "contest_cancelled",
            f"contest:{contest.id}",
            contest=contest.name,
            reason=reason,
        )


def archive_contest(desk: Desk, contest: Contest) -> None:
    """Close a contest for good; every event must be awarded or cancelled."""
    desk.require(Permit.CONTEST_EDIT, contest.where)
    step(CONTEST_STEPS, contest.state, "archive")
    waiting = tuple(map(_still_running, filter(_is_running, contest.events)))
    if waiting:
        raise Blocked("The contest cannot be archived yet. It stays as it is.", waiting)
    contest.move("archive")
    desk.record("archive_contest", f"contest:{contest.id}")
    _index(desk, contest)


def _is_running(event: Event) -> bool:
    return event.state not in (EventState.AWARDED, EventState.CANCELLED)


def _still_running(event: Event) -> Phrase:
    return phrase("“%(event)s” is neither awarded nor cancelled.", event=event.name)


def _check(text: ContestText) -> None:
    faults: dict[str, list[str]] = {}
    if not text.name.strip():
        faults["name"] = ["Give the contest its name."]
    if text.year not in YEARS:
        faults["year"] = ["Write the year with four digits, such as 2026."]
    if text.starts_on and text.ends_on and text.ends_on < text.starts_on:
        faults["ends_on"] = ["The contest ends before it begins."]
    if faults:
        raise Invalid("The contest was not saved.", faults)


def _slug(text: ContestText) -> str:
    stem, year = slug_of(text.name), str(text.year)
    parts = stem.split("-") if stem else ["contest"]
    return stem if year in parts else "-".join([*parts, year])


def _free_slug(desk: Desk, wanted: str) -> str:
    taken = set(
        desk.session.scalars(select(Contest.slug).where(Contest.slug.startswith(wanted))).all()
    )
    number, slug = 1, wanted
    while slug in taken:
        number += 1
        slug = f"{wanted}-{number}"
    return slug


def _index(desk: Desk, contest: Contest) -> None:
    if contest.state in (ContestState.ANNOUNCED, ContestState.ARCHIVED, ContestState.CANCELLED):
        desk.send("index", key=f"contest:{contest.slug}")
