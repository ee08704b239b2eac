"""``flask register load``: the district's frame, or tables of one's own."""

from pathlib import Path

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.occupations import Occupation
from models.organizations import Organization, Town


def test_the_districts_frame_is_loaded_without_invented_units(app: Flask, session: Session) -> None:
    runner = app.test_cli_runner()

    first = runner.invoke(args=["register", "load"])
    again = runner.invoke(args=["register", "load"])

    assert first.exit_code == 0, first.output
    assert session.scalar(select(func.count()).select_from(Occupation)) >= 40  # type: ignore[operator]
    assert session.scalars(select(Town)).first() is not None
    assert session.scalars(select(Organization)).all() == []
    assert "0 new, 0 changed" in again.output


def test_tables_of_ones_own_and_what_is_wrong_in_them(
    app: Flask, session: Session, tmp_path: Path
) -> None:
    runner = app.test_cli_runner()
    assert (
        "No table was found"
        in runner.invoke(args=["register", "load", "--from", str(tmp_path)]).output
    )
    (tmp_path / "industries.tsv").write_text(
        "code\tname\tenglish\tfamily\nx\t行业\tX\tmoon\n", "utf-8"
    )

    wrong = runner.invoke(args=["register", "load", "--from", str(tmp_path)])
    (tmp_path / "industries.tsv").write_text("code\tname\nx\t行业\n", "utf-8")
    short = runner.invoke(args=["register", "load", "--from", str(tmp_path)])

    assert (wrong.exit_code, short.exit_code) == (1, 1)
    assert "moon" in wrong.output
    assert "english" in short.output
