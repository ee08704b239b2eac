"""Forms of the draw."""

from web.forms import Form


class DeedForm(Form):
    """A deed that needs no more than the token."""
