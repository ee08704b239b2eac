"""Pages of long lists."""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from flask import request
from sqlalchemy import Select, func, select

from web.db import db

T = TypeVar("T")
MAX_PAGE = 10_000


@dataclass(frozen=True)
class Page(Generic[T]):
    """One page of rows: ``number`` counts from 1."""

    rows: list[T]
    number: int
    size: int
    total: int

    @property
    def last(self) -> int:
        """Number of the last page, at least 1."""
        return max(1, -(-self.total // self.size))


def asked_page() -> int:
    """Return the page number of the address, 1 where it makes no sense."""
    number = request.args.get("page", 1, type=int)
    return number if 1 <= number <= MAX_PAGE else 1


def paged(query: Select[Any], *, size: int = 40) -> Page[Any]:
    """Run a query for the page the address asks for: one count, one page of rows."""
    number = asked_page()
    total = db.session.scalar(select(func.count()).select_from(query.order_by(None).subquery()))
    rows = db.session.scalars(query.limit(size).offset((number - 1) * size)).all()
    return Page(list(rows), number, size, total or 0)
