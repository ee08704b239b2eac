"""Loads studios, selection rounds and public notices, each moved to where the files say it is."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Any, TypeVar

from actions.notices import NoticeText, publish_notice, write_notice
from actions.selection import (
    CandidateText,
    RoundText,
    create_round,
    enter_candidate,
    move_candidate,
    move_round,
)
from actions.studios import StudioText, enter_studio, move_studio
from models.selection import Candidate, SelectionRound
from rules.lifecycle import CANDIDATE_STEPS, ROUND_STEPS, STUDIO_STEPS
from rules.states import CandidateState, RoundState, StudioState
from rules.terms import ContestLevel, NoticeKind
from web.world import files
from web.world.cast import World

S = TypeVar("S", bound=StrEnum)
OFFICER = "officer"


def path(table: Mapping[tuple[S, str], S], start: S, goal: S) -> list[str]:
    """Find the shortest row of verbs that leads from one state to another."""
    ways: dict[S, list[str]] = {start: []}
    queue = [start]
    while queue:
        state = queue.pop(0)
        for (at, verb), after in table.items():
            if at == state and after not in ways:
                ways[after] = [*ways[state], verb]
                queue.append(after)
    return ways[goal]


def load(world: World) -> None:
    """Load the three."""
    for row in files.document("studios.yaml")["studios"]:
        _studio(world, row)
    selection = files.document("selection.yaml")
    for row in selection["rounds"]:
        _round(world, row, selection)
    for front, body in files.texts("notices"):
        _notice(world, front, body)


def _studio(world: World, row: dict[str, Any]) -> None:
    officer = world.seat(OFFICER)
    studio = enter_studio(
        officer,
        StudioText(
            slug=row["slug"],
            name=row["name"],
            leader=world.people[row["leader"]],
            host=world.organizations[row["host"]],
            occupation=world.occupations[row["occupation"]],
            level=ContestLevel(row["level"]),
            summary=row["summary"],
            members=row["members"] or [],
            projects=row["projects"] or [],
        ),
    )
    for verb in path(STUDIO_STEPS, StudioState.APPLIED, StudioState(row["state"])):
        move_studio(
            officer,
            studio,
            verb,
            on=files.day(row["established_on"]),
            until=files.day(row["term_ends_on"]),
        )


def _round(world: World, row: dict[str, Any], selection: dict[str, Any]) -> None:
    officer = world.seat(OFFICER, files.moment(f"{row['opens_on']}T09:00"))
    selection_round = create_round(
        officer,
        RoundText(
            slug=row["slug"],
            name=row["name"],
            year=row["year"],
            places=row["places"],
            doc_no=row["doc_no"],
            rules={
                "indicators": selection["indicators"],
                "conditions": selection["conditions"],
                "quotas": row["quotas"],
                "process": row["process"],
                "legal": row["legal"],
            },
            summary=row["summary"],
            opens_on=files.day(row["opens_on"]),
            closes_on=files.day(row["closes_on"]),
        ),
    )
    verbs = path(ROUND_STEPS, RoundState.DRAFT, RoundState(row["state"]))
    for verb in verbs[:1]:
        move_round(officer, selection_round, verb)
    candidates = [(_candidate(world, selection_round, entry), entry) for entry in row["candidates"]]
    closed = replace(officer, now=files.moment(f"{row['closes_on']}T17:00") or officer.now)
    for verb in verbs[1:]:
        move_round(closed, selection_round, verb)
    for candidate, entry in candidates:
        for verb in path(CANDIDATE_STEPS, CandidateState.APPLIED, CandidateState(entry["state"])):
            move_candidate(closed, candidate, verb, reason=entry.get("reason") or "按规则未入选")


def _candidate(world: World, selection_round: SelectionRound, entry: dict[str, Any]) -> Candidate:
    return enter_candidate(
        world.seat(OFFICER),
        selection_round,
        world.people[entry["person"]],
        CandidateText(
            category=entry["category"],
            unit=world.organizations.get(entry["unit"]),
            recommender=world.organizations.get(entry["recommender"]),
            summary=entry["summary"],
        ),
    )


def _notice(world: World, front: dict[str, Any], body: str) -> None:
    published: dt.datetime | None = files.moment(front["published_at"])
    officer = world.seat(OFFICER, published)
    notice = write_notice(
        officer,
        NoticeText(
            number=front["number"],
            title=front["title"],
            kind=NoticeKind(front["kind"]),
            body=body,
            doc_no=front["doc_no"],
            issuer=front["issuer"],
            signed_on=files.day(front["signed_on"]),
            closes_on=files.day(front["closes_on"]),
            contest=world.contests.get(front["contest"] or ""),
        ),
    )
    publish_notice(officer, notice)
