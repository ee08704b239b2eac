"""Papers are set volume by volume, replaced as a whole, and nobody else's ticket is printed."""

import datetime as dt

import pytest

import actions.papers
from actions.desk import Desk
from actions.paper_items import tickets
from actions.papers import (
    batches_of,
    is_stuck,
    order_papers,
    set_volume,
    ticket_pdf,
    volume_name,
    volumes_of,
)
from actions.placements import place_all, placements_of, set_workplace
from actions.sittings import create_sitting
from actions.venues import set_map
from models.media import Media
from models.outbox import Errand
from models.papers import PrintBatch
from rules.errors import Blocked, Invalid, NotPermitted, WrongMoment
from rules.permits import Actor, Role
from rules.states import EntryState, PrintState
from rules.terms import PaperKind, SittingPart
from tests.entry_world import picture
from tests.pdf import characters
from tests.result_world import listed_event
from tests.sitting_world import hall, plan, venue_of
from web.papers import papers


def carried(desk: Desk) -> int:
    """Carry the errands of papers until none is left, as the worker does."""
    rounds = 0
    while errands := desk.session.query(Errand).filter_by(kind="papers", state="waiting").all():
        for errand in errands:
            papers(desk, errand.payload)
            errand.move("finish")
            rounds += 1
        desk.session.flush()
    return rounds


@pytest.mark.parametrize("kind", list(PaperKind))
def test_every_kind_is_set(desk: Desk, kind: PaperKind) -> None:
    made = hall(desk)
    set_map(desk, made.venue, picture())
    set_workplace(desk, made.placements[0], 2)
    batch = order_papers(made.door(), made.event, kind, sample=True)
    carried(desk)

    assert (batch.state, batch.done) == (PrintState.READY, batch.total)
    data = desk.shelf.get(volume_name(batch, 1))
    assert data.startswith(b"%PDF")
    if kind not in (PaperKind.CARD, PaperKind.CLOTH):
        assert set("贺定波林澈") <= characters(data)
    assert volumes_of(batch) == [(1, 1, batch.total)]


def test_volumes_come_one_after_the_other(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions.papers, "VOLUME", 2)
    made = hall(desk, 5)
    batch = order_papers(made.door(), made.event, PaperKind.BADGE, sample=False)
    payload = desk.session.query(Errand).filter_by(kind="papers").one().payload
    papers(desk, payload)

    assert (batch.state, batch.done) == (PrintState.SETTING, 2)
    assert volumes_of(batch) == [(1, 1, 2)], "the first can be fetched while the others are set"
    carried(desk)
    assert volumes_of(batch) == [(1, 1, 2), (2, 3, 4), (3, 5, 5)]
    assert batch.state is PrintState.READY


def test_ordered_again_the_old_files_go_and_old_errands_do_nothing(desk: Desk) -> None:
    made = hall(desk)
    batch = order_papers(made.door(), made.event, PaperKind.CLOTH, sample=False)
    carried(desk)
    old = volume_name(batch, 1)

    again = order_papers(made.door(), made.event, PaperKind.CLOTH, sample=False)
    assert again is batch
    assert desk.shelf.has(old), "what is printed stays until there is something new"
    set_volume(desk, batch.id, run=1, sample=False)
    assert batch.done == 0, "an errand of the earlier order is out of date"
    carried(desk)

    assert not desk.shelf.has(old)
    assert desk.shelf.has(volume_name(batch, 1))
    set_volume(desk, batch.id + 99, run=1, sample=False)
    assert desk.session.query(PrintBatch).count() == 1


def test_who_withdraws_meanwhile_is_left_out(desk: Desk) -> None:
    made = hall(desk)
    batch = order_papers(made.door(), made.event, PaperKind.TICKET, sample=False)
    made.placements[0].entry.state = EntryState.WITHDRAWN
    desk.session.flush()
    carried(desk)

    assert batch.state is PrintState.READY
    assert "波" not in characters(desk.shelf.get(volume_name(batch, 1)))


def test_a_refusal_of_the_typesetter_is_kept_and_can_be_tried_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = hall(desk)
    batch = order_papers(made.door(), made.event, PaperKind.BADGE, sample=False)

    def refuse(*_args: object, **_more: object) -> bytes:
        raise Invalid("The papers could not be set: %(trouble)s", trouble="no ink")

    with monkeypatch.context() as patched:
        patched.setattr(actions.papers, "papers_pdf", refuse)
        carried(desk)
    assert (batch.state, batch.trouble) == (
        PrintState.FAILED,
        "The papers could not be set: no ink",
    )

    order_papers(made.door(), made.event, PaperKind.BADGE, sample=False)
    carried(desk)
    assert (batch.state, batch.trouble) == (PrintState.READY, "")


def test_a_name_the_font_lacks_is_told(desk: Desk) -> None:
    made = hall(desk)
    person = made.placements[0].entry.person
    assert person is not None
    person.name = "贺𪚥"
    batch = order_papers(made.door(), made.event, PaperKind.BADGE, sample=False)
    carried(desk)

    assert batch.trouble == "贺𪚥"


def test_nothing_to_print_is_said(desk: Desk) -> None:
    stage = listed_event(desk, 0)
    for kind in PaperKind:
        with pytest.raises(Blocked, match="nothing to print"):
            order_papers(desk, stage.event, kind, sample=False)


def test_papers_are_the_office_s(desk: Desk) -> None:
    made = hall(desk)
    for seat in (made.stage.seat("judge1"), made.door(role=Role.REVIEWER)):
        with pytest.raises(NotPermitted):
            order_papers(seat, made.event, PaperKind.BADGE, sample=False)
        with pytest.raises(NotPermitted):
            batches_of(seat, made.event)


def test_a_ticket_is_its_owner_s_or_the_office_s(desk: Desk) -> None:
    made = hall(desk)
    entry = made.placements[0].entry
    mine = desk.acting_as(Actor(entry.account_id))

    assert ticket_pdf(mine, entry, sample=False).startswith(b"%PDF")
    assert ticket_pdf(made.door(), entry, sample=False).startswith(b"%PDF")
    with pytest.raises(NotPermitted):
        ticket_pdf(desk.acting_as(Actor(entry.account_id + 999)), entry, sample=False)
    entry.state = EntryState.RETURNED
    with pytest.raises(WrongMoment, match="accepted"):
        ticket_pdf(mine, entry, sample=False)


def test_a_portrait_that_is_missing_on_the_shelf_leaves_its_frame(desk: Desk) -> None:
    made = hall(desk)
    entry = made.placements[0].entry
    entry.photo = Media(stem="p1-gone", width=1, height=1, widths=[1], created_at=desk.now)
    desk.session.flush()

    assert "贴" in characters(ticket_pdf(made.door(), entry, sample=False))


def test_venues_on_one_picture_show_it_once(desk: Desk) -> None:
    made = hall(desk)
    other = venue_of(desk, made.event.contest, "二号车间（示例）")
    for venue in (made.venue, other):
        set_map(desk, venue, picture())
    create_sitting(desk, made.event, plan(other, name="理论", part=SittingPart.THEORY))
    place_all(desk, made.event)
    key = made.placements[0].entry_id

    ways = tickets(desk, made.event, [key])[key]["venues"]

    assert [bool(way["map"]) for way in ways] == [True, False]


def test_an_order_nobody_carries_is_noticed(desk: Desk) -> None:
    made = hall(desk)
    office = made.door()
    batch = order_papers(office, made.event, PaperKind.BADGE, sample=False)

    assert not is_stuck(batch, office.now + dt.timedelta(minutes=2))
    assert is_stuck(batch, office.now + dt.timedelta(minutes=3))
    carried(desk)
    assert not is_stuck(batch, office.now + dt.timedelta(minutes=3))
    assert placements_of(desk, made.sitting)
