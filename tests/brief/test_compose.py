from dataclasses import replace
from datetime import UTC, datetime

import pytest

from detente.brief.compose import compose
from detente.brief.telling import outvoted
from detente.errors import InputError
from detente.records import Contradiction, Section
from tests.making import incidents_of, made_event, made_report

OLD = "In December 2016, Obama ordered a review of Russian interference."
NEW = "Trump and Putin plan to meet in Paris next month."
AGAIN = "Putin will meet Trump in Paris on 11 November 2018, the Kremlin said."
JUDGED = "We judge that Moscow wants a deal."
TEXT = f"Summit nears\n\n{NEW}\n\nBackground\n\n{OLD}\n\nAssessment\n\n{JUDGED}\n"


def dossier():
    at = TEXT.index("Assessment")
    first = made_report(
        TEXT,
        title="Summit nears",
        sections=(
            Section(kind="lead", start=0, end=TEXT.index("Background")),
            Section(
                kind="background", heading="Background", start=TEXT.index("Background"), end=at
            ),
            Section(kind="assessment", heading="Assessment", start=at, end=len(TEXT)),
        ),
    )
    second = made_report(AGAIN, outlet="Harbour Gazette", published="2018-10-25")
    meet = {"status": "planned", "event_type": "AGREE", "act": "CONSULT", "incident": "paris"}
    parties = (("Trump", "USA"), ("Putin", "RUS"))
    events = (
        made_event(first, NEW, "plan to meet", edtf="2018-11", actor=parties, **meet),
        made_event(
            first, OLD, "ordered", event_type="REQUEST", edtf="2016-12",
            actor=(("Obama", "USA"),), auxiliary=("historical",),
        ),
        made_event(second, AGAIN, "will meet", edtf="2018-11-11", actor=parties, **meet),
    )  # fmt: skip
    return (first, second), events


def test_background_holds_what_led_here_and_the_news_is_told_once():
    reports, events = dossier()
    brief = compose(reports, events, incidents_of(events))
    assert [s.text for s in brief.background] == [OLD]
    telling = [
        s for s in (brief.standfirst, *brief.analysis) if s and events[0].incident == "paris"
    ]
    assert len(telling) == 1
    assert {p.report for p in telling[0].evidence} == {r.id for r in reports}
    assert brief.title


def test_the_author_s_judgement_stays_the_author_s():
    reports, events = dossier()
    brief = compose(reports, events, incidents_of(events))
    (judgement,) = brief.assessment
    assert judgement.text == f"Northern Wire of 24 October 2018 judges: “{JUDGED}”"
    assert judgement.evidence[0].text == JUDGED


def test_every_passage_is_the_report_s_own_words():
    reports, events = dossier()
    brief = compose(reports, events, incidents_of(events))
    text_of = {report.id: report.text for report in brief.sources}
    passages = [
        p for s in (*brief.background, *brief.analysis, *brief.assessment) for p in s.evidence
    ]
    assert passages
    assert all(text_of[p.report][p.start : p.end] == p.text for p in passages)


def conflicts_told(about: str) -> list[str]:
    reports, events = dossier()
    clash = Contradiction(first=events[0].id, second=events[2].id, about=about)
    brief = compose(reports, events, incidents_of(events, paris={"contradictions": (clash,)}))
    return [s.text for s in brief.analysis if s.paragraph == "conflicts"]


def test_conflicting_accounts_stand_side_by_side():
    (conflict,) = conflicts_told("number of guests: 60 against 48")
    assert conflict.startswith("Accounts differ on the number of guests: Northern Wire")
    assert "Harbour Gazette" in conflict


def test_a_plan_s_new_date_is_no_conflict():
    assert conflicts_told("date: 2018-11 against 2018-11-11") == []


def test_reports_that_tell_nothing_give_one_clear_line():
    with pytest.raises(InputError, match="none tells an event"):
        compose([made_report("The weather is fine.")], [], [])


def test_as_of_stands_in_the_brief():
    reports, events = dossier()
    moment = datetime(2018, 10, 26, tzinfo=UTC)
    assert compose(reports, events, incidents_of(events), as_of=moment).as_of == moment


def test_a_number_that_most_contradict_is_not_told_as_the_fact():
    texts = ("Washington expelled 48 men.", "Washington expelled 60 men, it said.",
             "The United States on Monday expelled 60 men.")  # fmt: skip
    reports = [made_report(t, outlet=f"Outlet {n}") for n, t in enumerate(texts)]
    events = []
    for report in reports:
        made = made_event(
            report, report.text, "expelled", event_type="SANCTION", incident="expulsion",
            recipient=(("men", "RUS"),),
        )  # fmt: skip
        (men,) = made.recipient
        many = 48 if "48" in report.text else 60
        counted = replace(men, entity=replace(men.entity, count=many))
        events.append(replace(made, recipient=(counted,)))
    assert outvoted(events) == {events[0].id}
    assert outvoted(events[:2]) == set()
    brief = compose(reports, tuple(events), incidents_of(tuple(events)))
    assert "60" in brief.standfirst.text
