from detente.brief.contested import claimed_words, claims_judged
from detente.brief.reckoning import outlook
from detente.records import Entity, Participant, SourceGrade
from tests.making import incidents_of, made_event, made_report, passage

CHARGE = "Colombia accused Venezuela of sheltering 1,500 rebels, and closed its embassy."
DENIAL = "Caracas denied that it shelters rebels."


def speaking(event, report, words, country, *sectors):
    from dataclasses import replace

    entity = Entity(id=country, name=words, country=country, sectors=sectors or ("GOV",))
    return replace(event, speaker=Participant(passage=passage(report, words), entity=entity))


def claim(*sectors, status="alleged", act="AID"):
    report = made_report(CHARGE)
    event = made_event(
        report, CHARGE, "sheltering", status=status, event_type=act, incident="charge",
        actor=(("Venezuela", "VEN"),),
    )  # fmt: skip
    return report, speaking(event, report, "Colombia", "COL", *sectors)


def judged(reports, events, grades=()):
    of = {report.id: report for report in reports}
    by_id = {event.id: event for event in events}
    told = {event.incident for event in events}
    found = claims_judged(incidents_of(tuple(events)), by_id, of, told, grades)
    return outlook(tuple(found), reports[0].published)


def test_a_charge_alone_rests_on_one_side_s_word():
    report, event = claim()
    found = judged([report], [event])
    assert [s.text for s in found.sentences] == [
        "What Colombia says of Venezuela (“sheltering 1,500 rebels”) rests on that side's word: "
        "no outlet here tells it as fact, and no answer of Venezuela was found.",
        "Word from Venezuela that confirms or denies it, a finding by a third party, or a "
        "retraction by Colombia would change this.",
    ]
    assert "told as a claim by Northern Wire (not judged)" in found.reckoning.text


def test_a_denial_is_told_and_cited_and_an_outlet_s_own_word_too():
    report, event = claim()
    answer = made_report(DENIAL, outlet="Capital Desk")
    denied = made_event(
        answer, DENIAL, "shelters", status="denied", event_type="AID", incident="answer",
        actor=(("Caracas", "VEN"),),
    )  # fmt: skip
    own = made_report("Venezuela shelters rebels.", outlet="Meridian Post")
    fact = made_event(
        own, own.text, "shelters", event_type="AID", incident="charge",
        actor=(("Venezuela", "VEN"),),
    )  # fmt: skip
    grade = SourceGrade(outlet="Meridian Post", reliability="C", credibility="3")
    found = judged([report, answer, own], [fact, event, denied], (grade,))
    first = found.sentences[0]
    assert "also told as fact by Meridian Post (C3); Venezuela denies it" in first.text
    assert denied.coded.sentence in first.evidence


def test_rebels_demands_and_plain_facts_are_no_charge_of_a_state():
    for made in (claim("REB"), claim(act="REQUEST"), claim(status="done")):
        assert judged([made[0]], [made[1]]).sentences == ()


def test_the_words_of_a_claim_end_with_their_clause():
    assert claimed_words(claim()[1]) == "sheltering 1,500 rebels"


def test_an_answer_in_the_next_breath_is_told():
    text = f"{CHARGE} Caracas rejected the charge."
    for act, told in (("REJECT", "Venezuela rejects it"),
                      ("ACCUSE", "Venezuela accuses Colombia in turn")):  # fmt: skip
        report = made_report(text)
        charge = made_event(
            report, CHARGE, "sheltering", status="alleged", event_type="AID", incident="charge",
            actor=(("Venezuela", "VEN"),),
        )  # fmt: skip
        charge = speaking(charge, report, "Colombia", "COL")
        answer = made_event(
            report, "Caracas rejected the charge.", "rejected", event_type=act, incident="answer",
            actor=(("Caracas", "VEN"),),
        )  # fmt: skip
        found = judged([report], [charge, answer])
        assert found.sentences[0].text.endswith(f"{told}.")
        assert answer.coded.sentence in found.sentences[0].evidence
