"""Penalties: the published list, first time and second."""

from decimal import Decimal

from rules.penalties import Offence, Sanction, sanction
from tests.rules.vectors import vector

V10 = vector("v10")["penalties"]


def test_the_list_of_v10() -> None:
    assert V10["interference"] == "first warning -5, second: result cancelled"
    once = sanction([(Offence.INTERFERENCE, "A")])
    twice = sanction([(Offence.INTERFERENCE, "A"), (Offence.INTERFERENCE, "B")])

    assert once == Sanction(penalty=Decimal(5))
    assert twice == Sanction(penalty=Decimal(5), disqualified=True)
    assert V10["forbidden file"] == "module cancelled"
    assert sanction([(Offence.FORBIDDEN_FILE, "B")] * 2) == Sanction(cancelled=("B",))
    assert V10["phone or storage"] == "event cancelled"
    assert sanction([(Offence.PHONE, "A")]).disqualified
    assert sanction([]) == Sanction()
