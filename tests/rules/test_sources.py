"""Docstrings name pages and headings that are there."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_source_is_there() -> None:
    named = 0
    for path in sorted((ROOT / "rules").glob("*.py")):
        for page, heading in re.findall(
            r'(docs/rules/\w+\.md)(?:,\s+"([^"]+)")?', path.read_text(encoding="utf-8")
        ):
            text = (ROOT / page).read_text(encoding="utf-8")
            assert not heading or f"\n## {heading}\n" in text, (path.name, page, heading)
            named += 1
    assert named > 20
