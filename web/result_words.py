"""Results in words: the keys that settle ties, and how an explanation is laid out."""

from flask_babel import gettext

MODULE = "module:"


def key_words(key: str) -> str:
    """Say what decided between equal totals."""
    if key.startswith(MODULE):
        return str(gettext("module %(code)s", code=key.removeprefix(MODULE)))
    return str(
        {
            "practice": gettext("the practice mark"),
            "theory": gettext("the theory mark"),
            "total_exact": gettext("the total before rounding"),
            "time": gettext("the time taken"),
            "age": gettext("age"),
            "draw": gettext("lots drawn by the committee"),
            "playoff": gettext("the play-off"),
            "shared": gettext("nothing more: the place is shared"),
        }.get(key, key)
    )
