"""Industries and occupations of the register."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from rules.terms import Family


class Industry(Base):
    """One of the district's industries; it decides the craft family of a plate."""

    __tablename__ = "industry"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(32), unique=True)
    name: Mapped[str] = mapped_column(String(40), unique=True)
    english: Mapped[str] = mapped_column(String(80))
    family: Mapped[Family]
    position: Mapped[int] = mapped_column(default=0)


class Occupation(Base):
    """An occupation (职业/工种); ``code`` is the official one or None where nobody verified it."""

    __tablename__ = "occupation"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40), unique=True)
    english: Mapped[str] = mapped_column(String(80), default="")
    code: Mapped[str | None] = mapped_column(String(20), unique=True)
    industry_id: Mapped[int] = mapped_column(ForeignKey("industry.id"), index=True)
    synonyms: Mapped[list[str]] = mapped_column(default=list)
    plate: Mapped[str] = mapped_column(String(40), default="")

    industry: Mapped[Industry] = relationship()
