"""What the site hands to an index, and the facets a reader may filter by."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Document:
    """One public page as an index sees it; ``key`` is ``kind:slug``.

    ``name`` is the person the page is about, ``boost`` multiplies its score
    (1.0 is neutral). Values are shown text, in Chinese as written.
    """

    key: str
    kind: str
    title: str
    name: str = ""
    trade: str = ""
    town: str = ""
    employer: str = ""
    family: str = ""
    level: str = ""
    honours: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    year: int | None = None
    text: str = ""
    published: dt.date | None = None
    boost: float = 1.0

    def __post_init__(self) -> None:
        """Refuse a document no engine could name or rank."""
        if not self.key.strip() or not self.kind.strip():
            raise ValueError("A document needs a key and a kind; nothing was indexed.")
        if not self.boost > 0:
            raise ValueError(f"The boost of {self.key} must be above zero; nothing was indexed.")


FACETS = ("kind", "trade", "family", "town", "level", "theme", "year")


def facet_values(document: Document) -> Mapping[str, tuple[str, ...]]:
    """Map each facet to the document's values for it; an empty value is left out."""
    values = {
        "kind": (document.kind,),
        "trade": (document.trade,),
        "family": (document.family,),
        "town": (document.town,),
        "level": (document.level,),
        "theme": document.themes,
        "year": (str(document.year or ""),),
    }
    return {facet: tuple(v for v in dict.fromkeys(held) if v) for facet, held in values.items()}
