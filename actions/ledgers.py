"""The mark ledger: rows appended under the sheet's lock, each chained to the one before."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from actions.desk import Desk
from models.contests import Event
from models.scores import LedgerRow, ScoreSheet
from rules.ledger import Break, Row, merkle_root, row_hash, verify
from rules.phrases import Phrase, phrase
from rules.terms import LedgerKind


@dataclass(frozen=True)
class Writing:
    """One row to be written; ``client_key`` makes a repeated call harmless."""

    kind: LedgerKind
    client_key: str
    work_code: str = ""
    aspect_code: str = ""
    value: str | None = None
    reason: str = ""


def locked(desk: Desk, sheet: ScoreSheet) -> ScoreSheet:
    """Take the sheet's row lock and read its head anew: appends go one after another."""
    desk.session.refresh(sheet, with_for_update=True)
    return sheet


def written(desk: Desk, client_key: str) -> LedgerRow | None:
    """Return the row an earlier call with this key has written."""
    return desk.session.scalars(select(LedgerRow).filter_by(client_key=client_key)).first()


def append(desk: Desk, sheet: ScoreSheet, writing: Writing) -> LedgerRow:
    """Append one row and move the head; the caller holds the lock and has checked the deed."""
    seq = sheet.seq + 1
    row = LedgerRow(
        sheet_id=sheet.id,
        seq=seq,
        kind=writing.kind,
        work_code=writing.work_code,
        aspect_code=writing.aspect_code,
        value=writing.value,
        reason=writing.reason,
        client_key=writing.client_key,
        at=desk.now,
        account_id=desk.actor.account_id or 0,
        prev_hash=sheet.head_hash,
        hash="",
    )
    row.hash = row_hash(name_of(sheet.id), seq, payload_of(row), row.prev_hash)
    desk.session.add(row)
    sheet.seq, sheet.head_hash = seq, row.hash
    desk.session.flush()
    return row


def name_of(sheet_id: int) -> str:
    """Return the name a sheet has in its hashes."""
    return f"sheet:{sheet_id}"


def payload_of(row: LedgerRow) -> Mapping[str, object]:
    """Return what of a row is hashed."""
    return {
        "kind": row.kind.value,
        "work": row.work_code,
        "aspect": row.aspect_code,
        "value": row.value,
        "reason": row.reason,
        "account": row.account_id,
        "at": row.at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }


def verify_sheet(session: Session, sheet: ScoreSheet) -> Break | None:
    """Recompute the chain of a sheet against its head; None when it holds."""
    rows: Iterable[LedgerRow] = session.scalars(
        select(LedgerRow).where(LedgerRow.sheet_id == sheet.id).order_by(LedgerRow.seq)
    )
    chain = (
        Row(name_of(row.sheet_id), row.seq, payload_of(row), row.prev_hash, row.hash)
        for row in rows
    )
    return verify(chain, sheet.head_hash)


def verify_event(session: Session, event: Event) -> list[Phrase]:
    """List what does not hold in an event's ledger: chains, signatures and the locked root."""
    faults = []
    sheets = session.scalars(
        select(ScoreSheet).where(ScoreSheet.event_id == event.id).order_by(ScoreSheet.id)
    ).all()
    for sheet in sheets:
        broken = verify_sheet(session, sheet)
        if broken is not None:
            faults.append(broken.reason)
        elif sheet.signed_hash not in (None, sheet.head_hash):
            faults.append(phrase("Seat %(seat)s signed another row.", seat=sheet.seat.number))
    if event.locked_root not in (None, root_of(session, event.id)):
        faults.append(phrase("The marks are no longer those that were locked."))
    return faults


def root_of(session: Session, event_id: int) -> str:
    """Return the Merkle root over the heads of an event's sheets, in the order of their ids."""
    heads = session.scalars(
        select(ScoreSheet.head_hash).where(ScoreSheet.event_id == event_id).order_by(ScoreSheet.id)
    ).all()
    return merkle_root(heads)
