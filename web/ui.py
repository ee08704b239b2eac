"""The internal page of components: each in its states, to be looked at in light, dark and large."""

from dataclasses import dataclass

from flask import Blueprint, Flask, render_template
from flask.typing import ResponseReturnValue
from wtforms import FileField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice

from rules import states
from web.forms import Form
from web.guard import public

bp = Blueprint("ui", __name__)


class SpecimenForm(Form):
    """One field of each kind."""

    line = StringField("证书编号")
    number = IntegerField("从业年限")
    text = TextAreaField("主要事迹")
    choice = RadioField(
        "现有职业技能等级",
        choices=[SelectChoice("3", "高级工（三级）"), SelectChoice("2", "技师（二级）")],
    )
    select = SelectField(
        "所在镇街", choices=[SelectChoice("a", "岑港街道"), SelectChoice("b", "金塘镇")]
    )
    file = FileField("近期免冠照片")


@dataclass(frozen=True)
class SpecimenPage:
    """A page of a long list."""

    number: int = 2
    last: int = 7


def register(app: Flask) -> None:
    """Attach the page."""
    app.register_blueprint(bp)


@bp.get("/_ui")
@public
def index() -> ResponseReturnValue:
    """Show every component."""
    form, wrong = SpecimenForm(None), SpecimenForm(None, prefix="w")
    wrong.line.errors = ["证书编号应为 16 位，你填了 15 位"]
    wrong.number.errors = ["从业年限要填数字，例如 6"]
    machines = [list(kind) for name, kind in vars(states).items() if name.endswith("State")]
    return render_template(
        "ui/index.html", form=form, wrong=wrong, machines=machines, page=SpecimenPage()
    )
