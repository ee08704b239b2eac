"""The blueprint of judges and chief judges."""

from flask import Blueprint

from admin.judging.scales import scale_of
from rules.measures import parse_measure
from rules.schemes import Aspect
from web.errors import say

bp = Blueprint("judging", __name__, url_prefix="/judge")


bp.app_template_filter("scale")(scale_of)


@bp.app_template_filter()
def measure_words(aspect: Aspect) -> str:
    """Say how a measured value becomes points."""
    return say(parse_measure(aspect.measure or "direct", aspect.maximum).describe())
