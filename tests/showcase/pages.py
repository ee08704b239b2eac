"""What the page tests of the exhibition share."""

import re
from html import unescape

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests import public_world as world

MOST_QUERIES = 8
"""A public page asks the database at most this often."""


def words(client: FlaskClient, address: str, status: int = 200) -> str:
    """Open a page and return its text without tags."""
    answer = client.get(address)
    assert answer.status_code == status, address
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", answer.text)).split())


def queries(session: Session, client: FlaskClient, address: str) -> int:
    """Count what a page asks the database."""
    client.get(address)
    session.expire_all()
    with world.statements(session) as seen:
        assert client.get(address).status_code == 200
    return len(seen)
