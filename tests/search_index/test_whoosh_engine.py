"""The Whoosh index guards itself: against damage, half writes, other rules and other writers."""

import dataclasses
import json
import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from whoosh import index

from search_index import generations, whoosh_engine, whoosh_snapshot
from search_index.desk import Desk
from search_index.engine import Batch, EngineBusy, EngineDamaged
from search_index.whoosh_engine import WhooshEngine
from tests.search_index.samples import ALL, NANNY, STORY, WELDER


@pytest.fixture
def engine(tmp_path: Path) -> WhooshEngine:
    made = WhooshEngine(tmp_path)
    made.rebuild(ALL, cursor=3)
    return made


def total(engine: WhooshEngine, query: str = "") -> int:
    return Desk(engine).search(query).hits.total


def test_without_an_index_it_says_so(tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path / "none")
    for ask in (engine.status, engine.vocabulary, lambda: engine.apply(Batch(), 1)):
        with pytest.raises(EngineDamaged, match="rebuild it"):
            ask()


def segment(folder: Path) -> Path:
    return max(folder.glob("gen-1/*.seg"), key=lambda file: file.stat().st_size)


def zero(file: Path) -> None:
    data = bytearray(file.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 64] = bytes(64)
    file.write_bytes(data)


def truncate(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2)


@pytest.mark.parametrize("harm", [zero, truncate, Path.unlink])
def test_damage_is_seen_at_the_start(engine: WhooshEngine, tmp_path: Path, harm: object) -> None:
    harm(segment(tmp_path))  # type: ignore[operator]
    again = WhooshEngine(tmp_path)
    with pytest.raises(EngineDamaged):
        total(again)
    with pytest.raises(EngineDamaged):
        engine.verify()


def test_damage_once_seen_is_refused_without_another_look(
    engine: WhooshEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    zero(segment(tmp_path))
    again = WhooshEngine(tmp_path)
    with pytest.raises(EngineDamaged):
        again.vocabulary()
    monkeypatch.setattr(time, "sleep", lambda _: pytest.fail("waited again"))
    with pytest.raises(EngineDamaged):
        again.vocabulary()
    again.rebuild(ALL, cursor=4)
    assert total(again) == len(ALL)
    assert engine.status().generation == 2


@pytest.mark.parametrize("text", ["", "{", "[]", '{"cursor": 1}'])
def test_a_stamp_nobody_can_read_is_damage(engine: WhooshEngine, tmp_path: Path, text: str) -> None:
    (tmp_path / "gen-1" / "stamp.json").write_text(text)
    with pytest.raises(EngineDamaged):
        total(WhooshEngine(tmp_path))


@pytest.mark.parametrize("name", ["gen-9", "../elsewhere", "", "\udcff"])
def test_a_pointer_to_nowhere_is_damage(engine: WhooshEngine, tmp_path: Path, name: str) -> None:
    (tmp_path / "current").write_bytes(name.encode("utf8", "surrogateescape"))
    with pytest.raises(EngineDamaged):
        engine.status()


def test_other_rules_of_analysis_need_a_rebuild(
    engine: WhooshEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whoosh_engine, "fingerprint", lambda: "other")
    with pytest.raises(EngineDamaged, match="other rules"):
        total(WhooshEngine(tmp_path))
    with pytest.raises(EngineDamaged, match="other rules"):
        engine.apply(Batch(), cursor=4)


def test_a_commit_without_its_stamp_is_noticed(engine: WhooshEngine, tmp_path: Path) -> None:
    writer = index.open_dir(str(tmp_path / "gen-1")).writer()
    writer.delete_by_term("key", WELDER.key)
    writer.commit()
    with pytest.raises(EngineDamaged):
        total(WhooshEngine(tmp_path))


def test_a_running_reader_keeps_its_snapshot_until_the_stamp(
    engine: WhooshEngine, tmp_path: Path
) -> None:
    reader = WhooshEngine(tmp_path)
    assert total(reader) == len(ALL)
    engine.apply(Batch(deletes=(NANNY.key,)), cursor=4)
    assert total(reader) == len(ALL) - 1
    engine.rebuild(ALL, cursor=5)
    assert total(reader) == len(ALL)


def test_a_failed_batch_changes_nothing(
    engine: WhooshEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(whoosh_engine, "posting", full)
        with pytest.raises(OSError, match="No space"):
            engine.apply(Batch(upserts=(STORY,), deletes=(NANNY.key,)), cursor=9)
    again = WhooshEngine(tmp_path)
    assert (total(again), again.status().cursor) == (len(ALL), 3)
    again.apply(Batch(deletes=(NANNY.key,)), cursor=10)
    assert total(again) == len(ALL) - 1


def test_a_failed_rebuild_leaves_the_old_index(engine: WhooshEngine, tmp_path: Path) -> None:
    def documents() -> object:
        yield WELDER
        raise RuntimeError("The database went away.")

    with pytest.raises(RuntimeError):
        engine.rebuild(documents(), cursor=4)  # type: ignore[arg-type]
    assert total(WhooshEngine(tmp_path)) == len(ALL)
    assert engine.status().generation == 1


def test_one_old_generation_is_kept(engine: WhooshEngine, tmp_path: Path) -> None:
    for cursor in range(4, 8):
        engine.rebuild(ALL, cursor=cursor)
    assert sorted(p.name for p in tmp_path.glob("gen-*")) == ["gen-4", "gen-5"]


def test_a_second_writer_is_told_to_wait(
    engine: WhooshEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whoosh_engine, "LOCK_SECONDS", 0.05)
    holding = index.open_dir(str(tmp_path / "gen-1")).writer()
    with pytest.raises(EngineBusy, match="nothing was written"):
        engine.apply(Batch(deletes=(NANNY.key,)), cursor=4)
    holding.cancel()
    assert engine.status().cursor == 3


def test_a_full_disk_is_refused_before_writing(
    engine: WhooshEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=0))
    with pytest.raises(EngineBusy, match="too full"):
        engine.apply(Batch(), cursor=4)
    with pytest.raises(EngineBusy, match="too full"):
        engine.rebuild(ALL, cursor=4)


def test_nothing_ever_refreshes_a_searcher() -> None:
    # Searcher.refresh() of the forks brings deleted pages back.
    folder = Path(whoosh_snapshot.__file__).parent
    assert [file.name for file in folder.glob("*.py") if ".refresh(" in file.read_text()] == []


def test_deleted_pages_stay_deleted_through_many_commits(engine: WhooshEngine) -> None:
    for step in range(12):
        changed = dataclasses.replace(STORY, text=f"第{step}稿", key=f"story:{step}")
        engine.apply(Batch(upserts=(changed,), deletes=(f"story:{step - 1}",)), cursor=10 + step)
    assert total(engine) == len(ALL) + 1
    engine.verify()


def test_threads_share_a_snapshot(engine: WhooshEngine) -> None:
    wrong: list[object] = []

    def ask() -> None:
        asked = ("贺定波", "焊工", "月嫂", "hdb", "鱼鳞焊") * 8
        wrong.extend(q for q in asked if not Desk(engine).search(q).hits.total)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_the_stamp_speaks_for_every_file(engine: WhooshEngine, tmp_path: Path) -> None:
    stamp = json.loads((tmp_path / "gen-1" / "stamp.json").read_text())
    assert set(stamp["files"]) == set(generations.names(tmp_path / "gen-1"))
    assert all(len(digest) == 64 for digest in stamp["files"].values())


def test_importing_the_package_loads_no_dictionary() -> None:
    code = (
        "import sys, search_index, search_index.desk, search_index.names\n"
        "heavy = {'whoosh', 'rjieba', 'opencc', 'pypinyin'} & set(sys.modules)\n"
        "sys.exit(str(heavy) if heavy else 0)"
    )
    ran = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)  # noqa: S603 - our own interpreter and code
    assert ran.returncode == 0, ran.stderr
