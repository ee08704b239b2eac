"""Keys that settle ties are said in words; what is unknown is shown as it is."""

import pytest
from flask import Flask

from web.result_words import key_words


@pytest.mark.parametrize(
    ("key", "words"),
    [("practice", "实操成绩"), ("module:B", "模块 B"), ("age", "年龄"), ("wind", "wind")],
)
def test_a_key_is_said_in_words(app: Flask, key: str, words: str) -> None:
    with app.test_request_context("/"):
        assert key_words(key) == words
