"""Agreements: names linked, events that touch them, and how they stand on a day."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from detente.gazetteer.agreements import agreements
from detente.records import Entity, Event, Participant, When
from detente.resolve.agreements import agreement_of, linked, standing
from detente.resolve.standing import after_notice, touch_of

from .mentions import event_in, report_of


@pytest.mark.parametrize(
    ("phrase", "identifier"),
    [
        ("Intermediate-range Nuclear Forces treaty", "inf-treaty"),
        ("the Intermediate Nuclear Forces Treaty (INF)", "inf-treaty"),
        ("the 31-year-old Intermediate-Range Nuclear Forces Treaty", "inf-treaty"),
        ("Intermediat Nuclear Force Treaty", "inf-treaty"),
        ("INF", "inf-treaty"),
        ("the Iran nuclear deal", "jcpoa"),
        ("Paris climate accord", "paris-agreement"),
        ("CAATSA law", "caatsa"),
        ("UN Security Council Resolution 2231", "unsc-2231"),
        ("New START", "new-start"),
        ("START treaty", "start-i"),
    ],
)
def test_names_are_linked(phrase: str, identifier: str) -> None:
    found = linked(phrase, date(2018, 10, 24))
    assert found is not None
    assert found.id == identifier


@pytest.mark.parametrize("phrase", ["the treaty", "Resolution 9999", "Trump Tower", ""])
def test_other_phrases_are_not(phrase: str) -> None:
    assert linked(phrase, date(2018, 10, 24)) is None


def touched(text: str, trigger: str) -> str | None:
    report = report_of(text)
    found = agreement_of(report, event_in(report, trigger))
    return found.id if found else None


def test_an_event_touches_what_its_words_lead_to() -> None:
    assert touched("Ankara suspended the Schengen Agreement.", "suspended") == "schengen"
    assert touched("The Open Skies Treaty was ratified.", "ratified") == "open-skies"
    assert touched("They met amid a dispute about the INF treaty.", "met") is None


def test_that_pact_is_the_one_named_before() -> None:
    text = "Envoys praised the Abraham Accords. Sudan joined that pact."
    assert touched(text, "joined") == "abraham"
    assert touched("Envoys praised CAATSA. Sudan joined that pact.", "joined") is None


def test_standing_follows_the_days() -> None:
    inf = agreements()["inf-treaty"]
    states = [
        standing(inf, day).state
        for day in (date(1987, 1, 1), date(1988, 1, 1), date(2018, 10, 24), date(2019, 8, 2))
    ]
    assert states == ["not yet signed", "signed", "in force", "ended"]


def test_the_end_is_computed_from_the_notice_and_not_known_before() -> None:
    inf = agreements()["inf-treaty"]
    noticed = standing(inf, date(2019, 3, 1))
    assert (noticed.state, noticed.ends, noticed.computed) == (
        "notice given",
        date(2019, 8, 2),
        True,
    )
    assert standing(inf, date(2019, 1, 1)).ends is None


def test_one_of_many_parties_leaves_alone() -> None:
    left = standing(agreements()["paris-agreement"], date(2020, 12, 1))
    assert (left.state, left.parties) == ("in force", {"USA": "left"})
    assert standing(agreements()["paris-agreement"], date(2021, 3, 1)).parties == {}


def test_events_of_the_record_count() -> None:
    report = report_of("Seoul gave notice under the pact.", "2019-08-22")
    coded = event_in(report, "gave notice")
    day = date(2019, 8, 22)
    seoul = Participant(passage=coded.trigger, entity=Entity(id="KOR", name="Korea", country="KOR"))
    event = Event(
        id="e1", coded=coded, actor=(seoul,), agreement=agreements()["gsomia"],
        when=When(edtf="2019-08-22", earliest=day, latest=day, basis="stated"),
        reported=datetime(2019, 8, 22, tzinfo=UTC),
    )  # fmt: skip
    after = standing(agreements()["gsomia"], date(2019, 9, 1), [event])
    assert (after.state, after.ends, after.computed) == ("notice given", date(2019, 11, 20), True)
    assert "e1" in after.because


def test_calendar_months_of_notice() -> None:
    assert after_notice(date(2019, 2, 2), 183) == date(2019, 8, 2)
    assert after_notice(date(2019, 8, 31), 183) == date(2020, 2, 29)
    assert after_notice(date(2019, 2, 2), 60) == date(2019, 4, 3)


def test_what_an_event_does() -> None:
    report = report_of("He threatened to withdraw. She gave formal notice. They breached it.")
    does = [
        touch_of(event_in(report, t)) for t in ("to withdraw", "formal notice", "breached", "He")
    ]
    assert does == ["withdrew", "notice", "violated", None]
