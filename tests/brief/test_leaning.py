import pytest

from detente.brief.leaning import leaning, points_back, quality, speaks_of_both
from detente.brief.statements import statements_of
from tests.making import made_event, made_report


@pytest.mark.parametrize(
    "text",
    [
        "Lima rejected the demand.",
        "Quito called it a threat and recalled its envoy.",
        "Their ministers will meet in May.",
        "In it Chile promised to pay.",
        "Bolivia denies this, and says the road is open.",
        "Lima called the remark dangerous.",
    ],
)
def test_what_needs_the_sentence_before(text):
    assert leaning(text)


@pytest.mark.parametrize(
    "text",
    [
        "Lima rejected the demand of its neighbour for the islands.",
        "Chile regretted the decision of President Paz to leave.",
        "Peru demanded that the general resign.",
        "Lima said that it would leave the treaty unless Quito honours it.",
        "President Paz criticised Chile without naming it.",
    ],
)
def test_what_stands_by_itself(text):
    assert not leaning(text)


def test_two_parties_unnamed_are_mostly_known():
    assert speaks_of_both("The two governments opened talks in May.")
    assert not leaning("The two governments opened talks in May.")
    assert points_back("Neither government has confirmed the meeting.")


def test_a_pronoun_that_can_be_named_is_no_fault():
    text = "Peru came. It expelled two envoys of Chile."
    report = made_report(text)
    sentence = "It expelled two envoys of Chile."
    known = made_event(report, sentence, "expelled", actor=(("Peru", "PER"),))
    unknown = made_event(report, sentence, "expelled")
    (named,), (bare,) = (statements_of([report], [event]) for event in (known, unknown))
    assert quality(named) > quality(bare)
