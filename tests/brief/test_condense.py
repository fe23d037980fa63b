import pytest

from detente.brief.condense import aggregated, cuts_of
from detente.brief.statements import statements_of
from detente.brief.wording import put
from detente.records import CitedSentence, passage_of
from tests.making import made_event, made_report

LONG = (
    "The president of Ukraine, who had come to the capital (his first visit), met the chancellor "
    "of Germany on Monday for talks on the pipeline, which critics call a weapon of Moscow, "
    "despite the hopes of both governments for an early end."
)
SHORT = "Trump met Putin, who had come to Paris."


def condensed(text: str, trigger: str, **fields) -> str:
    report = made_report(text)
    event = made_event(report, text, trigger, edtf="2018-10-22", **fields)
    (statement,) = statements_of([report], [event])
    return put(statement, [event], cuts_of(statement))[0]


def test_asides_in_which_nothing_coded_stands_are_cut():
    told = condensed(
        LONG, "met", actor=(("president of Ukraine", "UKR"),),
        recipient=(("chancellor of Germany", "DEU"),),
    )  # fmt: skip
    assert told == (
        "The president of Ukraine met the chancellor of Germany on 22 October 2018 for talks on "
        "the pipeline."
    )


def test_a_coded_party_keeps_its_aside_and_a_short_sentence_is_left():
    told = condensed(LONG, "met", recipient=(("critics", "DEU"),))
    assert "which critics call a weapon of Moscow" in told
    assert condensed(SHORT, "met").endswith("Trump met Putin, who had come to Paris.")


def cited(*texts: str, paragraph: str = "new") -> list[CitedSentence]:
    report = made_report(" ".join(texts))
    spans = [(report.text.index(t), report.text.index(t) + len(t)) for t in texts]
    return [
        CitedSentence(text=t, evidence=(passage_of(report, *s),), events=(t,), paragraph=paragraph)
        for t, s in zip(texts, spans, strict=True)
    ]


def test_two_sentences_of_one_subject_are_joined_with_all_they_cite():
    pair = cited("President Vladimir Putin signed a decree.", "Putin called for talks.")
    (joined,) = aggregated(pair, lambda _: True)
    assert joined.text == "President Vladimir Putin signed a decree, and called for talks."
    assert joined.evidence == (*pair[0].evidence, *pair[1].evidence)
    assert joined.events == (*pair[0].events, *pair[1].events)


@pytest.mark.parametrize(
    "texts",
    [
        ("Putin signed a decree.", "Trump called for talks."),
        ("Putin signed a decree and left.", "Putin called for talks."),
        ("Putin signed a decree.", "President Vladimir Putin called for talks."),
        ("Putin said: “No.”", "Putin called for talks."),
        ("Russia's ministry left.", "Russia's envoy called for talks."),
        ("Russia broke the pact, Paz said.", "Russia called for talks."),
    ],
)
def test_other_sentences_stay_apart(texts):
    pair = cited(*texts)
    assert aggregated(pair, lambda _: True) == tuple(pair)


def test_what_would_not_verify_stays_apart():
    pair = cited("Putin signed a decree.", "Putin called for talks.")
    assert aggregated(pair, lambda _: False) == tuple(pair)


def test_a_fuller_name_after_mr_is_the_same_man_s():
    pair = cited("Mr. Paz signed a decree.", "President Luis Paz called for talks.")
    (both,) = aggregated(pair, lambda _: True)
    assert both.text == "Mr. Paz signed a decree, and called for talks."


def test_the_last_of_a_list_is_no_aside():
    text = (
        "The ministry of finance on Friday froze the accounts of seven traders, of twelve firms "
        "that they own or control, and of some seventeen officials of the former government."
    )
    report = made_report(text)
    (statement,) = statements_of([report], [made_event(report, text, "froze")])
    assert cuts_of(statement) == []
