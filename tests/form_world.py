"""An event with questions of its own, for tests."""

from actions.desk import Desk
from actions.registration_forms import begin_form, change_form, release_form
from models.contests import Event
from models.registration_forms import RegistrationForm
from rules.registration_forms import (
    Audience,
    Condition,
    DataClass,
    Field,
    FieldKind,
    Form,
    Match,
    Page,
)

SECRET_ANSWER, SECRET_FILE = "甲状腺手术后三个月", "贺定波的社保记录"
WORKS = Condition("status", Match.IS, ("在职",))
ASKED = Form(
    (
        Page(
            "身份",
            (
                Field("status", FieldKind.CHOICE, "身份", required=True, options=("在职", "学生")),
                Field("hired_on", FieldKind.DATE, "入职日期", required=True, shown_if=WORKS),
                Field(
                    "health",
                    FieldKind.TEXT,
                    "健康情况",
                    data_class=DataClass.SENSITIVE,
                    retention_days=10,
                ),
            ),
        ),
        Page(
            "材料",
            (
                Field(
                    "proof",
                    FieldKind.FILE,
                    "在职证明",
                    required=True,
                    shown_if=WORKS,
                    data_class=DataClass.PERSONAL,
                    retention_days=30,
                ),
                Field("motto", FieldKind.TEXT, "口号", audience=Audience.PUBLIC, most="20"),
            ),
        ),
    ),
    core_off=("position",),
)


def asking(desk: Desk, event: Event, form: Form = ASKED) -> RegistrationForm:
    """Put a form to use in an event."""
    row = begin_form(desk, event, "empty")
    change_form(desk, event, row, form)
    release_form(desk, event, row)
    return row
