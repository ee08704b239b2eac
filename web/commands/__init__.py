"""The commands: each does its deed through the same actions as the pages."""

from flask import Flask

from web.commands import (
    accounts,
    contest,
    demo,
    draw,
    entries,
    ledger,
    outbox,
    registers,
    search,
    seed,
)

MODULES = (accounts, contest, demo, draw, entries, ledger, outbox, registers, search, seed)


def register(app: Flask) -> None:
    """Attach every command."""
    for module in MODULES:
        module.register(app)
