"""The upload of a marking scheme."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired

from web.forms import Form


class SchemeForm(Form):
    """One xlsx file; what it may hold is checked where it is read."""

    file = FileField(_l("Marking scheme"), [FileRequired(_l("Choose the workbook first."))])
