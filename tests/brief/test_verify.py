import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.brief.verify import names_of, verify_sentence
from detente.errors import UncitedStatement
from detente.records import CitedSentence
from tests.making import made_event, made_report, passage

TEXT = "Trump expelled 60 Russian diplomats on Monday. Bolton was in Moscow. They met on Nov. 11."
REPORT = made_report(TEXT)
REPORTS = {REPORT.id: REPORT}
FIRST = passage(REPORT, "Trump expelled 60 Russian diplomats on Monday.")


def cited(text: str, *evidence) -> CitedSentence:
    return CitedSentence(text=text, evidence=evidence or (FIRST,))


def stands(sentence: CitedSentence) -> bool:
    try:
        verify_sentence(sentence, REPORTS)
    except UncitedStatement:
        return False
    return True


def test_a_sentence_in_the_passage_s_own_words_stands():
    assert stands(cited("Trump expelled 60 Russian diplomats."))


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("Putin expelled 60 Russian diplomats.", "Putin"),
        ("Trump expelled 61 Russian diplomats.", "61"),
        ("Trump expelled 60 Russian diplomats in March 2018.", "March 2018"),
        ("Trump probably expelled 60 Russian diplomats.", "probably"),
        ("In Moscow, Trump expelled 60 Russian diplomats.", "Moscow"),
    ],
)
def test_what_no_passage_says_is_refused_by_name(text, about):
    with pytest.raises(UncitedStatement, match=about):
        verify_sentence(cited(text), REPORTS)


def test_a_second_passage_carries_what_the_first_does_not():
    text = "Bolton was in Moscow; Trump expelled 60."
    assert stands(cited(text, FIRST, passage(REPORT, "Bolton was in Moscow")))
    assert not stands(cited(text, FIRST))


def test_a_resolved_date_of_a_told_event_may_stand_for_a_relative_one():
    event = made_event(REPORT, FIRST.text, "expelled", edtf="2018-03-26")
    text = "On 26 March 2018, Trump expelled 60 Russian diplomats."
    verify_sentence(cited(text), REPORTS, [event])
    with pytest.raises(UncitedStatement, match="26 March 2018"):
        verify_sentence(cited(text), REPORTS)


def test_an_abbreviated_month_carries_the_full_one():
    told = passage(REPORT, "They met on Nov. 11.")
    assert stands(cited("They met on 11 November.", told))
    assert not stands(cited("They met on 12 November.", told))


def test_a_passage_that_is_not_the_report_s_own_words_is_refused():
    forged = type(FIRST)(report=REPORT.id, start=0, end=5, text="Putin")
    with pytest.raises(UncitedStatement, match="own words"):
        verify_sentence(cited("He left.", forged), REPORTS)


def test_without_evidence_there_is_no_sentence():
    with pytest.raises(ValueError, match="no evidence"):
        CitedSentence(text="Trump left.", evidence=())


@given(st.sampled_from(["Merkel", "Xi", "Kyiv", "NATO", "Bundestag"]), st.integers(0, 5))
def test_a_name_put_anywhere_but_in_the_passage_is_found(name, position):
    words = ["the", "president", "expelled", "many", "diplomats"]
    words.insert(position, name)
    assert name in names_of(" ".join(words))
    with pytest.raises(UncitedStatement):
        verify_sentence(cited(" ".join(words)), REPORTS)
