"""How the terms of search_index.analysis lie in a Whoosh index: no analysers of its own."""

import struct
import warnings
from collections.abc import Iterator, Mapping
from typing import Any

with warnings.catch_warnings():
    # Whoosh 2.7.4 is older than the rules its regular expressions break.
    warnings.filterwarnings("ignore", message="invalid escape", category=Warning)
    from whoosh import fields, formats
    from whoosh.columns import VarBytesColumn

from search_index.analysis import FIELDS, bags, sort_columns
from search_index.documents import Document, facet_values


class Weighed(fields.FieldType):  # type: ignore[misc] # the library ships no types
    """A field of ready terms with their weights."""

    def __init__(self) -> None:
        # Without a column of lengths Whoosh looks for its file once for each posting.
        super().__init__(formats.Existence(), None, scorable=True)

    def index(
        self, value: Mapping[str, float], **_: object
    ) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Yield each term as Whoosh posts it: bytes, frequency, weight, no value."""
        for term, weight in value.items():
            yield term.encode("utf8"), 1, weight, b""


def schema() -> Any:  # noqa: ANN401 - the library ships no types
    """Return the schema; only the key is stored, the rows live in the database."""
    columns = {name: fields.COLUMN(VarBytesColumn()) for name in ("published", "sortname", "boost")}
    weighed = {name: Weighed() for name in (*FIELDS, "facet")}
    return fields.Schema(key=fields.ID(stored=True, unique=True), **weighed, **columns)


def posting(document: Document) -> dict[str, object]:
    """Return the fields of ``document`` as the schema wants them."""
    published, name = sort_columns(document)
    facets = {
        f"{facet}:{value}": 1.0
        for facet, values in facet_values(document).items()
        for value in values
    }
    return {
        "key": document.key,
        **bags(document),
        "facet": facets,
        "published": published.encode(),
        "sortname": name.encode(),
        "boost": struct.pack("<d", document.boost),
    }


def read_boost(packed: bytes) -> float:
    """Return the boost packed by :func:`posting`; raises struct.error on other bytes."""
    boost: float = struct.unpack("<d", packed)[0]
    return boost
