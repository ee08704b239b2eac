"""Every sentence of the contest rules has its Chinese."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
SPEAKERS = {"phrase", "Invalid", "Blocked", "MissingMark", "TooFewJudges", "SpreadTooWide"}
# Their sentences are translated with the nouns that show them.
ELSEWHERE = {"accounts", "errors", "lifecycle", "permits", "states", "terms", "text", "visibility"}
PLACES = re.compile(r"%\((\w+)\)s")


def sentences(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Call(func=ast.Name(id=name), args=[ast.Constant(value=str(text)), *_]):
                if name in SPEAKERS:
                    yield text
            case ast.Assign(targets=[ast.Name(id="message")], value=ast.Constant(value=str(text))):
                yield text
            case _:
                pass


def test_every_sentence_is_translated_with_its_places() -> None:
    chinese = {
        message.id: str(message.string)
        for path in (ROOT / "translations" / "zh_Hans").glob("*.po")
        for message in read_po(path.read_text(encoding="utf-8").splitlines())
        if message.id
    }
    spoken = {
        text
        for path in (ROOT / "rules").glob("*.py")
        if path.stem not in ELSEWHERE
        for text in sentences(path)
    }

    assert len(spoken) > 100
    assert not {text for text in spoken if not chinese.get(text)}
    assert all(set(PLACES.findall(chinese[text])) <= set(PLACES.findall(text)) for text in spoken)
