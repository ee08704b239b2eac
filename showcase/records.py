"""One's own record: contests, honours, proofs, consents, and who looked at the ID number."""

import json

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from actions.corrections import Mended, mend_record
from actions.craftsmen import withdraw_consent
from actions.people import Identity, masked_id, masked_phone, own_identity
from actions.records import export_record, own_record
from models.people import Consent
from rules.errors import Invalid, WrongMoment
from rules.terms import ConsentPurpose
from showcase.forms.records import MendForm
from web.db import db
from web.errors import sentence
from web.guard import signed_in
from web.headers import keep_nothing
from web.login import current_account, desk

bp = Blueprint("records", __name__, url_prefix="/account/record")
keep_nothing(bp)


@bp.get("/")
@signed_in
def index() -> ResponseReturnValue:
    """Show everything the site keeps of its visitor."""
    at = desk()
    record = own_record(at)
    person = record.person
    return render_template(
        "showcase/records/index.html",
        record=record,
        id_number=masked_id(at, person) if person else "",
        phone=masked_phone(at, person) if person else "",
        registration=ConsentPurpose.REGISTRATION,
    )


@bp.route("/mend", methods=["GET", "POST"])
@signed_in
def mend() -> ResponseReturnValue:
    """Mend what the register says of its visitor: at once, or through the office."""
    at, person = desk(), current_account().person
    if person is None:
        return redirect(url_for(".index"))
    number, phone = own_identity(at, person)
    form = MendForm(name=person.name, id_number=number, phone=phone, email=person.email)
    if form.validate_on_submit():
        identity = Identity(form.name.data, form.id_number.data, form.phone.data)
        mended = Mended(identity, form.email.data or "", form.reason.data or "")
        try:
            wish = mend_record(at, mended)
        except Invalid as refusal:
            db.session.rollback()
            form.take(refusal)
        except WrongMoment as refusal:
            db.session.rollback()
            form.form_errors.append(sentence(refusal))
        else:
            db.session.commit()
            flash(_mended(asked=wish is not None), "done")
            return redirect(url_for(".index"))
    page = render_template("showcase/records/mend.html", form=form)
    return page, 422 if form.errors else 200


def _mended(*, asked: bool) -> str:
    if asked:
        return str(
            gettext(
                "Your wish is with the office, which answers in your inbox. Telephone and e-mail "
                "are changed already."
            )
        )
    return str(gettext("Mended. Your record says so from now on."))


@bp.post("/export")
@signed_in
def export() -> ResponseReturnValue:
    """Hand out all of it as a file."""
    data = export_record(desk())
    db.session.commit()
    text = json.dumps(data, ensure_ascii=False, indent=2)
    answer = Response(text, content_type="application/json; charset=utf-8")
    answer.headers["Content-Disposition"] = "attachment; filename=my-record.json"
    return answer


@bp.post("/consents/<int:consent_id>/withdraw")
@signed_in
def withdraw(consent_id: int) -> ResponseReturnValue:
    """Withdraw one's own consent to a public page or portrait."""
    consent: Consent = db.get_or_404(Consent, consent_id)
    if consent.person_id != current_account().person_id:
        return redirect(url_for(".index"))
    withdraw_consent(desk(), consent)
    db.session.commit()
    flash(gettext("Your consent is withdrawn. What rested on it is no longer shown."), "done")
    return redirect(url_for(".index"))
