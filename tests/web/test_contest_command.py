"""``flask contest trial``: JSON for a file that can be computed, one sentence for any other."""

import json
from pathlib import Path

import pytest
from flask import Flask

EXAMPLE = Path(__file__).parents[2] / "docs" / "rules" / "trial-example.json"


def test_the_example_is_computed(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["contest", "trial", str(EXAMPLE)])

    answer = json.loads(result.output)
    assert result.exit_code == 0
    assert [row["place"] for row in answer["ranks"]][:2] == [1, 2]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(b"{", "不是有效的 JSON", id="no-json"),
        pytest.param(b"\xff\xfe", "不是 UTF-8 文本", id="no-text"),
        pytest.param(b'{"format": 2}', "format", id="other-format"),
    ],
)
def test_what_cannot_be_computed_is_said_in_one_sentence(
    app: Flask, tmp_path: Path, content: bytes, words: str
) -> None:
    file = tmp_path / "trial.json"
    file.write_bytes(content)

    result = app.test_cli_runner().invoke(args=["contest", "trial", str(file)])

    assert (result.exit_code, result.stdout) == (2, "")
    assert words in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_missing_file_and_rules_that_do_not_fit(app: Flask, tmp_path: Path) -> None:
    runner = app.test_cli_runner()
    result = runner.invoke(args=["contest", "trial", str(tmp_path / "none.json")])
    assert (result.exit_code, "读不到文件" in result.stderr) == (2, True)

    trial = json.loads(EXAMPLE.read_text(encoding="utf-8"))
    trial["rules"]["tie_chain"] = ["+module:NONE"]
    file = tmp_path / "trial.json"
    file.write_text(json.dumps(trial), encoding="utf-8")
    result = runner.invoke(args=["contest", "trial", str(file)])

    assert result.exit_code == 2
    assert "module:NONE" in result.stderr
