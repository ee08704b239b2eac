"""Every pair of state and verb is in a table or refused, for every noun."""

import itertools

import pytest

from rules.errors import WrongMoment
from rules.lifecycle import TABLES, step, verbs


@pytest.mark.parametrize("noun", sorted(TABLES))
def test_every_pair_leads_on_or_is_refused(noun: str) -> None:
    table = TABLES[noun]
    states = list(type(next(iter(table))[0]))
    words = sorted({verb for _, verb in table})
    for state, verb in itertools.product(states, words):
        if (state, verb) in table:
            assert step(table, state, verb) is table[state, verb]
            assert verb in verbs(table, state)
        else:
            with pytest.raises(WrongMoment):
                step(table, state, verb)


@pytest.mark.parametrize("noun", sorted(TABLES))
def test_every_state_is_reached(noun: str) -> None:
    table = TABLES[noun]
    states = list(type(next(iter(table))[0]))
    reached = {states[0], *table.values()}

    assert reached == set(states)
