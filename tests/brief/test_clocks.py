from dataclasses import replace
from datetime import date

from detente.brief.clocks import agreement_clocks
from detente.gazetteer.agreements import agreements
from tests.making import made_event, made_report

INF, DEAL = "inf-treaty", "jcpoa"


def judged(name: str, today: date, *told) -> list[str]:
    """What is judged of an agreement from (words, trigger, status, actor) of two reports."""
    reports, events = {}, []
    for number, (text, trigger, status, actor) in enumerate(told):
        report = made_report(text, outlet=f"Outlet {number}", published=today.isoformat())
        event = made_event(
            report, text, trigger, event_type="SANCTION", status=status,
            edtf=today.isoformat(), actor=(actor,),
        )  # fmt: skip
        reports[report.id] = report
        events.append(replace(event, agreement=agreements()[name]))
    return [s.text for each in agreement_clocks(events, today, reports) for s in each.drafts]


USA = ("Washington", "USA")


def test_a_withdrawal_announced_is_told_with_who_means_it():
    first, *_ = judged(
        INF, date(2018, 10, 24),
        ("Washington will withdraw from it.", "withdraw from it", "planned", USA),
        ("So Washington will withdraw from it.", "withdraw from it", "planned", USA),
    )  # fmt: skip
    assert "is in force: withdrawal by the United States has been announced, and" in first


def test_that_nobody_means_to_leave_is_no_withdrawal():
    told = ("Washington has no plans to withdraw.", "withdraw", "negated", USA)
    again = ("So Washington has no plans to withdraw.", "withdraw", "negated", USA)
    assert judged(INF, date(2014, 8, 5), told, again) == []


def test_an_agreement_that_one_party_left_stays_among_the_others():
    first, sure, change = judged(
        DEAL, date(2018, 5, 10),
        ("Washington withdrew from it.", "withdrew from it", "done", USA),
        ("So Washington withdrew from it.", "withdrew from it", "done", USA),
    )  # fmt: skip
    assert first.startswith("As of 10 May 2018, the United States has left the Joint")
    assert first.endswith("for the other parties it stays in force.")
    assert sure.startswith("Confidence in this is high: two outlets tell of the withdrawal")
    assert change.startswith("A return of the United States")
