"""Days counted from another event's."""

from __future__ import annotations

import pytest

from detente.resolve.dates import when_of
from tests.resolve.mentions import event_in, report_of


@pytest.mark.parametrize(
    ("text", "trigger", "edtf"),
    [
        ("They withdrew on 2 August 2018, six months after they gave notice.", "gave", "2018-02"),
        (
            "It left the pact on Friday, a day after a man killed 40 men.",
            "killed",
            "2018-10-18",
        ),
        ("It expelled the envoy, two days after Delhi revoked the law.", "revoked", "2018-10-22"),
        (
            "It came on 5 May 2018, three weeks before the talks began.",
            "talks",
            "2018-05-26~",
        ),
        ("He left two years after he had signed the pact.", "signed", "2016"),
    ],
)
def test_the_other_event_is_so_far_off(text: str, trigger: str, edtf: str) -> None:
    assert when_of(report_of(text), event_in(report_of(text), trigger)).edtf == edtf


def test_the_main_event_keeps_its_day() -> None:
    text = "They withdrew on 2 August 2018, six months after they gave notice."
    assert when_of(report_of(text), event_in(report_of(text), "withdrew")).edtf == "2018-08-02"


def test_another_clause_is_not_counted() -> None:
    text = "They withdrew on 2 August 2018, six months after the notice, and Cairo protested."
    assert when_of(report_of(text), event_in(report_of(text), "protested")).edtf != "2018-02"


def test_a_claim_came_after_what_it_claims() -> None:
    text = "Washington accused Moscow in July 2014 of testing a missile."
    report = report_of(text)
    assert when_of(report, event_in(report, "accused")).edtf == "2014-07"
    assert when_of(report, event_in(report, "testing", "alleged")).edtf == "../2014-07-31"


def test_the_day_of_an_answer_is_not_the_day_of_its_cause() -> None:
    text = "London on Monday expelled an envoy over the poisoning of a spy."
    report = report_of(text)
    assert when_of(report, event_in(report, "expelled")).edtf == "2018-10-22"
    assert when_of(report, event_in(report, "poisoning")).basis != "stated"
