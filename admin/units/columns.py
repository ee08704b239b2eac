"""What the columns of a list of workers are called on the page: as they stand in the workbook."""

from flask_babel import gettext

from adapters.worker_sheets import HEADS


def column_words(column: str) -> str:
    """Say a column; a fault of the whole row belongs to none."""
    return HEADS.get(column) or str(gettext("the whole row"))
