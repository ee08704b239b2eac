"""``flask admin create``: the first two keepers of a new installation."""

import secrets

import click
from flask import Flask
from flask.cli import AppGroup
from sqlalchemy import select

from actions.accounts import create_staff_account
from actions.desk import Desk
from actions.roles import grant_role
from models.roles import RoleGrant
from rules.permits import SYSTEM, Role
from web.db import db
from web.login import desk

KEEPERS = ((Role.SYSADMIN, "sysadmin", "系统管理员"), (Role.SECADMIN, "secadmin", "安全管理员"))
PASSWORD_BYTES = 15
group = AppGroup("admin", help="Set up a new installation.")


def register(app: Flask) -> None:
    """Attach the group."""
    app.cli.add_command(group)


@group.command("create")
def create() -> None:
    """Create the two accounts that open all others, and print their passwords once."""
    at = desk(SYSTEM)
    roles = [role for role, _, _ in KEEPERS]
    if at.session.scalars(select(RoleGrant.id).where(RoleGrant.role.in_(roles))).first():
        click.echo("There are keepers already; they open further accounts. Nothing was changed.")
        raise SystemExit(1)
    passwords = [(handle, _open(at, role, handle, name)) for role, handle, name in KEEPERS]
    db.session.commit()
    for handle, password in passwords:
        click.echo(f"{handle}  {password}")
    click.echo("These passwords are shown only now. Give each to a different person.")


def _open(at: Desk, role: Role, handle: str, name: str) -> str:
    password = secrets.token_urlsafe(PASSWORD_BYTES)
    account = create_staff_account(at, name=name, handle=handle, password=password)
    at.session.flush()
    grant_role(at, account_id=account.id, role=role)
    return password
