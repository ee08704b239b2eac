"""Stepping aside from a work: it blocks the judge at once, and the panel waits for a substitute."""

from sqlalchemy import func, select

from actions.conflicts import check_conflict
from actions.desk import Desk
from actions.ledgers import Writing, append, locked
from actions.panels import tell_chief
from actions.roles import grant_role
from models.accounts import Account
from models.contests import Event
from models.judging import cells_of, duties_of, has_work
from models.panels import PanelSeat, WorkRecusal
from models.scores import ScoreSheet
from rules.errors import Blocked, Invalid, NotPermitted, WrongMoment
from rules.permits import Permit, Role, Scope
from rules.states import EventState, SheetState
from rules.terms import LedgerKind

MARKED = frozenset({EventState.DRAWN, EventState.SCORING})


def step_aside(
    desk: Desk, event: Event, seat: PanelSeat, work_code: str, *, reason: str
) -> WorkRecusal:
    """Step aside from one work, recognised by its maker: told by the judge alone.

    Marks entered for it are cleared in the ledger, a signed sheet is open again, and from
    now on neither grid nor statistics nor result take anything from this seat for this work.
    """
    if desk.actor.account_id != seat.account_id:
        raise NotPermitted("A conflict is declared by the judge alone.")
    if event.state not in MARKED:
        raise WrongMoment("The works are not being marked now. Tell the chief judge.")
    words = reason.strip()
    if not words:
        sentence = "Say in a few words what the conflict is."
        raise Invalid(sentence, {"reason": [sentence]})
    if not has_work(desk.session, event.id, work_code):
        sentence = "There is no work with this code."
        raise Invalid(sentence, {"code": [sentence]})
    desk.session.refresh(seat, with_for_update=True)  # a double tap is one declaration
    known = desk.session.scalars(
        select(WorkRecusal).filter_by(
            event_id=event.id, account_id=seat.account_id, work_code=work_code
        )
    ).first()
    if known is not None:
        return known
    led = duties_of(desk.session, event.id).group_seat(work_code) == seat.number
    _clear(desk, seat, work_code, words)
    row = WorkRecusal(
        event_id=event.id,
        account_id=seat.account_id,
        work_code=work_code,
        reason=words,
        declared_at=desk.now,
    )
    desk.session.add(row)
    desk.session.flush()
    if led:
        _pass_on(desk, event, work_code)
    desk.record("step_aside", f"event:{event.id}", seat=seat.number, work=work_code)
    tell_chief(desk, event)
    return row


def call_substitute(desk: Desk, event: Event, recusal: WorkRecusal, account: Account) -> PanelSeat:
    """Call a judge for one work somebody stepped aside from; conflicts are looked for again."""
    desk.require(Permit.PANEL_ASSIGN, event.where)
    if event.state is not EventState.SCORING:
        raise WrongMoment("A substitute is called while the works are marked.")
    desk.session.refresh(recusal, with_for_update=True)
    if recusal.substitute_id is not None:
        raise WrongMoment("A substitute for this work is named already.")
    check_conflict(desk, event, account)
    seat = desk.session.scalars(
        select(PanelSeat).filter_by(event_id=event.id, account_id=account.id)
    ).first()
    if seat is not None:
        duties = duties_of(desk.session, event.id)
        taken = seat.number in duties.seats(recusal.work_code)
        if taken or not seat.is_substitute or duties.is_aside(seat.number, recusal.work_code):
            raise Blocked("This judge marks this work already, or has stepped aside from it.")
    else:
        seat = _seat(desk, event, account)
    recusal.substitute_id = seat.id
    desk.session.flush()
    _reopen(desk, seat, "substitute")
    desk.record("call_substitute", f"event:{event.id}", seat=seat.number, work=recusal.work_code)
    return seat


def _pass_on(desk: Desk, event: Event, work_code: str) -> None:
    """Open the sheet of the seat that now enters the group's marks for a work."""
    number = duties_of(desk.session, event.id).group_seat(work_code)
    seat = desk.session.scalars(
        select(PanelSeat).filter_by(event_id=event.id, number=number)
    ).first()
    if seat is not None:
        _reopen(desk, seat, f"leads-{work_code}")


def _seat(desk: Desk, event: Event, account: Account) -> PanelSeat:
    grant_role(desk, account_id=account.id, role=Role.JUDGE, scope=Scope.EVENT, scope_id=event.id)
    last = desk.session.scalar(
        select(func.max(PanelSeat.number)).where(PanelSeat.event_id == event.id)
    )
    seat = PanelSeat(
        event_id=event.id,
        account_id=account.id,
        number=(last or 0) + 1,
        assigned_at=desk.now,
        is_substitute=True,
    )
    desk.session.add(seat)
    desk.session.flush()
    scheme_id = desk.session.scalars(
        select(ScoreSheet.scheme_id).where(ScoreSheet.event_id == event.id).limit(1)
    ).one()
    desk.session.add(ScoreSheet(event_id=event.id, seat_id=seat.id, scheme_id=scheme_id))
    desk.session.flush()
    return seat


def _clear(desk: Desk, seat: PanelSeat, work_code: str, reason: str) -> None:
    """Take back what the seat has entered for a work, row by row, in the chain."""
    sheet = _reopen(desk, seat, f"aside-{work_code}")
    if sheet is None:
        return
    for (code, aspect), cell in cells_of(desk.session, [sheet.id])[sheet.id].items():
        if code == work_code and cell.value is not None:
            key = f"aside-{sheet.id}-{work_code}-{aspect}"[:40]
            append(desk, sheet, Writing(LedgerKind.CLEARED, key, code, aspect, None, reason))


def _reopen(desk: Desk, seat: PanelSeat, cause: str) -> ScoreSheet | None:
    """Lock a seat's sheet; a signature on it no longer covers what is to be marked."""
    sheet = desk.session.scalars(select(ScoreSheet).filter_by(seat_id=seat.id)).first()
    if sheet is None:
        return None
    locked(desk, sheet)
    if sheet.state is SheetState.SIGNED:
        sheet.move("release")
        sheet.signed_at = sheet.signed_hash = None
        key = f"{cause}-{sheet.id}-{sheet.seq}"
        append(desk, sheet, Writing(LedgerKind.RELEASE, key, reason=cause))
    return sheet
