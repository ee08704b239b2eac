"""A site starts with its own secret and the real time, or not at all."""

from pathlib import Path

import pytest

from web.settings import Settings


def test_a_site_without_a_secret_does_not_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SECRET_KEY", raising=False)
    monkeypatch.delenv("DEMO", raising=False)

    with pytest.raises(SystemExit, match="SECRET_KEY"):
        Settings(secret_key="", demo=False).ready()


def test_a_demo_makes_its_secret_once_and_keeps_it_private(tmp_path: Path) -> None:
    var = tmp_path / "var"

    first = Settings(secret_key="", demo=True, var_dir=var).ready()
    second = Settings(secret_key="", demo=True, var_dir=var).ready()

    assert len(first.secret_key) > 40
    assert first.secret_key == second.secret_key
    assert (var / "secret").stat().st_mode & 0o077 == 0


def test_only_a_demo_runs_ahead_of_time() -> None:
    with pytest.raises(SystemExit, match="CLOCK_AHEAD"):
        Settings(secret_key="s", clock_ahead=5, demo=False).ready()
    assert Settings(secret_key="s", clock_ahead=5, demo=True).ready().clock_ahead == 5


def test_the_database_lies_in_the_data_folder_unless_told(tmp_path: Path) -> None:
    assert Settings(var_dir=tmp_path, database_url="").database.endswith("/jiangpu.sqlite")
    assert Settings(database_url="sqlite://").database == "sqlite://"
