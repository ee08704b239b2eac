"""The commands: each does its deed through the same actions as the pages."""

from flask import Flask

from web.commands import contest, demo, ledger, outbox, search, seed


def register(app: Flask) -> None:
    """Attach every command."""
    for module in (contest, demo, ledger, outbox, search, seed):
        module.register(app)
