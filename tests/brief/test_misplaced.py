from dataclasses import replace

from detente.brief.conflicts import misplaced
from detente.records import Agreement
from tests.making import made_event, made_report

LAW = Agreement(id="act", name="Sanctions Act", kind="sanctions law")


def told(text: str, edtf: str, basis: str, law: Agreement = LAW):
    report = made_report(text, outlet=text[:8])
    event = made_event(report, text, "the Act", event_type="SANCTION", edtf=edtf, basis=basis)
    return report, replace(event, agreement=law)


def conflicts_between(*accounts) -> list[str]:
    reports = {report.id: report for report, _ in accounts}
    return [s.text for s in misplaced([event for _, event in accounts], reports)]


def test_a_law_placed_after_a_summit_that_a_dated_report_puts_before_it():
    placed = told("After the summit, he signed the Act.", "2018-08", "inferred")
    dated = told("On 2 August 2017 he signed the Act.", "2017-08-02", "stated")
    (said,) = conflicts_between(placed, dated)
    assert said.startswith("Accounts differ on when this happened")


def test_accounts_that_agree_or_no_dated_source_give_nothing():
    placed = told("After the summit, he signed the Act.", "2018-08", "inferred")
    again = told("Later he signed the Act, it says.", "2018-09", "inferred")
    agreeing = told("In August 2018 he signed the Act.", "2018-08-02", "stated")
    assert conflicts_between(placed, again) == []
    assert conflicts_between(placed, agreeing) == []


def test_a_treaty_may_be_touched_on_many_days():
    treaty = replace(LAW, kind="arms control")
    placed = told("After the summit, he broke the Act.", "2018-08", "inferred", treaty)
    dated = told("On 2 August 2017 he broke the Act.", "2017-08-02", "stated", treaty)
    assert conflicts_between(placed, dated) == []
