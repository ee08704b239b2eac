"""Which account holds which role, and how far it reaches."""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models.accounts import Account
from models.base import Base
from rules.permits import Grant, Role, Scope


class RoleGrant(Base):
    """One role of one account; ``scope_id`` names the contest, event, ... or is None site-wide."""

    __tablename__ = "role_grant"
    __table_args__ = (
        UniqueConstraint("account_id", "role", "scope", "scope_id"),
        CheckConstraint("(scope = 'site') = (scope_id IS NULL)", "site_iff_no_id"),
        CheckConstraint("(scope <> 'event') OR (contest_id IS NOT NULL)", "event_names_contest"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    role: Mapped[Role]
    scope: Mapped[Scope]
    scope_id: Mapped[int | None]
    contest_id: Mapped[int | None] = mapped_column(ForeignKey("contest.id"))
    granted_at: Mapped[dt.datetime]
    granted_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    account: Mapped[Account] = relationship(foreign_keys=[account_id])

    def as_grant(self) -> Grant:
        """Return the plain value the law of permits works on."""
        return Grant(self.role, self.scope, self.scope_id, self.contest_id)


def held_by_others(session: Session, role: Role, account_id: int) -> bool:
    """Whether an open account besides this one holds the role for the whole site."""
    others = (
        select(RoleGrant.id)
        .join(RoleGrant.account)
        .where(
            RoleGrant.role == role,
            RoleGrant.scope == Scope.SITE,
            RoleGrant.account_id != account_id,
            Account.is_active,
        )
    )
    return session.scalars(others.limit(1)).first() is not None


def grants_of(session: Session, account_id: int) -> tuple[Grant, ...]:
    """Read every role of one account."""
    rows: Sequence[RoleGrant] = session.scalars(
        select(RoleGrant).where(RoleGrant.account_id == account_id).order_by(RoleGrant.id)
    ).all()
    return tuple(row.as_grant() for row in rows)
