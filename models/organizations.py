"""Towns and organizations."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.occupations import Industry
from rules.terms import OrganizationKind, TownKind


class Town(Base):
    """A town, street or park of the district."""

    __tablename__ = "town"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(32), unique=True)
    name: Mapped[str] = mapped_column(String(40), unique=True)
    english: Mapped[str] = mapped_column(String(80), default="")
    kind: Mapped[TownKind]
    position: Mapped[int] = mapped_column(default=0)


class Organization(Base):
    """An employer, school, association or office that takes part in the programme."""

    __tablename__ = "organization"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    short_name: Mapped[str] = mapped_column(String(40), default="")
    kind: Mapped[OrganizationKind]
    town_id: Mapped[int | None] = mapped_column(ForeignKey("town.id"), index=True)
    industry_id: Mapped[int | None] = mapped_column(ForeignKey("industry.id"), index=True)
    may_self_assess: Mapped[bool] = mapped_column(default=False)

    town: Mapped[Town | None] = relationship()
    industry: Mapped[Industry | None] = relationship()
