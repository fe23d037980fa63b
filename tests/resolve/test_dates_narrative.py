"""The time that a narrative hands on, and where it does not."""

from __future__ import annotations

from datetime import date

import pytest

from detente.records import Report, Section
from detente.resolve.dates import when_of
from detente.resolve.dates.narrative import lead_day

from .mentions import event_in, report_of


def edtf(text: str, trigger: str, status: str = "done", published: str = "2018-10-24") -> str:
    report = report_of(text, published)
    return when_of(report, event_in(report, trigger, status)).edtf


def led_by(lead: str, text: str) -> Report:
    """A report whose text begins with its lead."""
    sections = [Section(kind="lead", start=0, end=len(lead))]
    if len(text) > len(lead):
        sections.append(Section(kind="body", start=len(lead), end=len(text)))
    return report_of(text, sections=tuple(sections))


@pytest.mark.parametrize(
    ("text", "trigger", "told"),
    [
        ("In June 2014 a boat fired on them. Accra demanded an apology.", "demanded", "2014-06~"),
        ("In June 2014 a boat fired; Accra demanded an apology.", "demanded", "2014-06~"),
        ("In 2006 Tbilisi arrested four men; Moscow banned its wine.", "banned", "2006~"),
        ("It rose in May 2017. Mali fell. Chad, which has oil, sent men.", "sent", "2017-05~"),
        ("In May 2017 they met. Four weeks later Paris paid.", "paid", "2017-06"),
        ("Rome, which was late, paid on 3 May 2017. Mali thanked it.", "thanked", "2017-05-03~"),
        ("In 2011 Rome accused Mali of a plot. Mali demanded an apology.", "demanded", "2011~"),
        ("They left the port, and in June 2017 Rome paid.", "left", "2018-10-24~"),
        ("They met on 3 May 2017. Two days afterwards Paris paid.", "paid", "2017-05-05"),
        ("They met on 3 May 2017. Two days on, Paris paid.", "paid", "2017-05-05"),
        ("Since May 2017, when they met and Mali paid, all is calm.", "paid", "2017-05/2018-10-24"),
        ("The clash of 20 October, in which Mali fired, is over.", "fired", "2018-10-20"),
        ("After the clash of 3 February, in which men died, Accra protested.", "protested",
         "2018-02-03"),
        ("He was told on Monday that it would pay, and that Mali had met Chad.", "met Chad",
         "2018-10-22~"),
    ],
)  # fmt: skip
def test_the_time_told_before_is_handed_on(text: str, trigger: str, told: str) -> None:
    assert edtf(text, trigger) == told


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("In June 2014 a boat fired. Relations have improved. Accra thanked Mali.", "thanked"),
        ("In June 2014 a boat fired. Accra has demanded an apology.", "demanded"),
        ("In June 2014 a boat fired. Accra rejects the charge.", "rejects"),
        ("In June 2014 a boat fired. \n\nAccra thanked Mali.", "thanked"),
        ("They broke the accord of June 2014. Accra protested.", "protested"),
        ("They left because Mali fired in June 2014. Accra protested.", "protested"),
        ("The two nearly went to war in 1996. Accra protested.", "protested"),
        ("London in May 2017 expelled an envoy over the poisoning of a spy.", "poisoning"),
    ],
)
def test_the_report_is_not_of_the_time_told_before(text: str, trigger: str) -> None:
    assert edtf(text, trigger) == "2018-10-24~"


def test_a_story_goes_on_for_some_days() -> None:
    text = "On 3 May 2017 a boat fired. Accra demanded an apology."
    told = when_of(report_of(text), event_in(report_of(text), "demanded"))
    assert (told.earliest, told.latest) == (date(2017, 5, 3), date(2017, 5, 10))


def test_background_hands_on_beyond_a_paragraph() -> None:
    text = "In May 2014 he came. \n\nMoscow expelled an envoy."
    report = report_of(text, sections=(Section(kind="background", start=0, end=len(text)),))
    assert when_of(report, event_in(report, "expelled")).edtf == "2014-05~"


def test_the_day_of_the_lead() -> None:
    lead = "They signed it on Saturday. \n\n"
    text = lead + "Ghana freed ten men. It met them late in the evening."
    report = led_by(lead, text)
    freed = when_of(report, event_in(report, "freed"))
    assert (freed.edtf, freed.basis) == ("2018-10-20~", "publication")
    assert when_of(report, event_in(report, "met them")).edtf == "2018-10-20"


def test_words_of_the_headline_do_not_hide_the_day_of_the_lead() -> None:
    lead = "Ghana frees ten men as talks go on\n\nGhana said on Monday it had freed them. \n\n"
    report = led_by(lead, lead)
    found = lead_day(report)
    assert found is not None
    assert found.edtf == "2018-10-22"


def test_a_lead_without_a_day_is_of_the_day_told_further_on() -> None:
    lead = "They have agreed to let it go. \n\n"
    text = lead + "On 15 October he came. On 21 October both spoke of it, which Cairo condemned."
    report = led_by(lead, text)
    assert when_of(report, event_in(report, "agreed")).edtf == "2018-10-21~"


def test_what_a_speaker_says_had_happened() -> None:
    text = "Envoys discussed the clash of 22 October. He said that six men had been wounded."
    assert edtf(text, "wounded", "alleged") == "2018-10-22~"
    assert edtf("He said that six men had been wounded.", "wounded", "alleged") == "2018-10-24~"


def test_a_past_perfect_of_no_day_is_of_the_year_or_before() -> None:
    told = when_of(
        report_of("Cairo had asked him to wait."),
        event_in(report_of("Cairo had asked him to wait."), "asked"),
    )
    assert (told.edtf, told.earliest, told.latest) == ("2018~", None, date(2018, 10, 24))


def test_the_third_time_since_friday_is_not_friday() -> None:
    assert edtf("They spoke for the third time since Friday.", "spoke") == "2018-10-24~"


def test_hours_before_and_after_are_of_the_same_day() -> None:
    text = "They signed it on Saturday, hours after their presidents met."
    assert edtf(text, "met") == "2018-10-20"


def test_a_past_tense_is_no_plan() -> None:
    assert edtf("It proposed talks in May, which Accra refused.", "proposed") == "2018-05"
