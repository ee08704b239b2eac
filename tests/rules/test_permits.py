"""Permits: who holds one role may not hold another, and where."""

import pytest

from rules.permits import Grant, Role, Scope, clash

IN_ONE = Grant(Role.JUDGE, Scope.CONTEST, 1)


@pytest.mark.parametrize("held", [Role.SUPERVISOR, Role.ENCRYPTION_OFFICER, Role.ORGANIZER])
def test_a_site_wide_role_reaches_every_contest(held: Role) -> None:
    assert clash([Grant(held)], IN_ONE) is held


@pytest.mark.parametrize("held", [Role.SUPERVISOR, Role.ENCRYPTION_OFFICER, Role.ORGANIZER])
def test_the_same_person_may_serve_another_contest(held: Role) -> None:
    assert clash([Grant(held, Scope.CONTEST, 2)], IN_ONE) is None


def test_an_event_lies_in_its_contest() -> None:
    keeper = Grant(Role.ENCRYPTION_OFFICER, Scope.EVENT, 7, contest_id=1)

    assert clash([keeper], IN_ONE) is Role.ENCRYPTION_OFFICER


@pytest.mark.parametrize("held", [Role.SYSADMIN, Role.SECADMIN, Role.AUDITOR])
def test_the_three_powers_stand_alone(held: Role) -> None:
    assert clash([Grant(held)], IN_ONE) is held
    assert clash([IN_ONE], Grant(held)) is Role.JUDGE


def test_roles_outside_a_contest_go_with_any() -> None:
    assert clash([Grant(Role.STUDIO_LEADER, Scope.STUDIO, 3)], IN_ONE) is None
