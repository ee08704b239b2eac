"""Accounts for the system's keepers: one creates and closes them, another gives the roles."""

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import Select, or_, select

from actions.accounts import close_account, create_staff_account
from actions.roles import grant_role, revoke_role
from admin.forms.accounts import AccountForm, GrantForm
from admin.places import place_key, place_names
from models.accounts import Account
from models.roles import RoleGrant
from rules.errors import Blocked, Invalid, NotPermitted
from rules.permits import ANYWHERE, Permit, Role, may
from web.db import db
from web.filters import moment
from web.guard import needs
from web.labels import choices, label
from web.list_tables import ListTable, address, list_table, said
from web.login import current_actor, desk
from web.paging import paged

bp = Blueprint("admin_accounts", __name__, url_prefix="/admin/accounts")
ORDERS = {
    "name": (Account.display_name, Account.id),
    "-name": (Account.display_name.desc(), Account.id),
    "seen": (Account.last_login_at, Account.id),
    "-seen": (Account.last_login_at.desc(), Account.id),
}
NEWEST = (Account.id.desc(),)


@bp.get("/")
@needs(Permit.STAFF_HOME)
def index() -> ResponseReturnValue:
    """List accounts with their roles, newest first."""
    _require_keeper()
    kept, sort = _kept(), request.args.get("sort", "")
    page = paged(_narrowed(kept, sort))
    grants = _grants([account.id for account in page.rows])
    return render_template(
        "admin/accounts/index.html",
        page=page,
        grants=grants,
        names=place_names(db.session(), [grant for rows in grants.values() for grant in rows]),
        place_key=place_key,
        roles=choices(Role),
        kept=kept,
        sort=sort,
        may_create=may(current_actor(), Permit.ACCOUNT_MANAGE),
    )


@bp.route("/new", methods=["GET", "POST"])
@needs(Permit.ACCOUNT_MANAGE)
def new() -> ResponseReturnValue:
    """Create an account for a member of staff; it holds no role yet."""
    form = AccountForm()
    if form.validate_on_submit():
        try:
            account = create_staff_account(
                desk(),
                name=form.name.data,
                handle=form.handle.data,
                password=form.password.data,
            )
        except Invalid as refusal:
            form.take(refusal)
        else:
            db.session.commit()
            flash(gettext("The account is open. It may do nothing until it holds a role."), "done")
            return redirect(url_for(".show", account_id=account.id))
    status = 422 if form.errors else 200
    return render_template("admin/accounts/form.html", form=form), status


@bp.get("/<int:account_id>/")
@needs(Permit.STAFF_HOME)
def show(account_id: int) -> ResponseReturnValue:
    """Show one account and what it may do."""
    _require_keeper()
    return _account_page(_account(account_id), GrantForm(formdata=None))


@bp.post("/<int:account_id>/roles")
@needs(Permit.ROLE_GRANT)
def grant(account_id: int) -> ResponseReturnValue:
    """Give a role; one that excludes a held role is refused in words."""
    account, form = _account(account_id), GrantForm()
    if not form.validate_on_submit():
        return _account_page(account, form, 422)
    role, scope, number = form.wanted()
    try:
        grant_role(desk(), account_id=account.id, role=role, scope=scope, scope_id=number)
    except Blocked as refusal:
        held = {name: label(Role(str(value))) for name, value in refusal.params.items()}
        form.form_errors.append(gettext(refusal.message) % held)
        return _account_page(account, form, 409)
    return _done(account, gettext("The role is given."))


@bp.post("/<int:account_id>/roles/<int:grant_id>/revoke")
@needs(Permit.ROLE_GRANT)
def revoke(account_id: int, grant_id: int) -> ResponseReturnValue:
    """Take a role away."""
    row: RoleGrant = db.one_or_404(select(RoleGrant).filter_by(id=grant_id, account_id=account_id))
    revoke_role(desk(), row)
    return _done(row.account, gettext("The role is taken back."))


@bp.route("/<int:account_id>/close", methods=["GET", "POST"])
@needs(Permit.ACCOUNT_MANAGE)
def close(account_id: int) -> ResponseReturnValue:
    """Ask once, then switch an account off."""
    account = _account(account_id)
    if request.method == "POST":
        close_account(desk(), account)
        return _done(account, gettext("The account is closed and signed out everywhere."))
    return render_template("admin/accounts/close.html", account=account)


def _require_keeper() -> None:
    actor = current_actor()
    if not (may(actor, Permit.ACCOUNT_MANAGE) or may(actor, Permit.ROLE_GRANT)):
        raise NotPermitted("Your role does not allow this here. Nothing was changed.")


def _account(account_id: int) -> Account:
    account: Account = db.get_or_404(Account, account_id)
    return account


@list_table("accounts")
def as_table() -> ListTable:
    """The same list to take away."""
    kept, sort = _kept(), request.args.get("sort", "")
    states = {"open": gettext("Account open"), "closed": gettext("Account closed")}
    return ListTable(
        name="accounts",
        title=gettext("Accounts"),
        permits=(Permit.ACCOUNT_MANAGE, Permit.ROLE_GRANT),
        place=ANYWHERE,
        query=_narrowed(kept, sort),
        key=Account.id,
        filters={**kept, "sort": sort},
        said=(
            (gettext("Name or sign-in name"), kept["q"]),
            (gettext("Role"), said(Role, kept["role"])),
            (gettext("State"), states.get(kept["state"], "")),
        ),
        columns=(
            (gettext("Name of the person"), 16),
            (gettext("Name to sign in with"), 24),
            (gettext("Roles"), 50),
            (gettext("State"), 10),
            (gettext("Last signed in"), 18),
        ),
        rows=_cells,
        back=address("admin_accounts.index", {**kept, "sort": sort}),
    )


def _cells(accounts: Sequence[Account]) -> list[tuple[str, ...]]:
    grants = _grants([account.id for account in accounts])
    names = place_names(db.session(), [grant for rows in grants.values() for grant in rows])
    return [
        (
            account.display_name,
            account.username or account.email or gettext("by telephone number"),
            "；".join(
                f"{label(grant.role)}（{names[place_key(grant.scope, grant.scope_id)]}）"
                for grant in grants[account.id]
            ),
            gettext("Account open") if account.is_active else gettext("Account closed"),
            moment(account.last_login_at) or gettext("never"),
        )
        for account in accounts
    ]


def _kept() -> dict[str, str]:
    return {name: request.args.get(name, "") for name in ("q", "role", "state")}


def _narrowed(kept: dict[str, str], sort: str) -> Select[Account]:
    query = select(Account).order_by(*ORDERS.get(sort, NEWEST))
    if kept["q"]:
        columns = (Account.display_name, Account.username, Account.email)
        query = query.where(or_(*(it.icontains(kept["q"], autoescape=True) for it in columns)))
    if kept["role"] in list(Role):
        holders = select(RoleGrant.account_id).where(RoleGrant.role == Role(kept["role"]))
        query = query.where(Account.id.in_(holders))
    if kept["state"] in ("open", "closed"):
        query = query.where(Account.is_active.is_(kept["state"] == "open"))
    return query


def _grants(numbers: list[int]) -> dict[int, list[RoleGrant]]:
    found: dict[int, list[RoleGrant]] = {number: [] for number in numbers}
    for row in db.session.scalars(
        select(RoleGrant).where(RoleGrant.account_id.in_(numbers)).order_by(RoleGrant.id)
    ):
        found[row.account_id].append(row)
    return found


def _account_page(account: Account, form: GrantForm, status: int = 200) -> ResponseReturnValue:
    grants = _grants([account.id])[account.id]
    actor = current_actor()
    page = render_template(
        "admin/accounts/show.html",
        account=account,
        form=form,
        grants=grants,
        names=place_names(db.session(), grants),
        place_key=place_key,
        may_grant=may(actor, Permit.ROLE_GRANT),
        may_close=may(actor, Permit.ACCOUNT_MANAGE) and account.id != actor.account_id,
    )
    return page, status


def _done(account: Account, words: str) -> ResponseReturnValue:
    db.session.commit()
    flash(words, "done")
    return redirect(url_for(".show", account_id=account.id))
