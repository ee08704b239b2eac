"""The team of a unit: the head contact opens, renews and closes colleagues' accounts."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from actions.units import close_colleague, is_head, open_colleague, reset_colleague, team_of
from admin.forms.units import ColleagueForm, DeedForm
from admin.units.blueprint import bp, unit_here
from models.accounts import Account
from models.organizations import Organization
from rules.errors import Invalid
from rules.permits import Permit
from web.db import db
from web.guard import needs
from web.login import current_account, desk


@bp.get("/<int:unit_id>/team/")
@needs(Permit.UNIT_TEAM)
def team(unit_id: int) -> ResponseReturnValue:
    """List the unit's contacts; the head contact finds the form for a new one."""
    return _page(unit_here(unit_id, Permit.UNIT_TEAM), ColleagueForm(formdata=None))


@bp.post("/<int:unit_id>/team/")
@needs(Permit.UNIT_TEAM)
def add_colleague(unit_id: int) -> ResponseReturnValue:
    """Open a colleague's account and show its first password once."""
    unit, form = unit_here(unit_id, Permit.UNIT_TEAM), ColleagueForm()
    if not form.validate_on_submit():
        return _page(unit, form), 422
    try:
        account, password = open_colleague(
            desk(), unit, name=form.name.data, handle=form.handle.data
        )
    except Invalid as refusal:
        db.session.rollback()
        form.take(refusal)
        return _page(unit_here(unit_id, Permit.UNIT_TEAM), form), 422
    db.session.commit()
    return _page(unit, ColleagueForm(formdata=None), shown=(account, password))


@bp.post("/<int:unit_id>/team/<int:account_id>/reset")
@needs(Permit.UNIT_TEAM)
def renew_password(unit_id: int, account_id: int) -> ResponseReturnValue:
    """Give a colleague a new first password, shown once."""
    unit, account = unit_here(unit_id, Permit.UNIT_TEAM), _account(account_id)
    password = reset_colleague(desk(), unit, account)
    db.session.commit()
    return _page(unit, ColleagueForm(formdata=None), shown=(account, password))


@bp.route("/<int:unit_id>/team/<int:account_id>/close", methods=["GET", "POST"])
@needs(Permit.UNIT_TEAM)
def close_team_account(unit_id: int, account_id: int) -> ResponseReturnValue:
    """Ask once, then switch a colleague's account off."""
    unit, account = unit_here(unit_id, Permit.UNIT_TEAM), _account(account_id)
    if account not in team_of(desk(), unit):
        return redirect(url_for(".team", unit_id=unit_id))
    if DeedForm().validate_on_submit():
        close_colleague(desk(), unit, account)
        db.session.commit()
        flash(gettext("The account is closed and signed out everywhere."), "done")
        return redirect(url_for(".team", unit_id=unit_id))
    return render_template("admin/units/close.html", unit=unit, account=account)


def _account(account_id: int) -> Account:
    account: Account = db.get_or_404(Account, account_id)
    return account


def _page(unit: Organization, form: ColleagueForm, shown: tuple[Account, str] | None = None) -> str:
    at = desk()
    return render_template(
        "admin/units/team.html",
        unit=unit,
        team=team_of(at, unit),
        form=form,
        head=is_head(at),
        own=current_account(),
        shown=shown,
    )
