"""Questions to the jury: asked without a name, claimed by one, answered alone or for all."""

from sqlalchemy import func, select, update

from actions.desk import Desk
from actions.messages import entrants_of, names_of
from models.contests import Event
from models.entries import Entry, carrier_of, followers_of
from models.inquiries import Inquiry
from models.people import Person
from models.teams import Team
from rules.errors import Blocked, NotPermitted
from rules.inquiries import check_answer, check_asking, check_question
from rules.lifecycle import INQUIRY_STEPS, step
from rules.permits import Permit
from rules.states import ContestState, EntryState, InquiryState
from rules.terms import StockReply

WAITING = (InquiryState.OPEN, InquiryState.CLAIMED)


def ask(desk: Desk, entry: Entry, question: str, *, form_key: str) -> Inquiry:
    """Put an entrant's question to the jury; the same form sent twice makes one.

    Raises ``NotPermitted`` for somebody else's entry, ``WrongMoment`` outside the time of
    questions, ``Blocked`` while three wait, ``Invalid`` for a text that tells who asks.
    """
    if entry.account_id != desk.actor.account_id:
        raise NotPermitted("Only the owner of an entry asks for it. Nothing was sent.")
    desk.session.refresh(entry, with_for_update={"of": Entry})
    sent = desk.session.scalars(
        select(Inquiry).filter_by(entry_id=entry.id, form_key=form_key)
    ).first()
    if sent is not None:
        return sent
    _check_asking(desk, entry)
    _refuse_cancelled(entry.event)
    row = Inquiry(
        event_id=entry.event_id,
        entry_id=entry.id,
        question=check_question(question, _own_words(desk, entry)),
        form_key=form_key,
        asked_at=desk.now,
    )
    desk.session.add(row)
    desk.session.flush()
    desk.record("ask_inquiry", f"inquiry:{row.id}")
    return row


def may_ask(desk: Desk, entry: Entry) -> None:
    """Raise what would be refused, before anything is typed."""
    _check_asking(desk, entry)
    _refuse_cancelled(entry.event)


def claim(desk: Desk, row: Inquiry) -> None:
    """Take a question to answer it; of two at once one gets it, the other a sentence.

    Claiming what one has already is no fault. Raises ``Blocked``.
    """
    desk.require(Permit.INQUIRY_ANSWER, row.event.where)
    claimed = step(INQUIRY_STEPS, InquiryState.OPEN, "claim")
    taken = desk.session.execute(
        update(Inquiry)
        .where(Inquiry.id == row.id, Inquiry.state == InquiryState.OPEN)
        .values(
            state=claimed,
            claimed_by=desk.actor.account_id,
            claimed_at=desk.now,
            version=Inquiry.version + 1,
        )
        .execution_options(synchronize_session=False)
    )
    desk.session.refresh(row)
    if getattr(taken, "rowcount", 0):
        desk.record("claim_inquiry", f"inquiry:{row.id}")
    elif row.claimed_by != desk.actor.account_id or row.state is not InquiryState.CLAIMED:
        raise Blocked(
            "Somebody else has taken this question or answered it. Nothing was changed; the list "
            "shows what still waits."
        )


def release(desk: Desk, row: Inquiry) -> None:
    """Give a claimed question back; a colleague may do it for whoever went away."""
    desk.require(Permit.INQUIRY_ANSWER, row.event.where)
    row.move("release")
    row.claimed_by = row.claimed_at = None
    desk.record("release_inquiry", f"inquiry:{row.id}")


def answer_alone(desk: Desk, row: Inquiry, answer: str) -> None:
    """Answer whoever asked, and nobody else."""
    text = check_answer(answer)
    _close(desk, row, "answer")
    row.answer = text
    _tell(desk, row, row.entry, "inquiry_answered", question=row.question, answer=text)


def publish_answer(desk: Desk, row: Inquiry, *, question: str, answer: str) -> int:
    """Answer for all: every accepted entrant is told, and the event's page shows it.

    Returns how many were told. Raises ``Invalid`` where a text names an entrant.
    """
    names = _names(desk, row.event)
    public, text = check_question(question, names, field="wording"), check_answer(answer, names)
    _close(desk, row, "publish")
    row.public_question, row.answer = public, text
    told: dict[int, Entry] = {row.entry.account_id: row.entry}
    for entry in entrants_of(desk, row.event, {EntryState.ACCEPTED}):
        for one in (entry, *followers_of(desk.session, entry)):
            told.setdefault(one.account_id, one)
    for entry in told.values():
        _tell(desk, row, entry, "inquiry_published", question=public, answer=text)
    return len(told)


def decline(desk: Desk, row: Inquiry, stock: StockReply) -> None:
    """Send a question back with one of the replies that are the same for everybody."""
    _close(desk, row, "decline")
    row.stock = stock
    _tell(desk, row, row.entry, "inquiry_declined", question=row.question, stock=stock.value)


def _close(desk: Desk, row: Inquiry, verb: str) -> None:
    desk.require(Permit.INQUIRY_ANSWER, row.event.where)
    step(INQUIRY_STEPS, row.state, verb)
    if row.claimed_by != desk.actor.account_id:
        raise Blocked(
            "Somebody else has this question in hand. Nothing was changed; take it over first if "
            "they cannot answer."
        )
    row.move(verb)
    row.closed_at = desk.now
    desk.record(f"{verb}_inquiry", f"inquiry:{row.id}")


def _tell(desk: Desk, row: Inquiry, entry: Entry, kind: str, **params: object) -> None:
    desk.tell(
        entry.account_id,
        kind,
        f"entry:{entry.id}",
        event_id=row.event_id,
        once=f"inquiry:{row.id}:{entry.account_id}",
        **names_of(row.event) | params,
    )


def _check_asking(desk: Desk, entry: Entry) -> None:
    """A member asks as soon as the team is accepted: the captain's entry stands for all."""
    stands = carrier_of(desk.session, entry).state
    check_asking(entry.event.state, stands, _waiting(desk, entry))


def _waiting(desk: Desk, entry: Entry) -> int:
    query = select(func.count()).where(Inquiry.entry_id == entry.id, Inquiry.state.in_(WAITING))
    return desk.session.scalar(query) or 0


def _refuse_cancelled(event: Event) -> None:
    if event.contest.state is ContestState.CANCELLED:
        raise Blocked("This contest is cancelled: the jury answers no more. Nothing was sent.")


def _own_words(desk: Desk, entry: Entry) -> list[str]:
    """List the words that would tell the jury who asks."""
    person = entry.person
    unit = person.organization if person else None
    found = [person.name if person else "", entry.pass_no or "", entry.receipt_no or ""]
    found += [unit.name, unit.short_name or ""] if unit else []
    if entry.team is not None:
        found += [entry.team.name, *_names(desk, entry.event, team=entry.team_id)]
    return [*found, str(entry.answers.get("employer") or "")]


def _names(desk: Desk, event: Event, *, team: int | None = None) -> list[str]:
    """List names, passes and teams of everybody accepted or in a team, or of one team alone.

    Which one asked stays unsaid.
    """
    query = (
        select(Person.name, Entry.pass_no, Team.name)
        .join(Entry, Entry.person_id == Person.id)
        .outerjoin(Team, Team.id == Entry.team_id)
        .where(
            Entry.event_id == event.id,
            Entry.state.in_((EntryState.ACCEPTED, EntryState.JOINED)),
        )
    )
    if team is not None:
        query = query.where(Entry.team_id == team)
    rows = desk.session.execute(query)
    return [word for row in rows for word in row if word]
