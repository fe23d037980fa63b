"""Which date an event gets, and on what it rests."""

from __future__ import annotations

from datetime import date

import pytest

from detente.records import Section
from detente.resolve.dates import when_of

from .mentions import event_in, report_of


def when(
    text: str, trigger: str, status: str = "done", published: str | None = "2018-10-24", **fields
):
    report = report_of(text, published)
    return when_of(report, event_in(report, trigger, status, **fields))


def test_a_date_of_its_sentence() -> None:
    told = when("In January 2015, the minister visited Tehran.", "visited")
    assert (told.edtf, told.basis) == ("2015-01", "stated")


def test_an_attribute_of_another_noun_dates_nothing() -> None:
    told = when("Ministers said Tuesday that Iran violated the 2015 deal.", "violated")
    assert told.edtf == "2018-10-23"


def test_an_attribute_of_the_event_dates_it() -> None:
    text = "Aides confirmed a Nov. 30 summit in Buenos Aires."
    assert when(text, "summit", "planned").edtf == "2018-11-30"


def test_the_nearer_of_two_dates() -> None:
    text = "She said on Monday that the talks were held in June 2017."
    assert when(text, "talks were held").edtf == "2017-06"
    assert when(text, "said").edtf == "2018-10-22"


def test_a_landmark_is_itself_dated() -> None:
    told = when("The 1986 Reykjavik summit changed little.", "Reykjavik summit")
    assert (told.edtf, told.basis) == ("1986-10-11/1986-10-12", "inferred")


def test_namesakes_are_told_apart_by_the_day_of_the_report() -> None:
    text = "After the Helsinki summit, senators criticised the president."
    early = when(text, "criticised", published="1991-01-05")
    late = when(text, "criticised", published="2018-10-24")
    assert (early.edtf, late.edtf) == ("1990-09-09/1991-01-05", "2018-07-16/2018-10-24")


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("Since the annexation of Crimea, Canada has imposed sanctions.", "2014-02-20/2018-10-24"),
        ("Before the Singapore summit, envoys imposed conditions.", "../2018-06-12"),
        (
            "Following the poisoning of Sergei Skripal, London imposed sanctions.",
            "2018-03-04/2018-10-24",
        ),
    ],
)
def test_leaning_on_a_landmark(text: str, edtf: str) -> None:
    assert when(text, "imposed").edtf == edtf


def test_that_summit_is_the_one_named_before() -> None:
    text = "The summit in Singapore was short. At a post-summit news conference, he praised Kim."
    assert when(text, "praised").edtf == "2018-06-12"


def test_the_reports_own_day() -> None:
    told = when("The foreign minister accused Turkey of betrayal.", "accused")
    assert (told.edtf, told.basis) == ("2018-10-24~", "publication")
    assert told.latest == date(2018, 10, 24)


def test_an_old_landmark_of_a_town_needs_its_year() -> None:
    assert when("He called off the Moscow summit.", "called off", published="2013-08-07").edtf == (
        "2013-08-07~"
    )
    assert when("They cancelled Moscow talks.", "Moscow talks", published="2013-08-07").edtf == (
        "2013-08-07~"
    )


def test_since_and_by() -> None:
    since = when("They have raised concerns since May 2013.", "raised concerns")
    assert (since.edtf, since.earliest) == ("2013-05/2018-10-24", date(2013, 5, 1))
    by = when("The ministry will close it by December.", "close", "planned")
    assert (by.edtf, by.earliest, by.latest) == ("2018-12", date(2018, 10, 24), date(2018, 12, 31))
    urged = when("Norway urged them to leave by 2 December.", "urged")
    assert urged.basis == "publication"


def test_what_came_before_is_not_of_the_same_day() -> None:
    text = "The army withdrew on Friday, six months after it gave notice."
    assert when(text, "withdrew").edtf == "2018-10-19"
    assert when(text, "gave notice").edtf == "2018-04"


def test_no_day_is_invented() -> None:
    assert when("They have met several times.", "met").edtf == "../2018-10-24"
    assert when("They plan to sign a pact.", "sign", "planned").edtf == "2018-10-24/.."
    assert when("The minister accused Turkey.", "accused", published=None).edtf == ""


def test_a_plan_is_dated_where_the_report_dates_it() -> None:
    text = "Leaders to meet in Vienna. Officials confirmed a Dec. 5 meeting in the city."
    told = when(text, "to meet", "planned")
    assert (told.edtf, told.basis) == ("2018-12-05", "inferred")


def test_background_hands_its_date_on() -> None:
    text = "In May 2014, he visited Kyiv. Moscow expelled an envoy."
    section = Section(kind="background", start=0, end=len(text))
    report = report_of(text, "2018-10-24", (section,))
    told = when_of(report, event_in(report, "expelled", auxiliary=("historical",)))
    assert (told.edtf, told.basis) == ("2014-05~", "inferred")


@pytest.mark.parametrize(
    ("text", "trigger", "status"),
    [
        ("They met last week.", "met", "done"),
        ("They met in the summer of 2015.", "met", "done"),
        ("They met in the 1990s.", "met", "done"),
        ("They met around 3 May 2017.", "met", "done"),
        ("They have met several times.", "met", "done"),
        ("They have met since May 2013.", "met", "done"),
        ("They will meet after 3 December.", "meet", "planned"),
        ("They plan to meet.", "meet", "planned"),
        ("They met in the third quarter of 2017.", "met", "done"),
        ("They accused Iran.", "accused", "done"),
    ],
)
def test_every_value_is_edtf(text: str, trigger: str, status: str) -> None:
    edtf = pytest.importorskip("edtf")
    assert edtf.parse_edtf(when(text, trigger, status).edtf)


def test_a_past_form_behind_and_looks_back() -> None:
    text = "Ottawa vowed to act and on Friday imposed sanctions on Minsk."
    assert when(text, "imposed sanctions").edtf == "2018-10-19"


def test_a_name_behind_a_fronted_month_is_the_subject() -> None:
    text = (
        "In August 2018 Oslo protested. The following month Hanoi halted visits and imposed duties "
        "of 20 per cent on salmon, although the two have had a trade agreement since 2015."
    )
    assert when(text, "imposed duties").edtf == "2018-09"
