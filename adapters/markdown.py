"""Markdown to HTML: a small, safe dialect; what is not listed is not there."""

from functools import cache

import nh3
from markdown_it import MarkdownIt

TAGS = {"p", "h2", "h3", "h4", "em", "strong", "blockquote", "ul", "ol", "li", "hr", "br", "a"}
TABLE = {"table", "thead", "tbody", "tr", "th", "td"}


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("js-default", {"breaks": False, "linkify": False})


def render(text: str) -> str:
    """Render a story or a notice; raw HTML shows as text, links are http, https or mailto only."""
    html = _parser().render(text)
    return nh3.clean(
        html,
        tags=TAGS | TABLE,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener nofollow",
    )


def count_characters(text: str) -> int:
    """Count what a reader reads: every character but white space and Markdown's signs."""
    return sum(1 for char in text if not char.isspace() and char not in "#*>_`|-")
