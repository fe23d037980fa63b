import pytest

from detente.brief.datewords import in_words, is_relative
from detente.brief.statements import statements_of
from detente.brief.wording import put, tidied
from tests.making import made_event, made_report, passage


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2018-11-11", "on 11 November 2018"),
        ("2018-11", "in November 2018"),
        ("2018", "in 2018"),
        ("2018-11~", "in about November 2018"),
        ("2018-10/2018-12", ""),
        ("2018-21", ""),
        ("", ""),
    ],
)
def test_dates_in_words(edtf, words):
    assert in_words(edtf) == words


@pytest.mark.parametrize(("phrase", "relative"), [("next month", True), ("in May 2018", False)])
def test_relative_dates(phrase, relative):
    assert is_relative(phrase) is relative


def worded(text: str, trigger: str, **fields) -> str:
    report = made_report(text)
    time = fields.pop("time", None)
    if time:
        fields["time"] = passage(report, time)
    event = made_event(report, text.rsplit("\n", maxsplit=1)[-1], trigger, **fields)
    (statement,) = statements_of([report], [event])
    return put(statement, [event])[0]


def test_a_relative_date_becomes_a_calendar_date():
    told = worded(
        "They plan to meet in Paris next month.", "meet", edtf="2018-11", time="next month"
    )
    assert told == "They plan to meet in Paris in November 2018."


def test_on_tuesday_keeps_one_preposition():
    told = worded("Bolton met Putin on Tuesday.", "met", edtf="2018-10-23", time="Tuesday")
    assert told == "Bolton met Putin on 23 October 2018."


def test_a_date_is_put_first_where_the_sentence_tells_none():
    assert worded("The ministers met.", "met", edtf="2018-07") == "In July 2018, the ministers met."
    assert worded("Trump left.", "left", edtf="2018-07") == "In July 2018, Trump left."


def test_a_date_known_only_from_publication_is_not_put_first():
    assert worded("Trump left.", "left", edtf="2018-10-24", basis="publication") == "Trump left."


def test_a_pronoun_that_opens_the_sentence_is_named():
    text = "Putin received Bolton in May 2018.\nHe thanked him in June 2018."
    report = made_report(text)
    event = made_event(report, "He thanked him in June 2018.", "thanked", edtf="2018-06")
    putin = made_event(
        report, "Putin received Bolton in May 2018.", "received", actor=(("Putin", "RUS"),)
    )
    he = type(putin.actor[0])(passage=passage(report, "He"), entity=putin.actor[0].entity)
    event = type(event)(**{**{f: getattr(event, f) for f in event.__slots__}, "actor": (he,)})
    (statement,) = statements_of([report], [event])
    told, evidence = put(statement, [event])
    assert told == "Putin thanked him in June 2018."
    assert [p.text for p in evidence] == ["He thanked him in June 2018.", "Putin"]


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("MOSCOW (Northern Wire) — Putin left.", "Putin left."),
        ("” After the summit, he  left..", "After the summit, he left."),
        ("“Yes,” he said .", "“Yes,” he said."),
    ],
)
def test_tidied(text, clean):
    assert tidied(text) == clean
