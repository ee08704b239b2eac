"""Taking a list of the staff pages away as a file: by those it is shown to, recorded, bounded."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Select, SQLColumnExpression

from actions.desk import Desk
from actions.exports import checked_purpose
from rules.errors import Invalid, NotPermitted
from rules.list_terms import ExportKind
from rules.permits import Actor, Permit, Place, may, may_somewhere

LIST_KINDS: Final = (ExportKind.XLSX, ExportKind.CSV, ExportKind.PDF)
"""What a list can be taken away as; only a plain table is written while it is sent."""
MOST_ROWS: Final[Mapping[ExportKind, int]] = {ExportKind.XLSX: 5000, ExportKind.PDF: 1000}
"""Rows that go into a file its reader waits for."""
TYPED: Final = frozenset({"q", "person"})
"""Filters somebody types names into: the audit trail says that they were used, not what for."""


@dataclass(frozen=True, kw_only=True)
class ListSource:
    """One list as its page shows it: who may see it, where, and the rows its filters leave.

    ``place`` None stands for lists that show everybody the rows of the own scope;
    ``permits`` are alternatives.
    """

    name: str
    permits: tuple[Permit, ...]
    query: Select[Any]
    key: SQLColumnExpression[int]
    place: Place | None = None
    thing: str = ""
    filters: Mapping[str, str] = field(default_factory=dict)

    @property
    def told(self) -> str:
        """The filters for the audit trail, without the names somebody looked for."""
        used = ((name, value) for name, value in sorted(self.filters.items()) if value)
        return " ".join(f"{name}={'…' if name in TYPED else value}" for name, value in used)


def may_take(actor: Actor, source: ListSource) -> bool:
    """Whether the list is shown to this actor: what is shown may be taken away."""
    if source.place is None:
        return any(may_somewhere(actor, permit) for permit in source.permits)
    return any(may(actor, permit, source.place) for permit in source.permits)


def take_list(desk: Desk, source: ListSource, kind: ExportKind, purpose: str) -> tuple[int, ...]:
    """Fix and record which rows are taken away; returns their keys in the list's order.

    Raises ``NotPermitted`` to whom the list is not shown, ``Invalid`` without
    a purpose, for an empty list, or for more rows than the kind of file takes.
    """
    if not may_take(desk.actor, source):
        raise NotPermitted("Your role does not allow this here. Nothing was changed.")
    if kind not in LIST_KINDS:
        raise Invalid("A list is taken away as a workbook, a plain table or a PDF.")
    said = checked_purpose(purpose)
    keys = tuple(desk.session.scalars(source.query.with_only_columns(source.key)))
    if not keys:
        raise Invalid("The list is empty: there is nothing to take away.")
    check_size(kind, len(keys))
    desk.record(
        "export_list",
        source.thing or f"list:{source.name}",
        list=source.name,
        purpose=said,
        kind=kind.value,
        view=source.told,
        rows=len(keys),
    )
    return keys


def check_size(kind: ExportKind, rows: int) -> None:
    """Raise ``Invalid`` where a file its reader waits for would become too long."""
    most = MOST_ROWS.get(kind)
    if most is not None and rows > most:
        raise Invalid(
            "The list has %(rows)s rows; such a file takes at most %(most)s. Narrow the list, "
            "or take the plain table (csv), which has no limit. Nothing was made.",
            rows=rows,
            most=most,
        )
