"""The draw: hashes first, two people, and no way from the database to a name."""

import json

import pytest
from sqlalchemy import select

from actions.desk import Desk
from actions.draws import CODES, commit_draw, draw_of, join_draw, open_envelope, seal_draw
from adapters.crypto import new_slip
from models.draws import Draw, Station, WorkCode
from models.entries import Entry
from models.everything import METADATA
from rules.draws import blind_codes, commit, numbers
from rules.errors import Blocked, Invalid, NotPermitted, WrongMoment
from rules.permits import SYSTEM, Actor, Role, Scope
from rules.states import DrawState, EventState
from tests.result_world import (
    OFFICER_SLIP,
    SEEDS,
    WITNESS_SLIP,
    Stage,
    listed_event,
    marked_event,
)
from tests.support import actor_of, give, make_account


@pytest.fixture
def stage(desk: Desk) -> Stage:
    """An event whose marks are signed."""
    return marked_event(desk)


def drawn(stage: Stage) -> Draw:
    row = draw_of(stage.desk, stage.event)
    assert row is not None
    return row


def test_the_station_seed_is_revealed_and_the_code_seed_is_not(stage: Stage) -> None:
    draw = drawn(stage)

    assert draw.station_seed is not None
    assert commit(draw.station_seed) == draw.station_commitment
    assert (draw.code_seed, draw.seeds_sealed) == (None, None)
    assert commit(SEEDS[1]) == draw.code_commitment


def test_stations_and_codes_do_not_give_each_other_away(stage: Stage) -> None:
    session = stage.desk.session
    codes = list(session.scalars(select(WorkCode.code).order_by(WorkCode.position)))

    assert codes == sorted(codes)
    assert len(codes) == len(list(session.scalars(select(Station.id))))


def test_the_whole_database_and_one_slip_name_nobody(stage: Stage) -> None:
    """Every byte of every table, opened with one keeper's slip, holds no pair of code and entry."""
    draw = drawn(stage)
    session = stage.desk.session
    entries = {row.id for row in session.scalars(select(Entry))}
    for table in METADATA.sorted_tables:
        for row in session.execute(select(table)).mappings():
            ids = {value for key, value in row.items() if key == "entry_id"}
            codes = {value for key, value in row.items() if key in ("code", "work_code") and value}
            assert not (ids & entries and codes), f"{table.name} joins a code to an entry"
    stage.event.state = EventState.LOCKED
    with pytest.raises(Invalid, match="does not open"):
        open_envelope(stage.desk, draw, officer_slip=OFFICER_SLIP, witness_slip=new_slip())


def test_opening_before_the_lock_is_refused(stage: Stage) -> None:
    with pytest.raises(WrongMoment, match="after the marks are locked"):
        open_envelope(
            stage.desk,
            drawn(stage),
            officer_slip=OFFICER_SLIP,
            witness_slip=WITNESS_SLIP,
        )


def test_both_slips_open_and_the_draw_replays(stage: Stage) -> None:
    stage.event.state = EventState.LOCKED
    draw = drawn(stage)

    by_code = open_envelope(stage.desk, draw, officer_slip=OFFICER_SLIP, witness_slip=WITNESS_SLIP)

    assert set(by_code) == set(stage.codes)
    assert (draw.state, draw.code_seed) == (DrawState.OPENED, SEEDS[1])


def test_a_code_changed_in_the_table_is_noticed(stage: Stage) -> None:
    stage.event.state = EventState.LOCKED
    stage.desk.session.scalars(select(WorkCode)).first().code = "ZZZZ"  # type: ignore[union-attr]

    with pytest.raises(Invalid, match="not those of the envelope"):
        open_envelope(
            stage.desk,
            drawn(stage),
            officer_slip=OFFICER_SLIP,
            witness_slip=WITNESS_SLIP,
        )


def test_officer_and_witness_are_two_people_in_order(desk: Desk) -> None:
    stage = listed_event(desk)
    officer, witness = stage.seat("officer"), stage.seat("supervisor")
    draw = commit_draw(officer, stage.event)

    with pytest.raises(WrongMoment, match="already published"):
        commit_draw(officer, stage.event)
    with pytest.raises(NotPermitted):
        join_draw(officer, draw)
    with pytest.raises(Blocked, match="has not joined"):
        seal_draw(officer, draw)
    slip = join_draw(witness, draw)
    assert slip.count("-") == 12
    with pytest.raises(NotPermitted):
        seal_draw(witness, draw)
    seal_draw(officer, draw)
    with pytest.raises(WrongMoment, match="is sealed"):
        join_draw(witness, draw)
    assert "seed" not in json.dumps(str(draw.envelope))


def test_a_draw_is_run_by_named_people(desk: Desk) -> None:
    """The system runs no draw, one person is not both keepers, another officer does not seal."""
    stage = listed_event(desk)
    with pytest.raises(NotPermitted, match="run by a person"):
        commit_draw(desk, stage.event)
    draw = commit_draw(stage.seat("officer"), stage.event)
    for witness in (desk, stage.seat("officer")):
        both = witness.acting_as(Actor(witness.actor.account_id, None, SYSTEM.grants))
        with pytest.raises(NotPermitted, match="two people"):
            join_draw(both, draw)
    join_draw(stage.seat("supervisor"), draw)
    another = make_account(desk.session, "另一位")
    give(desk.session, another, Role.ENCRYPTION_OFFICER, Scope.CONTEST, stage.event.contest_id)
    with pytest.raises(NotPermitted, match="who published the hashes"):
        seal_draw(desk.acting_as(actor_of(desk.session, another)), draw)


def test_an_unsealed_draw_is_not_opened(desk: Desk) -> None:
    stage = listed_event(desk)
    draw = commit_draw(stage.seat("officer"), stage.event)
    stage.event.state = EventState.LOCKED

    with pytest.raises(WrongMoment, match="never sealed"):
        open_envelope(desk, draw, officer_slip=OFFICER_SLIP, witness_slip=WITNESS_SLIP)


def test_published_codes_say_nothing_about_their_holders(stage: Stage) -> None:
    """Letters and holders come from streams of their own."""
    codes = blind_codes(len(stage.codes), SEEDS[1])

    assert set(codes) == set(stage.codes)
    assert next(numbers(SEEDS[1], CODES)) != next(numbers(SEEDS[1], "codes"))
