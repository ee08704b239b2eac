"""``flask work``: carries the outbox out."""

import time

import click
from flask import Flask

from web import exports, notes, papers, posting, timers  # noqa: F401  # bring their carriers along
from web.outbox import run_batch

PAUSE = 0.5


def register(app: Flask) -> None:
    """Attach the command."""
    app.cli.add_command(work)


@click.command("work")
@click.option("--once", is_flag=True, help="Stop when the outbox is empty.")
def work(*, once: bool) -> None:
    """Carry errands out until stopped."""
    from flask import current_app  # noqa: PLC0415  # the CLI pushes the context when it runs

    while True:
        with current_app.app_context():
            done = run_batch()
        if not done:
            if once:
                return
            time.sleep(PAUSE)
