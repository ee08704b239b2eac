"""Taking a list away: by those it is shown to, with a purpose, bounded, on record without names."""

import dataclasses

import pytest
from sqlalchemy import select

from actions import list_exports
from actions.desk import Desk
from actions.list_exports import ListSource, take_list
from models.accounts import Account
from models.audit import AuditLine
from rules.errors import Invalid, NotPermitted
from rules.list_terms import ExportKind
from rules.permits import ANYWHERE, Permit, Place, Role, Scope
from tests.support import actor_of, give, make_account

PURPOSE = "季度盘点"
CSV, XLSX, PDF = ExportKind.CSV, ExportKind.XLSX, ExportKind.PDF


@pytest.fixture
def accounts(desk: Desk) -> list[Account]:
    return [make_account(desk.session, name) for name in ("丙", "甲", "乙")]


def seat(desk: Desk, role: Role, scope: Scope = Scope.SITE, scope_id: int | None = None) -> Desk:
    account = make_account(desk.session, "保管员")
    give(desk.session, account, role, scope, scope_id)
    return desk.acting_as(actor_of(desk.session, account))


def source(accounts: list[Account], **changes: object) -> ListSource:
    keys = [account.id for account in accounts]
    whole = ListSource(
        name="accounts",
        permits=(Permit.ACCOUNT_MANAGE, Permit.ROLE_GRANT),
        place=ANYWHERE,
        query=select(Account).where(Account.id.in_(keys)).order_by(Account.id.desc()),
        key=Account.id,
        filters={"q": "甲", "role": "", "state": "open"},
    )
    return dataclasses.replace(whole, **changes)


def lines(desk: Desk) -> list[AuditLine]:
    return list(desk.session.scalars(select(AuditLine).filter_by(deed="export_list")))


@pytest.mark.parametrize("role", [Role.SYSADMIN, Role.SECADMIN])
def test_rows_in_order_and_a_line_without_the_name(
    desk: Desk, accounts: list[Account], role: Role
) -> None:
    keys = take_list(seat(desk, role), source(accounts), XLSX, f" {PURPOSE} ")

    assert keys == tuple(account.id for account in reversed(accounts))
    (line,) = lines(desk)
    assert line.thing == "list:accounts"
    assert line.detail == {
        "list": "accounts",
        "purpose": PURPOSE,
        "kind": "xlsx",
        "view": "q=… state=open",
        "rows": 3,
    }


def test_a_list_of_a_place_is_for_that_place(desk: Desk, accounts: list[Account]) -> None:
    here = source(
        accounts,
        permits=(Permit.UNIT_VIEW,),
        place=Place(organization_id=7),
        thing="organization:7",
    )
    contact = seat(desk, Role.UNIT_CONTACT, Scope.ORGANIZATION, 7)
    assert take_list(contact, here, CSV, PURPOSE)
    assert lines(desk)[0].thing == "organization:7"
    with pytest.raises(NotPermitted):
        take_list(seat(desk, Role.UNIT_CONTACT, Scope.ORGANIZATION, 8), here, CSV, PURPOSE)
    anywhere = source(accounts, permits=(Permit.UNIT_VIEW,), place=None)
    assert take_list(contact, anywhere, CSV, PURPOSE)
    for role in (Role.JUDGE, Role.OFFICER):
        for one in (here, anywhere, source(accounts)):
            with pytest.raises(NotPermitted):
                take_list(seat(desk, role), one, CSV, PURPOSE)
    assert len(lines(desk)) == 2


@pytest.mark.parametrize("purpose", ["", "x", "长" * 121, "核对 13800001234"])
def test_without_a_purpose_nothing_leaves(
    desk: Desk, accounts: list[Account], purpose: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        take_list(seat(desk, Role.SYSADMIN), source(accounts), CSV, purpose)
    assert "purpose" in refusal.value.fields
    assert lines(desk) == []


def test_empty_long_and_strange_ones_are_refused(
    desk: Desk, accounts: list[Account], monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper = seat(desk, Role.SYSADMIN)
    with pytest.raises(Invalid, match="empty"):
        take_list(keeper, source([]), CSV, PURPOSE)
    with pytest.raises(Invalid, match="PDF"):
        take_list(keeper, source(accounts), ExportKind.PHOTOS, PURPOSE)
    monkeypatch.setattr(list_exports, "MOST_ROWS", {XLSX: 3, PDF: 2})
    with pytest.raises(Invalid, match="csv") as refusal:
        take_list(keeper, source(accounts), PDF, PURPOSE)
    assert refusal.value.params == {"rows": 3, "most": 2}
    assert lines(desk) == []
    for kind in (XLSX, CSV):
        assert len(take_list(keeper, source(accounts), kind, PURPOSE)) == 3
