from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from detente.assess.next_recipients import next_recipients
from detente.assess.occurrences import occurrences_of_rows
from detente.assess.told import recipients_frame
from detente.errors import NoForecast

FIRST = date(2018, 1, 1)


def a_year():
    """A acts on B most weeks and on C now and then; D acts on E."""
    random = np.random.default_rng(2)
    rows = []
    for week in range(52):
        day = FIRST + timedelta(weeks=week)
        for actor, recipient, share in (("A", "B", 0.9), ("A", "C", 0.2), ("D", "E", 0.7)):
            if random.random() < share:
                rows.append((actor, recipient, "ACCUSE", day, day))
    return occurrences_of_rows(rows)


def test_the_usual_recipient_comes_first_with_the_record_beside_it():
    issued = datetime(2018, 12, 30, tzinfo=UTC)
    found = next_recipients(a_year(), "A", ("ACCUSE",), issued=issued, days=7)
    assert found.recipients[:2] == ("B", "C")
    assert "A" not in found.recipients[:3]
    best = max(found.records.values(), key=lambda record: record["mrr"])
    assert found.records[found.forecaster] == best
    assert found.queries >= 20
    frame = recipients_frame(found)
    assert frame["recipient"].to_list() == list(found.recipients)
    assert (frame["recurrency mrr"] > 0).all()


@pytest.mark.parametrize(
    ("actor", "issued", "said"),
    [
        ("Z", datetime(2018, 12, 30, tzinfo=UTC), "Z did nothing to anyone"),
        ("B", datetime(2018, 12, 30, tzinfo=UTC), "B did nothing to anyone"),
        ("A", datetime(2018, 2, 1, tzinfo=UTC), "takes 12 steps with events and 20 queries"),
    ],
)
def test_what_cannot_be_judged_is_not_told(actor, issued, said):
    with pytest.raises(NoForecast, match=said):
        next_recipients(a_year(), actor, ("ACCUSE",), issued=issued, days=7)
