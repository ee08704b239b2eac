"""The first keepers: two people, two passwords, created once."""

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from actions.accounts import find_account, sign_in
from actions.desk import Desk
from models.roles import RoleGrant
from rules.permits import Role


def test_the_first_keepers_can_sign_in_with_what_was_printed(
    app: Flask, session: Session, desk: Desk
) -> None:
    result = app.test_cli_runner().invoke(args=["admin", "create"])

    assert result.exit_code == 0, result.output
    lines = [line.split() for line in result.output.splitlines()[:2]]
    assert [handle for handle, _ in lines] == ["sysadmin", "secadmin"]
    for handle, password in lines:
        assert sign_in(desk, handle=handle, password=password, address="10.0.0.1")
    held = session.execute(select(RoleGrant.account_id, RoleGrant.role)).all()
    assert {role for _, role in held} == {Role.SYSADMIN, Role.SECADMIN}
    assert len({account for account, _ in held}) == 2


def test_a_second_time_changes_nothing(app: Flask, session: Session, desk: Desk) -> None:
    runner = app.test_cli_runner()
    runner.invoke(args=["admin", "create"])
    first = find_account(desk, "sysadmin")

    result = runner.invoke(args=["admin", "create"])

    assert result.exit_code == 1
    assert "Nothing was changed" in result.output
    assert find_account(desk, "sysadmin") == first
    assert len(session.scalars(select(RoleGrant)).all()) == 2
