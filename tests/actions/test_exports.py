"""Files of entries: a purpose or none, masked or permitted, recorded; long ones piece by piece."""

import dataclasses
from collections.abc import Callable

import pytest
from sqlalchemy import select

from actions import exports
from actions.desk import Desk
from actions.exports import (
    Wish,
    copy_contest,
    export_entries,
    fetch_export,
    finish_export,
    keep_part,
    next_parts,
    parts_kept,
    remove_export,
)
from models.audit import AuditLine
from models.exports import Export
from models.messages import Message
from models.outbox import Errand
from rules.errors import Blocked, Invalid, NotPermitted, WrongMoment
from rules.list_terms import EntryColumn, ExportKind
from rules.permits import Role
from rules.states import ContestState, EventState, ExportState
from rules.views import View, read_view
from tests.actions.test_views import clerk, host_of
from tests.contest_world import at
from tests.entry_list_world import TODAY, Listed, listed

XLSX = Wish(ExportKind.XLSX, "上报市局")


@pytest.fixture
def world(desk: Desk) -> Listed:
    return listed(desk)


def take(seat: Desk, world: Listed, wish: Wish = XLSX, view: View | None = None) -> exports.Taken:
    return export_entries(seat, world.contest, view or View(), wish, today=TODAY)


def long_one(desk: Desk, world: Listed, monkeypatch: pytest.MonkeyPatch, **wish: object) -> Export:
    monkeypatch.setattr(exports, "AT_ONCE", 2)
    monkeypatch.setattr(exports, "STEP", 4)
    taken = take(desk, world, dataclasses.replace(XLSX, **wish))
    assert taken.export is not None
    return taken.export


def test_what_is_taken_is_what_is_shown_and_recorded(desk: Desk, world: Listed) -> None:
    view = read_view({"state": ["accepted"], "q": ["林"], "columns": ["name,phone"]})

    taken = take(clerk(desk, Role.ORGANIZER), world, view=view)

    assert taken.keys == (world.entries[1].id,)
    assert taken.columns == (EntryColumn.NAME, EntryColumn.PHONE)
    assert taken.export is None
    line = desk.session.scalars(select(AuditLine).filter_by(deed="export_entries")).one()
    assert line.thing == f"contest:{world.contest.id}"
    assert line.detail["purpose"] == "上报市局"
    assert (line.detail["rows"], line.detail["whole"], line.detail["kind"]) == (1, False, "xlsx")
    assert "state=accepted" in line.detail["view"]
    assert "林" not in line.detail["view"]


@pytest.mark.parametrize("purpose", ["", " ", "x", "长" * 121, "核对 13800001234", "a\u202eb c"])
def test_without_a_purpose_nothing_leaves(desk: Desk, world: Listed, purpose: str) -> None:
    with pytest.raises(Invalid) as refusal:
        take(clerk(desk), world, Wish(ExportKind.CSV, purpose))

    assert "purpose" in refusal.value.fields
    assert desk.session.scalars(select(AuditLine).filter_by(deed="export_entries")).all() == []


def test_nonsense_and_empty_lists_are_refused(desk: Desk, world: Listed) -> None:
    with pytest.raises(Invalid, match="band"):
        take(clerk(desk), world, view=read_view({"band": ["x"]}))
    with pytest.raises(Invalid, match="empty"):
        take(clerk(desk), world, view=read_view({"q": ["没有此人"]}))


def test_whole_numbers_go_to_reviewers_of_all_of_it(desk: Desk, world: Listed) -> None:
    whole = dataclasses.replace(XLSX, whole=True)
    with pytest.raises(NotPermitted):
        take(clerk(desk, Role.ORGANIZER), world, whole)
    assert len(take(clerk(desk), world, whole).keys) == 6
    assert take(host_of(desk, world.events[1]), world, whole).keys == (world.entries[6].id,)
    with pytest.raises(NotPermitted):
        take(clerk(desk, Role.CHIEF_JUDGE), world)


def test_forms_have_columns_of_their_own(desk: Desk, world: Listed) -> None:
    view = read_view({"columns": ["name"]})
    summary = take(clerk(desk), world, Wish(ExportKind.SUMMARY, "盖章上报"), view)
    assert EntryColumn.ID_NUMBER in summary.columns
    review = take(clerk(desk), world, Wish(ExportKind.REVIEW, "公布"), view)
    assert EntryColumn.REMARK in review.columns


def test_streams_are_never_put_off(
    desk: Desk, world: Listed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "AT_ONCE", 2)
    for kind in (ExportKind.CSV, ExportKind.PHOTOS):
        assert take(clerk(desk), world, Wish(kind, "归档")).export is None


def test_a_long_file_is_written_in_parts_and_sealed(
    desk: Desk, world: Listed, monkeypatch: pytest.MonkeyPatch
) -> None:
    seat = clerk(desk)
    export = long_one(seat, world, monkeypatch)
    assert (export.total, export.done, export.state) == (6, 0, ExportState.WAITING)
    with pytest.raises(WrongMoment):
        fetch_export(seat, export)

    assert list(next_parts(export)) == export.parts[:4]
    assert keep_part(desk, export, b"one", 4) is False
    assert list(next_parts(export)) == export.parts[4:]
    assert keep_part(desk, export, b"two", 2) is True
    assert parts_kept(desk, export) == [b"one", b"two"]
    finish_export(desk, export, b"secret rows", "entries.xlsx")

    assert fetch_export(seat, export) == b"secret rows"
    place = f"exports/{export.key}.sealed"
    assert b"secret" not in desk.shelf.get(place)
    assert not desk.shelf.has(f"exports/{export.key}.0")
    errands = desk.session.scalars(select(Errand).order_by(Errand.id)).all()
    told = desk.session.scalars(select(Message).filter_by(kind="file_ready")).one()
    assert (told.account_id, told.thing) == (export.account_id, f"contest:{world.contest.id}")
    kinds = [errand.kind for errand in errands if errand.kind.endswith("_export")]
    assert kinds == ["write_export", "write_export", "remove_export"]

    remove_export(desk, export)
    remove_export(desk, export)
    assert export.state is ExportState.GONE
    assert not desk.shelf.has(place)
    with pytest.raises(WrongMoment):
        fetch_export(seat, export)


def test_a_file_is_for_who_asked_and_still_may(
    desk: Desk, world: Listed, monkeypatch: pytest.MonkeyPatch
) -> None:
    seat = clerk(desk)
    export = long_one(seat, world, monkeypatch, whole=True)
    finish_export(desk, export, b"rows", "entries.xlsx")

    with pytest.raises(NotPermitted, match="another"):
        fetch_export(clerk(desk), export)
    demoted = dataclasses.replace(seat.actor, grants=())
    with pytest.raises(NotPermitted):
        fetch_export(desk.acting_as(demoted), export)
    organizer = clerk(desk, Role.ORGANIZER).actor
    masked_only = dataclasses.replace(organizer, account_id=seat.actor.account_id)
    with pytest.raises(NotPermitted, match="no longer"):
        fetch_export(desk.acting_as(masked_only), export)


def test_three_files_at_a_time(desk: Desk, world: Listed, monkeypatch: pytest.MonkeyPatch) -> None:
    seat = clerk(desk)
    for _ in range(3):
        long_one(seat, world, monkeypatch)
    with pytest.raises(Blocked, match="3"):
        take(seat, world)
    with pytest.raises(NotPermitted):
        take(desk, world)


def finish(world: Listed) -> None:
    for event in world.events:
        event.state = EventState.AWARDED


@pytest.mark.parametrize(
    ("spoil", "refusal"),
    [
        (lambda world: setattr(world.events[0], "state", EventState.FINAL), Blocked),
        (lambda world: setattr(world.contest, "state", ContestState.DRAFT), WrongMoment),
        (lambda world: setattr(world.contest, "state", ContestState.CANCELLED), WrongMoment),
    ],
)
def test_only_a_finished_public_contest_is_copied(
    desk: Desk, world: Listed, spoil: Callable[[Listed], None], refusal: type[Exception]
) -> None:
    finish(world)
    spoil(world)
    with pytest.raises(refusal):
        copy_contest(clerk(desk, Role.ORGANIZER), world.contest)
    assert desk.session.scalars(select(Export)).all() == []


def test_a_copy_is_the_organizer_s(desk: Desk, world: Listed) -> None:
    finish(world)
    with pytest.raises(NotPermitted):
        copy_contest(clerk(desk), world.contest)
    seat = clerk(desk, Role.ORGANIZER)
    export = copy_contest(at(seat, desk.now), world.contest)
    assert (export.total, list(next_parts(export))) == (2, [world.events[0].id])
    finish_export(desk, export, b"zip", "copy.zip")
    assert fetch_export(seat, export) == b"zip"
    reviewer = dataclasses.replace(clerk(desk).actor, account_id=seat.actor.account_id)
    with pytest.raises(NotPermitted):
        fetch_export(desk.acting_as(reviewer), export)
