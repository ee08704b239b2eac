"""Certificates and honours: what an award leaves behind, replaced, revoked, never reused."""

import datetime as dt

import pytest
from sqlalchemy import select

from actions.awards import award_event
from actions.certificates import (
    code_of,
    event_of,
    issue_certificate,
    next_serial,
    render_certificate,
    replace_certificate,
    revoke_certificate,
    written_date,
)
from actions.craftsmen import Profile, open_profile
from actions.desk import Desk
from actions.honours import revoke_honour
from actions.results import result_of
from models.certificates import Certificate
from models.contests import Event
from models.craftsmen import Craftsman, Honour
from models.outbox import Errand
from models.people import Consent
from rules.errors import Invalid, NotPermitted, WrongMoment
from rules.numbering import parse_certificate
from rules.states import CertificateState, EventState, HonourState
from rules.terms import ConsentPurpose, Family, HonourKind
from tests.result_world import Stage, final_event
from tests.support import NOW


def awarded(desk: Desk) -> tuple[Stage, list[Certificate]]:
    stage = final_event(desk)
    award_event(stage.seat("organizer"), stage.event)
    rows = desk.session.scalars(select(Certificate).order_by(Certificate.serial)).all()
    return stage, list(rows)


def test_every_award_gets_a_numbered_certificate(desk: Desk) -> None:
    stage, rows = awarded(desk)

    assert stage.event.state is EventState.AWARDED
    assert [row.holder_name for row in rows] == ["贺定波", "林澈", "钟离秋水", "乐平"]
    assert [row.serial for row in rows] == [1, 2, 3, 4]
    assert [parse_certificate(row.number).serial for row in rows] == [1, 2, 3, 4]
    first = rows[0]
    assert first.wording.endswith("项目中，总成绩 10.00 分，列第 1 名，获")
    assert (first.year, first.state, first.is_sample) == (2026, CertificateState.VALID, False)


def test_a_certificate_is_dated_by_the_districts_clock(desk: Desk) -> None:
    stage = final_event(desk)
    late = dt.datetime(2026, 11, 30, 17, 0, tzinfo=dt.UTC)

    award_event(stage.seat("organizer", late), stage.event)

    assert desk.session.scalars(select(Certificate.issued_on)).first() == dt.date(2026, 12, 1)


def test_awards_enter_the_register_with_place_score_and_field(desk: Desk) -> None:
    awarded(desk)

    honour = desk.session.scalars(select(Honour).order_by(Honour.id)).first()

    assert honour is not None
    assert honour.kind is HonourKind.RESULT
    assert honour.title.endswith("一等奖")
    assert (honour.place, honour.score, honour.field_size) == (1, "10.00", 5)
    assert honour.result_line is not None


def test_a_winner_who_agreed_gets_a_page_and_others_do_not(desk: Desk) -> None:
    stage = final_event(desk)
    agreed, changed_mind, known = stage.people[:3]
    for person, until in ((agreed, None), (changed_mind, NOW)):
        desk.session.add(
            Consent(
                person_id=person.id,
                purpose=ConsentPurpose.STORY,
                text_version="1",
                given_at=NOW,
                withdrawn_at=until,
            )
        )
    open_profile(desk, known, Profile(family=Family.SHIP))

    award_event(stage.seat("organizer"), stage.event)

    pages = {row.person_id: row for row in desk.session.scalars(select(Craftsman))}
    assert set(pages) == {agreed.id, known.id}
    assert pages[agreed.id].is_public
    assert pages[agreed.id].family is Family.GRAIN
    keys = {row.payload.get("key") for row in desk.session.scalars(select(Errand))}
    assert f"craftsman:{pages[agreed.id].slug}" in keys


def test_only_a_final_result_is_awarded_and_only_once(desk: Desk) -> None:
    stage, _ = awarded(desk)

    with pytest.raises(WrongMoment):
        award_event(stage.seat("organizer"), stage.event)
    with pytest.raises(NotPermitted):
        award_event(stage.seat("officer"), stage.event)


def test_serials_run_on_per_year_and_are_never_reused(desk: Desk) -> None:
    _, rows = awarded(desk)
    desk.session.delete(rows[-1])
    desk.session.flush()

    assert (next_serial(desk, 2026), next_serial(desk, 2027)) == (5, 1)


def test_no_certificate_without_an_award(desk: Desk) -> None:
    stage, _ = awarded(desk)
    last = result_of(desk, stage.event).lines[-1]

    with pytest.raises(Invalid, match="won an award"):
        issue_certificate(desk, stage.event, last, sample=False)


def test_a_replaced_certificate_names_its_heir(desk: Desk) -> None:
    stage, rows = awarded(desk)
    with pytest.raises(Invalid, match="Write the ground"):
        replace_certificate(stage.seat("organizer"), rows[0], ground=" ")

    heir = replace_certificate(stage.seat("organizer"), rows[0], ground="遗失补发")
    desk.session.flush()

    assert (rows[0].state, rows[0].replaced_by) == (CertificateState.REPLACED, heir)
    assert (heir.serial, heir.state) == (5, CertificateState.VALID)
    with pytest.raises(WrongMoment, match="Only a valid"):
        replace_certificate(stage.seat("organizer"), rows[0], ground="再补")
    with pytest.raises(WrongMoment, match="not printed"):
        render_certificate(rows[0], url="https://example.org/")


def test_a_certificate_is_revoked_on_a_ground(desk: Desk) -> None:
    stage, rows = awarded(desk)
    with pytest.raises(NotPermitted):
        revoke_certificate(stage.seat("chief"), rows[0], ground="越权")
    with pytest.raises(Invalid):
        revoke_certificate(stage.seat("organizer"), rows[0], ground="")

    revoke_certificate(stage.seat("organizer"), rows[0], ground="冒名参赛")

    assert (rows[0].state, rows[0].revoked_at) == (CertificateState.REVOKED, desk.now)
    states = [honour.state for honour in desk.session.scalars(select(Honour).order_by(Honour.id))]
    assert states == [HonourState.REVOKED, *[HonourState.VALID] * 3]
    with pytest.raises(WrongMoment):
        revoke_certificate(stage.seat("organizer"), rows[0], ground="再撤")


def test_an_honour_revoked_before_is_left_as_it_is(desk: Desk) -> None:
    stage, rows = awarded(desk)
    honour = desk.session.scalars(select(Honour).order_by(Honour.id)).all()[0]
    revoke_honour(desk, honour, ground="冒名参赛")

    revoke_certificate(stage.seat("organizer"), rows[0], ground="冒名参赛")

    assert rows[0].state is CertificateState.REVOKED


def test_a_valid_certificate_is_a_pdf(desk: Desk) -> None:
    _, rows = awarded(desk)

    assert render_certificate(rows[0], url="https://example.org/verify/x").startswith(b"%PDF-")


def test_a_certificate_of_no_event_belongs_nowhere() -> None:
    with pytest.raises(Invalid, match="no event"):
        event_of(Certificate(number="DHJN-2020-OLD-00001X"))


@pytest.mark.parametrize(
    ("slug", "code"),
    [("cnc", "CNC"), ("grain-inspection", "GRAININS"), ("6", "6JN"), ("焊", "JN")],
)
def test_the_code_of_a_number_comes_from_the_event(slug: str, code: str) -> None:
    assert code_of(Event(slug=slug)) == code


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (dt.date(2026, 10, 10), "二〇二六年十月十日"),
        (dt.date(2026, 1, 31), "二〇二六年一月三十一日"),
        (dt.date(2030, 12, 20), "二〇三〇年十二月二十日"),
    ],
)
def test_dates_are_written_out(day: dt.date, words: str) -> None:
    assert written_date(day) == words
