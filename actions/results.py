"""Results: locked by the chief, decoded by two people, computed, posted, finalised."""

import datetime as dt
from dataclasses import dataclass

from actions.computing import compute_result
from actions.desk import Desk
from actions.draws import draw_of, open_envelope
from actions.leaks import leaks_of
from actions.ledgers import Writing, append, locked, root_of, verify_sheet
from actions.messages import entrants_of, tell_entrant
from actions.sheets import disputes_of, gaps_of, recusal_faults, waits_of
from models.contests import Event
from models.judging import sheets_of
from models.results import ResultSheet, current_result
from rules.errors import Blocked, Invalid, NotPermitted, Refusal, WrongMoment
from rules.ledger import spell
from rules.lifecycle import EVENT_STEPS, step
from rules.permits import Actor, Permit, may
from rules.phrases import Phrase, phrase
from rules.states import EntryState, SheetState
from rules.terms import LedgerKind


@dataclass(frozen=True)
class Ceremony:
    """What the keepers bring to the decoding: their slips, and the witness in person.

    ``layer_slips`` are those of the inner layers, the last layer first.
    """

    officer_slip: str
    witness_slip: str
    witness: Actor
    layer_slips: tuple[str, ...] = ()


def lock_reasons(desk: Desk, event: Event) -> tuple[Phrase, ...]:
    """List what still stands against locking; empty when nothing does."""
    reasons = []
    for number, sheet in sheets_of(desk.session, event.id):
        if sheet.state is not SheetState.SIGNED:
            gaps = len(gaps_of(desk, sheet))
            reasons.append(
                phrase(
                    "Seat %(seat)s has not signed; %(gaps)s cells are empty.",
                    seat=number,
                    gaps=gaps,
                )
            )
    apart = disputes_of(desk.session, event.id)
    if apart:
        reasons.append(
            phrase("%(count)s cells lie too far apart between judges.", count=len(apart))
        )
    return (*reasons, *waits_of(desk.session, event), *_breaks(desk, event))


def _breaks(desk: Desk, event: Event) -> tuple[Phrase, ...]:
    """Recompute every chain of the event; empty when all of them hold."""
    found = (verify_sheet(desk.session, sheet) for _, sheet in sheets_of(desk.session, event.id))
    broken = tuple(one.reason for one in found if one is not None)
    return (*broken, *recusal_faults(desk.session, event))


def lock_results(desk: Desk, event: Event) -> str:
    """Freeze the marks of an event; returns the root that goes to paper before any name is known.

    Raises ``NotPermitted`` unless the actor is its chief judge, ``Blocked``
    with the whole list while anything is missing.
    """
    desk.require(Permit.RESULT_LOCK, event.where)
    step(EVENT_STEPS, event.state, "lock")
    reasons = lock_reasons(desk, event)
    if reasons:
        raise Blocked("The marks cannot be locked yet. Nothing was changed.", reasons)
    for _, sheet in sheets_of(desk.session, event.id):
        locked(desk, sheet).move("lock")
    event.move("lock")
    root = root_of(desk.session, event.id)
    event.locked_root = root
    desk.record("lock_results", f"event:{event.id}", root=root)
    return spell(root)


def unlock_results(desk: Desk, event: Event, *, reason: str) -> None:
    """Open the marks again before decoding, with a reason on record."""
    desk.require(Permit.RESULT_LOCK, event.where)
    if not reason.strip():
        sentence = "Say why the marks are opened again."
        raise Invalid(sentence, {"reason": [sentence]})
    event.move("unlock")
    event.locked_root = None
    for number, sheet in sheets_of(desk.session, event.id):
        locked(desk, sheet).move("unlock")
        key = f"unlock-{event.id}-{number}-{sheet.seq}"
        append(desk, sheet, Writing(LedgerKind.RELEASE, key, reason=reason.strip()))
        sheet.signed_hash = sheet.head_hash
    desk.record("unlock_results", f"event:{event.id}", reason=reason.strip())


def decode_event(desk: Desk, event: Event, ceremony: Ceremony) -> ResultSheet:
    """Open the envelope before two people and compute the result.

    Raises ``WrongMoment`` before the lock, ``NotPermitted`` unless officer
    and supervisor are two people with these roles here, ``Invalid`` for
    wrong slips, ``Blocked`` when the ledger is no longer what was locked.
    """
    desk.require(Permit.RESULT_DECODE, event.where)
    _check_witness(desk, event, ceremony.witness)
    step(EVENT_STEPS, event.state, "decode")
    draw = draw_of(desk, event)
    if draw is None:
        raise WrongMoment("This event was never drawn.")
    _check_ledger(desk, event)
    by_code = open_envelope(
        desk,
        draw,
        officer_slip=ceremony.officer_slip,
        witness_slip=ceremony.witness_slip,
        layer_slips=ceremony.layer_slips,
    )
    event.move("decode")
    sheet = compute_result(desk, event, by_code)
    desk.record(
        "decode_event",
        f"event:{event.id}",
        witness=ceremony.witness.account_id,
        fingerprint=sheet.fingerprint,
    )
    return sheet


def refuse_decoding(desk: Desk, event: Event, refusal: Refusal) -> None:
    """Put a refused decoding on record: the caller has undone the rest and commits this line."""
    desk.record("decode_refused", f"event:{event.id}", reason=refusal.message)


def post_results(desk: Desk, event: Event) -> None:
    """Make the result public, open to appeal for the event's hours."""
    desk.require(Permit.RESULT_PUBLISH, event.where)
    step(EVENT_STEPS, event.state, "post")
    sheet = result_of(desk, event)
    if sheet.blocked:
        raise Blocked("The result cannot be posted yet. Nothing was published.", blocked_by(sheet))
    leaks = leaks_of(desk, event, sheet)
    if leaks:
        raise Blocked("The result holds personal numbers. Nothing was published.", leaks)
    event.move("post")
    event.posted_at = desk.now
    event.appeals_close_at = desk.now + dt.timedelta(hours=event.appeal_hours)
    for entry in entrants_of(desk, event, {EntryState.ACCEPTED}):
        tell_entrant(
            desk,
            entry,
            "results_posted",
            until=event.appeals_close_at.isoformat(),
            slug=event.contest.slug,
            event_slug=event.slug,
        )
    desk.record("post_results", f"event:{event.id}", fingerprint=sheet.fingerprint)
    desk.send("index", key=f"contest:{event.contest.slug}")


def blocked_by(sheet: ResultSheet) -> tuple[Phrase, ...]:
    """Say what stands against publication of a computed version; empty when nothing does."""
    return tuple(phrase(one["message"], **one["params"]) for one in sheet.blocked)


def withdraw_results(desk: Desk, event: Event, *, reason: str) -> None:
    """Take posted results back, with a reason on record."""
    desk.require(Permit.RESULT_PUBLISH, event.where)
    if not reason.strip():
        sentence = "Say why the results are taken back."
        raise Invalid(sentence, {"reason": [sentence]})
    event.move("withdraw")
    event.posted_at = event.appeals_close_at = None
    desk.record("withdraw_results", f"event:{event.id}", reason=reason.strip())
    desk.send("index", key=f"contest:{event.contest.slug}")


def finalise_results(desk: Desk, event: Event) -> None:
    """Make posted results final once the hours for appeals are over."""
    desk.require(Permit.RESULT_PUBLISH, event.where)
    step(EVENT_STEPS, event.state, "finalise")
    if event.appeals_close_at is None or desk.now < event.appeals_close_at:
        raise WrongMoment("The hours for appeals are still running.")
    event.move("finalise")
    desk.record("finalise_results", f"event:{event.id}")


def _check_ledger(desk: Desk, event: Event) -> None:
    reasons = _breaks(desk, event)
    if reasons or root_of(desk.session, event.id) != event.locked_root:
        raise Blocked(
            "The marks are no longer those that were locked. Nothing was opened.", reasons
        )


def _check_witness(desk: Desk, event: Event, witness: Actor) -> None:
    if witness.account_id is None or witness.account_id == desk.actor.account_id:
        raise NotPermitted("Officer and supervisor are two people. Nothing was opened.")
    if not may(witness, Permit.RESULT_WITNESS, event.where):
        raise NotPermitted("The second person is not a supervisor of this event.")


def result_of(desk: Desk, event: Event) -> ResultSheet:
    """Read the newest result of an event, or say that there is none."""
    sheet = current_result(desk.session, event.id)
    if sheet is None:
        raise WrongMoment("This event has no result yet.")
    return sheet
