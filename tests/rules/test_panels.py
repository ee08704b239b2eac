"""Panels: a judge of the same employer is replaced."""

import pytest

from rules.errors import Blocked
from rules.panels import check_recusal
from tests.rules.vectors import vector

V03 = vector("v03")["conflict_of_interest_constructed"]


def test_the_panel_of_v03_waits_for_a_substitute() -> None:
    case = V03["case"]
    panel = {f"judge {at}": judge["org"] for at, judge in enumerate(case["judges"])}

    assert case["expect"].startswith("BLOCKED")
    with pytest.raises(Blocked, match="Name a substitute") as refusal:
        check_recusal(panel, case["competitor_org"])
    assert refusal.value.reasons == ("judge 0",)
    check_recusal({**panel, "judge 0": "丁"}, case["competitor_org"])


def test_the_self_employed_share_no_employer() -> None:
    check_recusal({"a": None}, None)
