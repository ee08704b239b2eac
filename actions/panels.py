"""Panels: judges take seats, declare their conflicts, pledge, and marking begins."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from actions.conflicts import check_conflict, demand_of, pool_of
from actions.desk import Desk
from actions.event_plans import rules_of
from actions.messages import names_of
from actions.roles import grant_role
from models.accounts import Account
from models.contests import Event
from models.panels import PanelSeat, Recusal
from models.people import Person
from models.roles import RoleGrant
from models.schemes import current_scheme
from models.scores import ScoreSheet
from rules.errors import Blocked, Invalid, NotPermitted, WrongMoment
from rules.lifecycle import EVENT_STEPS, step
from rules.panel_proposals import Panel, propose
from rules.permits import Permit, Role, Scope
from rules.states import EventState

ASSIGNABLE = frozenset({EventState.OPEN, EventState.CLOSED, EventState.LISTED, EventState.DRAWN})


def assign_judge(desk: Desk, event: Event, account: Account, *, number: int) -> PanelSeat:
    """Seat a judge; a conflict or an excluding role is refused in words."""
    desk.require(Permit.PANEL_ASSIGN, event.where)
    _check_open(event)
    check_conflict(desk, event, account)
    if _taken(desk, event, account, number):
        raise Invalid("This judge or this seat is already on the panel.")
    grant_role(desk, account_id=account.id, role=Role.JUDGE, scope=Scope.EVENT, scope_id=event.id)
    seat = PanelSeat(event_id=event.id, account_id=account.id, number=number, assigned_at=desk.now)
    desk.session.add(seat)
    desk.session.flush()
    desk.record("assign_judge", f"event:{event.id}", account=account.id, seat=number)
    desk.tell(
        account.id,
        "panel_seated",
        f"event:{event.id}",
        event_id=event.id,
        held_on=event.held_on.isoformat(),
        **names_of(event),
    )
    return seat


def remove_judge(desk: Desk, event: Event, seat: PanelSeat) -> None:
    """Take a judge off the panel before marking begins."""
    desk.require(Permit.PANEL_ASSIGN, event.where)
    _check_open(event)
    _drop_role(desk, event, seat.account_id, Role.JUDGE)
    desk.session.delete(seat)
    desk.record("remove_judge", f"event:{event.id}", account=seat.account_id)


def assign_chief(desk: Desk, event: Event, account: Account) -> None:
    """Name the chief judge of an event; one at a time, and free of conflicts too."""
    desk.require(Permit.PANEL_ASSIGN, event.where)
    _check_open(event)
    check_conflict(desk, event, account)
    for row in chiefs_of(desk, event):
        if row.account_id != account.id:
            desk.session.delete(row)
    grant_role(
        desk, account_id=account.id, role=Role.CHIEF_JUDGE, scope=Scope.EVENT, scope_id=event.id
    )
    desk.record("assign_chief", f"event:{event.id}", account=account.id)


def propose_panels(
    desk: Desk, events: Sequence[Event]
) -> tuple[dict[int, Panel], dict[int, Account]]:
    """Propose panels for events of one contest; returns them by event, and the pool by account.

    Nothing is written: :func:`accept_panel` seats what was shown.
    """
    for event in events:
        desk.require(Permit.PANEL_ASSIGN, event.where)
        _check_open(event)
    if not events:
        return {}, {}
    judges, accounts = pool_of(desk, events)
    demands = [
        demand_of(desk, event, (seat.account_id for seat in seats_of(desk, event)))
        for event in events
    ]
    return {panel.demand.key: panel for panel in propose(demands, judges)}, accounts


def accept_panel(desk: Desk, event: Event, accounts: Sequence[Account]) -> None:
    """Seat exactly these judges: who sits already stays, the others leave, the rest is filled.

    Every seat goes through :func:`assign_judge`, which refuses conflicts that came up since.
    """
    desk.require(Permit.PANEL_ASSIGN, event.where)
    _check_open(event)
    wanted = {account.id: account for account in accounts}
    most = rules_of(event).judges_per_aspect
    if not wanted or len(wanted) > most:
        raise Invalid("A panel of this event has 1 to %(most)s judges.", most=most)
    for seat in seats_of(desk, event):
        if seat.account_id not in wanted or seat.number > most:
            remove_judge(desk, event, seat)
        else:
            del wanted[seat.account_id]
    desk.session.flush()
    taken = {seat.number for seat in seats_of(desk, event)}
    free = (number for number in range(1, most + 1) if number not in taken)
    for number, account in zip(free, wanted.values(), strict=False):
        assign_judge(desk, event, account, number=number)
    desk.record("accept_panel", f"event:{event.id}", judges=len(accounts))


def chiefs_of(desk: Desk, event: Event) -> list[RoleGrant]:
    """Read who is chief judge of an event."""
    return list(
        desk.session.scalars(
            select(RoleGrant).filter_by(role=Role.CHIEF_JUDGE, scope=Scope.EVENT, scope_id=event.id)
        )
    )


def seats_of(desk: Desk, event: Event) -> list[PanelSeat]:
    """Read the panel in the order of its seats, each with its judge and the judge's unit."""
    people = joinedload(PanelSeat.account).joinedload(Account.person)
    return list(
        desk.session.scalars(
            select(PanelSeat)
            .filter_by(event_id=event.id)
            .order_by(PanelSeat.number)
            .options(people.joinedload(Person.organization))
        )
    )


def sign_pledge(desk: Desk, seat: PanelSeat) -> None:
    """Sign the pledge and declare to have no conflict, before the first work is shown."""
    if desk.actor.account_id != seat.account_id:
        raise NotPermitted("A pledge is signed by the judge alone.")
    if seat.pledged_at is None:
        seat.pledged_at = desk.now
        desk.record("sign_pledge", f"event:{seat.event_id}", seat=seat.number)


def declare_recusal(desk: Desk, event: Event, seat: PanelSeat, *, reason: str) -> None:
    """Step down because of a conflict; the chief and the organizer see it at once."""
    if desk.actor.account_id != seat.account_id:
        raise NotPermitted("A conflict is declared by the judge alone.")
    if not reason.strip():
        sentence = "Say in a few words what the conflict is."
        raise Invalid(sentence, {"reason": [sentence]})
    if event.state not in ASSIGNABLE:
        raise WrongMoment("Marking has begun: tell the chief judge about the conflict.")
    desk.session.add(
        Recusal(
            event_id=event.id,
            account_id=seat.account_id,
            reason=reason.strip(),
            declared_at=desk.now,
        )
    )
    _drop_role(desk, event, seat.account_id, Role.JUDGE)
    desk.session.delete(seat)
    desk.record("declare_recusal", f"event:{event.id}", account=seat.account_id)
    tell_chief(desk, event)


def tell_chief(desk: Desk, event: Event) -> None:
    """Tell the chief judge at once that somebody has declared a conflict, but not with whom."""
    for row in chiefs_of(desk, event):
        thing = f"event:{event.id}"
        desk.tell(row.account_id, "judge_aside", thing, event_id=event.id, **names_of(event))


def start_marking(desk: Desk, event: Event) -> list[ScoreSheet]:
    """Open one sheet a seat; the panel must be complete and led by a chief.

    Conflicts are looked for again: a colleague may have entered after a judge was seated.
    """
    desk.require(Permit.PANEL_ASSIGN, event.where)
    step(EVENT_STEPS, event.state, "start")
    scheme = current_scheme(desk.session, event.id)
    seats = seats_of(desk, event)
    wanted = rules_of(event).judges_per_aspect
    if scheme is None:
        raise Blocked("There is no marking scheme for this event.")
    if [seat.number for seat in seats] != list(range(1, wanted + 1)):
        raise Blocked(
            "The rules ask for %(wanted)s judges in seats 1 to %(wanted)s.", wanted=wanted
        )
    chiefs = chiefs_of(desk, event)
    if not chiefs:
        raise Blocked("The panel has no chief judge yet.")
    for account in (*(seat.account for seat in seats), *(row.account for row in chiefs)):
        check_conflict(desk, event, account)
    sheets = [ScoreSheet(event_id=event.id, seat_id=seat.id, scheme_id=scheme.id) for seat in seats]
    desk.session.add_all(sheets)
    event.move("start")
    desk.session.flush()
    desk.record("start_marking", f"event:{event.id}", sheets=len(sheets))
    return sheets


def _check_open(event: Event) -> None:
    if event.state not in ASSIGNABLE:
        raise WrongMoment("The panel is settled before marking begins.")


def _taken(desk: Desk, event: Event, account: Account, number: int) -> bool:
    return (
        desk.session.scalars(
            select(PanelSeat.id).where(
                PanelSeat.event_id == event.id,
                (PanelSeat.account_id == account.id) | (PanelSeat.number == number),
            )
        ).first()
        is not None
    )


def _drop_role(desk: Desk, event: Event, account_id: int, role: Role) -> None:
    row = desk.session.scalars(
        select(RoleGrant).filter_by(
            account_id=account_id, role=role, scope=Scope.EVENT, scope_id=event.id
        )
    ).first()
    if row is not None:
        desk.session.delete(row)
