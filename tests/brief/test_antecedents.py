from dataclasses import replace

import pytest

from detente.brief.antecedents import shorter
from detente.brief.statements import statements_of
from detente.brief.wording import put
from detente.records import Entity, Participant
from tests.making import made_event, made_report, passage


def told(before: str, sentence: str, trigger: str, words: str, name: str, **entity) -> str:
    """``sentence`` after ``before``, whose actor was read from ``words`` and is called ``name``."""
    report = made_report(f"{before} {sentence}")
    event = made_event(report, sentence, trigger, edtf="")
    fields = {"id": name, "name": name, "country": "PER", "sectors": ("GOV",), **entity}
    party = Participant(passage=passage(report, words), entity=Entity(**fields))
    (statement,) = statements_of([report], [replace(event, actor=(party,))])
    return put(statement, statement.events)[0]


@pytest.mark.parametrize(
    ("before", "named"),
    [
        ("Foreign Minister Ana Soto came.", "Foreign Minister Ana Soto left."),
        ("On Monday Foreign Minister Ana Soto came.", "Foreign Minister Ana Soto left."),
        ("Peru's foreign minister, Ana Soto, came.", "Peru's foreign minister, Ana Soto, left."),
        (
            "The spokeswoman of Peru's navy, Ana Soto, came.",
            "The spokeswoman of Peru's navy, Ana Soto, left.",
        ),
        ("Ana Soto, the navy's spokeswoman, came.", "Ana Soto, the navy's spokeswoman, left."),
        ("Here came Ana Soto.", "Ana Soto left."),
    ],
)
def test_a_person_is_named_as_the_report_introduced_her(before, named):
    assert told(before, "She left.", "left", "Ana Soto", "Ana Soto", office="minister") == named


def test_a_ministry_keeps_its_article_and_its_last_word_is_no_name():
    before = "The foreign ministry in Lima spoke."
    name = "foreign ministry in Lima"
    assert told(before, "It protested.", "protested", name, name) == (
        "The foreign ministry in Lima protested."
    )
    before = "The State Department spoke to Lima of the State of things."
    words, name = "The State Department", "Department of State"
    said = told(before, "It protested.", "protested", words, name, country="USA")
    assert said == "The State Department protested."


def test_a_pronoun_after_the_time_that_opens_is_named():
    said = told("Peru came.", "In mid-May it closed the road.", "closed", "Peru", "Peru")
    assert said == "In mid-May Peru closed the road."


def test_no_name_stands_before_the_verb_of_they():
    assert told("Peru came.", "They closed it.", "closed", "Peru", "Peru") == "Peru closed it."
    sentence = "They have closed it."
    assert told("Peru came.", sentence, "closed", "Peru", "Peru") == sentence


def test_a_bare_office_gets_its_state():
    before = "Peru's foreign ministry spoke."
    sentence = "The ministry in turn protested."
    assert told(before, sentence, "protested", "The ministry", "ministry") == (
        "Peru's foreign ministry in turn protested."
    )
    sentence = "The committee in turn protested."
    assert told(before, sentence, "protested", "The committee", "committee") == sentence


def test_the_former_is_named():
    text = "Ana Soto met Raúl Paz. Chile thanked the former for coming."
    report = made_report(text)
    sentence = "Chile thanked the former for coming."
    event = made_event(report, sentence, "thanked", edtf="")
    entity = Entity(id="soto", name="Ana Soto", country="PER", sectors=("GOV",))
    soto = Participant(passage=passage(report, "the former"), entity=entity)
    (statement,) = statements_of([report], [replace(event, recipient=(soto,))])
    words, evidence = put(statement, statement.events)
    assert words == "Chile thanked Ana Soto for coming."
    assert [p.text for p in evidence] == [sentence, "Ana Soto"]


def test_a_name_told_in_full_is_told_short_after_it():
    before = "President Ana Soto closed the road."
    assert shorter("President Ana Soto opened it.", before) == "Soto opened it."
    ministry = "Peru's Foreign Ministry protested."
    assert shorter(ministry, "Peru's Foreign Ministry spoke.") == ministry


def test_who_says_so_by_a_pronoun_at_the_end_is_named_in_its_place():
    report = made_report("Ana Soto came. “We stand by Lima,” she said.")
    sentence = "“We stand by Lima,” she said."
    entity = Entity(id="soto", name="Ana Soto", country="PER", sectors=("GOV",))
    soto = Participant(passage=passage(report, "Ana Soto"), entity=entity)
    event = replace(made_event(report, sentence, "stand by", edtf=""), speaker=soto)
    (statement,) = statements_of([report], [event])
    assert put(statement, [event])[0] == "“We stand by Lima,” Ana Soto said."
