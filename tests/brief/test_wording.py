import pytest

from detente.brief.datewords import is_relative
from detente.brief.statements import statements_of
from detente.brief.wording import put, tidied
from tests.making import made_event, made_report, passage


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


def test_a_time_told_from_another_gives_way_to_the_date():
    told = worded("On the same day Iran freed four men.", "freed", edtf="2016-01")
    assert told == "In January 2016, Iran freed four men."
    told = worded("The EU imposed sanctions the following month.", "imposed", edtf="2020-10")
    assert told == "In October 2020, the EU imposed sanctions."


def test_a_month_gets_its_year_from_the_event_it_dates():
    told = worded("They met in Hamburg in July.", "met", edtf="2017-07", time="July")
    assert told == "They met in Hamburg in July 2017."


def test_a_week_is_told_by_its_monday():
    told = worded(
        "Kim threatened last week to resume tests.", "threatened",
        edtf="2018-10-15/2018-10-21", time="last week",
    )  # fmt: skip
    assert told == "Kim threatened in the week of 15 October 2018 to resume tests."


def said(text: str, name: str, country: str) -> str:
    from dataclasses import replace

    from detente.records import Entity, Participant

    report = made_report(f"{name} came. {text}")
    entity = Entity(id=name, name=name, country=country, sectors=("GOV",))
    speaker = Participant(passage=passage(report, name), entity=entity)
    event = replace(made_event(report, text, text.split()[1], edtf=""), speaker=speaker)
    (statement,) = statements_of([report], [event])
    return put(statement, [event])[0]


def test_a_speaker_is_named_once():
    assert said("He said talks had failed.", "Stephen Biegun", "USA") == (
        "Stephen Biegun said talks had failed."
    )
    assert said("Stephen Biegun said talks had failed.", "Stephen Biegun", "USA") == (
        "Stephen Biegun said talks had failed."
    )
    assert said("Talks had failed.", "Stephen Biegun", "USA") == (
        "Talks had failed, Stephen Biegun said."
    )


def test_its_envoy_gets_the_state_s_name():
    text = "Russia objected. Its envoy met the minister."
    report = made_report(text)
    event = made_event(
        report, "Its envoy met the minister.", "met", edtf="", actor=(("envoy", "RUS"),)
    )
    (statement,) = statements_of([report], [event])
    told, evidence = put(statement, [event])
    assert told == "Russia's envoy met the minister."
    assert [p.text for p in evidence] == ["Its envoy met the minister.", "Russia"]


def test_a_guess_is_not_put_first():
    from dataclasses import replace
    from datetime import date

    report = made_report("Trump left.")
    event = made_event(report, "Trump left.", "left", edtf="2018-07~", basis="inferred")
    guess = replace(event, when=replace(event.when, earliest=date(2018, 7, 1)))
    (statement,) = statements_of([report], [guess])
    assert put(statement, [guess])[0] == "Trump left."


def test_plans_quotations_and_years_of_treaties_and_the_day_put_first():
    text = "The two men had planned to meet."
    assert worded(text, "planned", status="planned", edtf="2018-08-07") == text
    text = "“No,” said Paz."
    assert worded(text, "said", edtf="2018-08-07") == text
    told = worded("Peru broke the 1998 treaty.", "broke", edtf="2018-05")
    assert told == "In May 2018, Peru broke the 1998 treaty."
    text = "Peru left the Pact of 1998."
    pact = passage(made_report(text), "the Pact of 1998")
    told = worded(text, "left", edtf="2018-05", agreement=pact)
    assert told == "In May 2018, Peru left the Pact of 1998."


def test_a_weekday_that_is_not_the_event_s_stays_as_it_is():
    told = worded("Bolton met Putin on Tuesday.", "met", edtf="2018-10-24", time="Tuesday")
    assert told == "Bolton met Putin on Tuesday."


def test_a_day_is_told_once_and_old_news_by_its_report():
    from detente.brief.dating import as_reported_on, without_day

    before = "In January 2016, Iran freed four men."
    assert without_day("In January 2016, the EU lifted sanctions.", before) == (
        "The EU lifted sanctions."
    )
    assert without_day("In May 2016, the EU met.", before) == "In May 2016, the EU met."
    report = made_report(
        "The EU lifted sanctions. It did so on 3 May 2016.", published="2016-01-17"
    )
    events = [made_event(report, s, s[:6]) for s in report.text.split(" It", 1)[:1]]
    (statement,) = statements_of([report], events)
    assert as_reported_on("The EU lifted sanctions.", statement) == (
        "As Northern Wire reported on 17 January 2016, the EU lifted sanctions."
    )
    dated = "On 3 May 2016 the EU met."
    assert as_reported_on(dated, statement) == dated


def test_a_dateline_with_a_hyphen_goes():
    assert tidied("LIMA/QUITO, Sept 29, 2020 - Peru left.") == "Peru left."
