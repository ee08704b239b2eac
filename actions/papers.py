"""Papers ordered in batches: set volume by volume by the worker, each in its own transaction."""

import datetime as dt

from sqlalchemy import select

from actions.desk import Desk
from actions.paper_items import items_of, keys_of, tickets
from adapters.documents import missing_glyphs
from adapters.papers import papers_pdf
from models.contests import Event
from models.entries import Entry
from models.papers import PrintBatch
from rules.errors import NotPermitted, Refusal, WrongMoment
from rules.permits import Permit
from rules.states import EntryState, PrintState
from rules.terms import PaperKind

VOLUME = 100
"""Papers in one file: a volume is set within a second, and a printer takes it at once."""
PATIENCE = dt.timedelta(minutes=2)
MOST_NAMES = 20


def order_papers(desk: Desk, event: Event, kind: PaperKind, *, sample: bool) -> PrintBatch:
    """Order the papers of one kind; an earlier order is replaced once the first volume is set."""
    desk.require(Permit.SITTING_PLAN, event.where)
    keys = keys_of(desk, event, kind)
    batch = batch_of(desk, event, kind)
    if batch is None:
        batch = PrintBatch(event=event, kind=kind)
        desk.session.add(batch)
    else:
        batch.move("again")
        batch.run += 1
    batch.keys, batch.total, batch.done, batch.trouble = keys, len(keys), 0, ""
    batch.ordered_at, batch.ordered_by, batch.finished_at = desk.now, desk.actor.account_id, None
    desk.session.flush()
    desk.send("papers", batch=batch.id, run=batch.run, sample=sample)
    desk.record("order_papers", f"event:{event.id}", kind=kind.value, count=len(keys))
    return batch


def set_volume(desk: Desk, key: int, *, run: int, sample: bool) -> None:
    """Set the next volume of a batch and send for the one after it.

    An errand of an earlier order does nothing. A refusal of the typesetter ends the batch and
    is kept in it.
    """
    batch = desk.session.get(PrintBatch, key)
    if batch is None or batch.run != run or batch.state is not PrintState.SETTING:
        return
    keys = batch.keys[batch.done : batch.done + VOLUME]
    items = items_of(desk, batch.kind, batch.event, keys)
    try:
        made = papers_pdf(batch.kind, items, folder=desk.shelf.folder, sample=sample)
    except Refusal as refusal:
        batch.trouble = str(refusal)[:400]
        batch.move("give_up")
        return
    if batch.done == 0:
        _drop_older(desk, batch)
    desk.shelf.put(volume_name(batch, batch.done // VOLUME + 1), made)
    batch.done += len(keys)
    batch.trouble = _with_holes(batch.trouble, items)
    if batch.done < batch.total:
        desk.send("papers", batch=batch.id, run=run, sample=sample)
        return
    batch.move("finish")
    batch.finished_at = desk.now


def batch_of(desk: Desk, event: Event, kind: PaperKind) -> PrintBatch | None:
    """Read the batch of one kind."""
    return desk.session.scalars(
        select(PrintBatch).filter_by(event_id=event.id, kind=kind).with_for_update()
    ).first()


def batches_of(desk: Desk, event: Event) -> dict[PaperKind, PrintBatch]:
    """Read the batches of an event by kind."""
    desk.require(Permit.SITTING_PLAN, event.where)
    rows = desk.session.scalars(select(PrintBatch).filter_by(event_id=event.id))
    return {row.kind: row for row in rows}


def volumes_of(batch: PrintBatch) -> list[tuple[int, int, int]]:
    """List (number, first paper, last paper) of every volume that is set."""
    return [
        (at // VOLUME + 1, at + 1, min(at + VOLUME, batch.done))
        for at in range(0, batch.done, VOLUME)
    ]


def volume_name(batch: PrintBatch, number: int) -> str:
    """Return where a volume lies on the shelf: nothing of it comes from a person's hand."""
    return f"papers/{batch.id}-{batch.run}-{number}.pdf"


def is_stuck(batch: PrintBatch, now: dt.datetime) -> bool:
    """Whether an order waits longer than a worker needs to begin."""
    return batch.state is PrintState.SETTING and now - batch.ordered_at > PATIENCE


def ticket_pdf(desk: Desk, entry: Entry, *, sample: bool) -> bytes:
    """Set the ticket of one accepted entry for its owner or for the office."""
    if desk.actor.account_id != entry.account_id:
        desk.require(Permit.SITTING_PLAN, entry.event.where)
    if desk.actor.account_id is None:
        raise NotPermitted("Sign in to print your ticket.")
    if entry.state is not EntryState.ACCEPTED:
        raise WrongMoment("There is a ticket once the entry is accepted.")
    items = tickets(desk, entry.event, [entry.id])
    made = [items[entry.id]]
    return papers_pdf(PaperKind.TICKET, made, folder=desk.shelf.folder, sample=sample)


def _drop_older(desk: Desk, batch: PrintBatch) -> None:
    for path in (desk.shelf.folder / "papers").glob(f"{batch.id}-*.pdf"):
        if not path.name.startswith(f"{batch.id}-{batch.run}-"):
            path.unlink(missing_ok=True)


def _with_holes(before: str, items: list[dict[str, object]]) -> str:
    """Add the names whose characters the font does not have: they are written in by hand."""
    names = [str(item["name"]) for item in items if "name" in item]
    found = [*filter(None, before.split("、")), *(name for name in names if missing_glyphs(name))]
    return "、".join(found[:MOST_NAMES])[:400]
