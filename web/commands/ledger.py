"""``flask ledger verify``: recomputes every chain of marks; it reads and changes nothing."""

import click
from flask import Flask
from flask.cli import AppGroup
from flask_babel import gettext
from sqlalchemy import select

from actions.ledgers import root_of, verify_event
from models.contests import Event
from models.scores import ScoreSheet
from rules.ledger import spell
from web.db import db
from web.errors import say

group = AppGroup("ledger", help="Check the ledgers of marks.")


def register(app: Flask) -> None:
    """Attach the group."""
    app.cli.add_command(group)


@group.command("verify")
@click.option("--event", "event_id", type=int, help="Only the event of this number.")
def verify(event_id: int | None) -> None:
    """Recompute chains, signatures and locked roots; exit 1 where something does not hold."""
    session = db.session()
    marked = select(ScoreSheet.event_id).distinct()
    query = select(Event).where(Event.id.in_(marked)).order_by(Event.id)
    events = session.scalars(query if event_id is None else query.filter_by(id=event_id)).all()
    if event_id is not None and not events:
        raise click.ClickException(gettext("Event %(number)s has no marks.", number=event_id))
    broken = sum(_report(event) for event in events)
    if broken:
        raise SystemExit(1)
    click.echo(gettext("%(count)s ledgers hold.", count=len(events)))


def _report(event: Event) -> bool:
    """Write one event's root, or its faults; returns whether there are any."""
    faults = verify_event(db.session(), event)
    click.echo(f"{event.id} {event.name}: {spell(root_of(db.session(), event.id))}")
    for fault in faults:
        click.echo(f"  {say(fault)}")
    return bool(faults)
